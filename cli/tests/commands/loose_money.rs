//! Money that fits no payment at the command line (PF-66).

use super::*;

#[tokio::test]
async fn money_that_nobody_expected_is_listed_until_it_is_matched_or_written_off() {
    let place = Place::agency().await;
    let project = place.project().await;
    let arrived = "payment arrived ранок --amount 30000 --reference 1040-77 --as nadiia --json";
    let noted = place.line(arrived).await.json();
    assert_eq!((&noted["number"], &noted["left"]), (&1.into(), &"30000 UAH".into()));
    let again = place.line("payment arrived ранок --amount 30000 --reference 1040-77 --as nadiia").await;
    assert_eq!(again.code, 4, "{}", again.err);
    assert!(again.err.contains("hint: add --again"), "{}", again.err);
    let listed = place.line("payment list").await.out;
    assert!(listed.contains("fits no payment yet") && listed.contains("1040-77"), "{listed}");

    let stranger = place.line("payment match ранок/1 ранок/1 --as maksym").await;
    assert_eq!(stranger.code, 4, "{}", stranger.err);
    for (wrong, code) in [
        ("payment match ранок/one ранок/1 --as nadiia", 2),
        ("payment match ранок/7 ранок/1 --as nadiia", 5),
        ("payment match ранок/1 ранок/9 --as nadiia", 5),
        ("payment match ранок/1 ранок/1 --amount 30001 --as nadiia", 4),
        ("payment match ранок/1 ранок/1 --amount багато --as nadiia", 2),
        ("payment arrived ранок --amount=-5 --as nadiia", 4),
        ("payment arrived ранок --amount 5 --on 2999-01-01 --as nadiia", 4),
        ("payment dismiss ранок/1 --comment  --as nadiia", 2),
    ] {
        let said = place.line(wrong).await;
        assert_eq!(said.code, code, "{wrong}: {}{}", said.out, said.err);
    }
    let matched = place.line("payment match ранок/1 ранок/1 --as nadiia --json").await.json();
    assert_eq!((&matched["left"], &matched["changed"]), (&"6000 UAH".into(), &true.into()));
    let shown = place.line("project show ранок --json").await.json();
    assert_eq!(shown["payments"][0]["state"], "paid", "{project}: {shown}");
    let unmatched = place.line("payment list --json").await.json();
    assert_eq!(unmatched["unmatched"][0]["left"], "6000 UAH");

    let off = place.run(&["payment", "dismiss", "ранок/1", "--comment", "Повернули", "--as", "nadiia"]).await;
    assert_eq!(off.code, 0, "{}", off.err);
    assert_eq!(place.line("payment list --json").await.json()["unmatched"], serde_json::json!([]));
    assert_eq!(place.line("verify --json").await.json()["well"], true);
    let rebuilt = place.line("rebuild").await;
    assert_eq!(rebuilt.code, 0, "{}", rebuilt.err);
    assert_eq!(place.line("payment list --json").await.json()["unmatched"], serde_json::json!([]));
}
