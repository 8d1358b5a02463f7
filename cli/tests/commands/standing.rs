//! How projects stand, and who was waited for, at the command line (SC-24, SC-25).

use serde_json::json;

use super::Place;

#[tokio::test]
async fn the_open_projects_stand_in_a_line_each_and_one_is_found_by_its_client() {
    let place = Place::agency().await;
    assert_eq!(place.line("status --json").await.json()["projects"], json!([]));
    let project = place.project().await;
    let found = place.line("status ранок --json").await.json();
    assert_eq!(
        (&found["projects"][0]["project"], &found["projects"][0]["paused"]),
        (&json!(project), &json!(false))
    );
    assert_eq!(found["projects"][0]["work"][0]["task"], "communication");
    assert!(found["projects"][0]["stage"].is_string(), "{found}");
    let text = place.line("status").await.out;
    assert_eq!(text.lines().count(), 2, "{text}");
    assert!(text.contains(&project) && text.contains("▶️"), "{text}");
    let nobody = place.line("status nobody").await;
    assert_eq!((nobody.code, nobody.out.as_str()), (5, ""), "{}", nobody.err);
}

#[tokio::test]
async fn what_waits_says_for_whom_and_in_which_unit() {
    let place = Place::agency().await;
    assert_eq!(place.line("report waits").await.out.trim(), "nothing waited");
    let project = place.project().await;
    let report = place.line("report waits --json").await.json();
    assert_eq!(report["unit"], "business minutes");
    let first = &report["items"][0];
    assert_eq!(
        (&first["project"], &first["task"], &first["on"]),
        (&json!(project), &json!("communication"), &json!("work"))
    );
    assert_eq!((&first["role"], &first["open"]), (&json!("pm"), &json!(true)));
    let long_ago = place.line("report waits --until 2020-01-01 --json").await.json();
    assert_eq!((&long_ago["items"], &long_ago["weeks"]), (&json!([]), &json!([])));
}
