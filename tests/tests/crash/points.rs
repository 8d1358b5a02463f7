//! Each named crash point, at its first to fifth pass (G2).

use std::time::Duration;

use bot::crash::POINTS;
use journeys::db;
use sandbox::{Fault, FaultKind};

use super::server::Scene;

/// Points that messages alone reach; the others belong to rare events of a chat.
const ON_THE_WAY: [&str; 12] = [
    "poll_received",
    "poll_stored",
    "handle_begin",
    "handle_routed",
    "handle_done",
    "deliver_chosen",
    "deliver_claimed",
    "deliver_sent",
    "deliver_recorded",
    "deliver_unknown",
    "probe_found",
    "recover_done",
];

#[tokio::test(flavor = "multi_thread")]
async fn a_crash_at_any_named_point_loses_and_doubles_nothing() {
    assert!(ON_THE_WAY.iter().all(|point| POINTS.contains(point)));
    let scene = Scene::new(db::sqlite()).await;
    let mut written = 0;
    let mut crashed = 0;
    for point in ON_THE_WAY {
        for pass in 1..=5 {
            if matches!(point, "deliver_unknown" | "probe_found") {
                scene.sandbox.fault_add(Fault::times("sendMessage", FaultKind::ResetAfter, pass));
            }
            let mut server = scene.serve(Some((point, pass)));
            for _ in 0..pass {
                scene.write(&format!("point{written:05}"));
                written += 1;
                tokio::time::sleep(Duration::from_millis(30)).await;
            }
            crashed += usize::from(server.ended(Duration::from_secs(3)).await);
            drop(server);
            scene.sandbox.fault_clear();
        }
    }
    let server = scene.serve(None);
    scene.wait_for("point", written, Duration::from_secs(60)).await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    server.kill();
    println!("{crashed} of {} runs reached their point", ON_THE_WAY.len() * 5);
    assert!(crashed >= ON_THE_WAY.len() * 3, "only {crashed} runs reached their point");
    scene.judge("point", written).await;
}
