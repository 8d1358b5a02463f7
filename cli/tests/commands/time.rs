//! Working time at the command line: added, listed, taken back, and the report with what it costs (PF-46, PF-48, PF-73).

use serde_json::json;

use super::Place;

#[tokio::test]
async fn hours_times_the_rate_stand_beside_price_and_profit() {
    let place = Place::agency().await;
    place.edit(
        "agency.yaml",
        "# rates:",
        "rates:\n  roles: { pm: 600 UAH }\n  people: { maksym: 300 UAH }\n# rates:",
    );
    let project = place.project().await;
    let calls = ["time", "add", "ранок/communication", "4h", "--kind", "call", "--comment", "Бриф телефоном"];
    let added = place.run(&[&calls[..], &["--as", "olena", "--json"]].concat()).await.json();
    assert_eq!(
        (&added["entry"], &added["minutes"], &added["kind"], &added["role"]),
        (&json!(1), &json!(240), &json!("call"), &json!("pm"))
    );
    place.line("time add ранок/communication 30m --kind meeting --by olena").await.json_or_text();
    place.line("time add ранок/communication 10h --kind meeting --by olena").await.json_or_text();
    let taken = place.line("time cancel ранок/3 --comment Помилка --json").await.json();
    assert_eq!((&taken["cancelled"], &taken["spent_minutes"]), (&json!(true), &json!(270)));
    place.line("payment receive ранок/1 --as nadiia").await.json_or_text();
    let report = place.line("report time --json").await.json();
    let sheet = &report["projects"][0];
    assert_eq!((&sheet["project"], &sheet["price"]), (&json!(project), &json!("24000 UAH")));
    assert_eq!(
        (&sheet["minutes"], &sheet["cost"], &sheet["income"]),
        (&json!(270), &json!(["2700 UAH"]), &json!(["24000 UAH"]))
    );
    assert_eq!(
        (&sheet["profit"], &sheet["profit_after_time"]),
        (&json!(["24000 UAH"]), &json!(["21300 UAH"]))
    );
    assert_eq!(report["clients"][0]["communication_minutes"], 270);
    let text = place.line("report time --client ранок").await.out;
    assert!(text.contains("call") && text.contains("4 h") && text.contains("2700 UAH"), "{text}");
    let long_ago = place.line("report time --to 2020-01-01 --json").await.json();
    assert_eq!((&long_ago["projects"], &long_ago["minutes"]), (&json!([]), &json!(0)));
    let shown = place.line("project show ранок --json").await.json();
    assert_eq!(
        (&shown["minutes"], &shown["tasks"][0]["spent_minutes"], &shown["tasks"][0]["planned_minutes"]),
        (&json!(270), &json!(270), &json!(360))
    );
    let listed = place.line("time list ранок --json").await.json();
    assert_eq!(
        (listed["time"].as_array().unwrap().len(), &listed["time"][0]["comment"]),
        (2, &json!("Бриф телефоном"))
    );
    assert_eq!(place.line("time list ранок --all --json").await.json()["time"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn what_is_no_time_is_refused_with_what_would_be() {
    let place = Place::agency().await;
    place.project().await;
    let unread = place.line("time add ранок/communication 90 --kind call").await;
    assert_eq!(unread.code, 4, "{}", unread.err);
    assert!(unread.err.contains("45m дзвінок"), "{}", unread.err);
    let kind = place.line("time add ранок/communication 1h --kind nap").await;
    assert_eq!(kind.code, 4);
    assert!(
        kind.err.contains("call (дзвінок)") && kind.err.contains("hint: add --kind meeting"),
        "{}",
        kind.err
    );
    let other = place.line("time add ранок/communication 1h --kind call --by olena --as nadiia").await;
    assert_eq!(other.code, 4, "{}", other.err);
    assert_eq!(place.line("time add ранок/communication 1h --kind call --by petro").await.code, 5);
    assert_eq!(place.line("time cancel ранок/7").await.code, 4);
}
