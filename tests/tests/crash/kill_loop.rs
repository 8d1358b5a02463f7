//! 200 times `kill -9` at a random moment, with Telegram failing too (G1).

use std::time::Duration;

use journeys::db;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use sandbox::{Fault, FaultKind};

use super::server::Scene;

/// How often the server is killed.
const CYCLES: usize = 200;
/// What the client writes during each life of the server.
const WRITES: usize = 3;

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_kills_lose_nothing_reorder_nothing_and_double_nothing() {
    let seed =
        std::env::var("SIGNOFF_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(rand::random);
    println!("SIGNOFF_SEED={seed}");
    let mut random = StdRng::seed_from_u64(seed);
    let scene = Scene::new(db::sqlite()).await;
    for kind in [
        FaultKind::ErrorAfter,
        FaultKind::ResetBefore,
        FaultKind::ResetAfter,
        FaultKind::LateAccept { ms: 150 },
    ] {
        scene.sandbox.fault_add(Fault::sometimes("sendMessage", kind, 0.03));
    }
    let mut written = 0;
    for _ in 0..CYCLES {
        let server = scene.serve(None);
        for _ in 0..WRITES {
            tokio::time::sleep(Duration::from_millis(random.random_range(10..90))).await;
            scene.write(&format!("mark{written:05}"));
            written += 1;
        }
        tokio::time::sleep(Duration::from_millis(random.random_range(0..160))).await;
        server.kill();
    }
    scene.sandbox.fault_clear();
    let server = scene.serve(None);
    scene.wait_for("mark", written, Duration::from_secs(120)).await;
    // A late copy would come within the deadline and its quarantine.
    tokio::time::sleep(Duration::from_secs(2)).await;
    server.kill();
    scene.judge("mark", written).await;
}
