//! Talking with a client at the command line: a message, who waits, a call (PF-32, XP-06).

use serde_json::json;

use super::Place;

#[tokio::test]
async fn a_client_is_written_to_only_where_it_can_be_reached_and_a_promise_names_its_project() {
    let place = Place::agency().await;
    let write = async |more: &[&str]| {
        let words = ["client", "write", "ранок", "Звіт буде сьогодні", "--as", "olena", "--json"];
        place.run(&[&words[..], more].concat()).await
    };
    let deaf = write(&[]).await;
    assert_eq!(deaf.code, 4, "{}", deaf.err);
    assert_eq!(deaf.document()["refused"]["code"], "no-chat");
    assert!(deaf.err.contains("hint: signoff client link"), "{}", deaf.err);
    assert_eq!(write(&["--by", "2030-01-04"]).await.code, 2, "a next step is about a project");
    let empty = place.run(&["client", "write", "ранок", " ", "--as", "olena"]).await;
    assert_eq!(empty.code, 2, "{}", empty.err);
    assert_eq!(place.line("client waiting --json").await.json()["waiting"], json!([]));
}
