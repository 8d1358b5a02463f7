//! How a project begins, at the command line: promises, notes, accesses (PF-76 to PF-79, PF-86).

use serde_json::json;

use super::Place;

/// An agency whose client has a contact, and a website project on promises.
async fn sold(place: &Place) -> String {
    let contact = place.line("client approver ранок --telegram-user 2001 --name Софія").await;
    assert_eq!(contact.code, 0, "{}", contact.err);
    let new =
        ["project", "new", "website", "--client", "ранок", "--promised-by-date", "2030-01-04", "--json"];
    let more = ["--promised", "Сайт із кошиком", "--promised-sum", "100000 UAH"];
    let made = place.run(&[&new[..], &more].concat()).await.json();
    made["project"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn work_on_promises_waits_for_production_and_the_difference_is_shown() {
    let place = Place::agency().await;
    sold(&place).await;
    let early = place.line("task start ранок/communication --as olena --json").await;
    assert_eq!(early.code, 4);
    assert_eq!(early.document()["refused"]["missing"], json!([{ "handoff": "accepted" }]));
    assert!(early.err.contains("hint: signoff handoff accept"), "{}", early.err);
    let others = place.line("handoff accept ранок --as maksym").await;
    assert_eq!(others.code, 4, "{}", others.err);
    let back =
        place.run(&["handoff", "return", "ранок", "--reason", "Замало", "--as", "olena", "--json"]).await;
    assert_eq!(back.json()["state"], "returned");
    assert_eq!(place.line("handoff offer ранок").await.code, 2, "an offer without a promise says nothing");
    let again = place.line("handoff offer ранок --promised-by-date 2031-01-03 --json").await.json();
    assert_eq!((&again["state"], &again["days_later"]), (&json!("offered"), &json!(0)));
    assert_eq!(place.line("handoff accept ранок --as olena --json").await.json()["state"], "accepted");
    assert_eq!(place.line("task start ранок/communication --as olena").await.code, 0);
    let shown = place.line("project show ранок --json").await.json();
    assert_eq!(shown["handoff"]["promised_by"], "2031-01-03");
}

#[tokio::test]
async fn the_sum_that_was_promised_stands_beside_the_price() {
    let place = Place::agency().await;
    sold(&place).await;
    let shown = place.line("project show ранок").await;
    assert!(shown.out.contains("promised: Сайт із кошиком"), "{}", shown.out);
    assert!(shown.out.contains("promised sum 100000 UAH, price 120000 UAH"), "{}", shown.out);
    let json = place.line("project show ранок --json").await.json();
    assert_eq!(json["handoff"]["sum_beyond_price"], "-20000 UAH");
}

#[tokio::test]
async fn risks_are_noted_with_a_tick_and_shown_with_the_project() {
    let place = Place::agency().await;
    sold(&place).await;
    place.line("handoff accept ранок --as olena").await;
    place.line("task start ранок/communication --as olena").await;
    let bare = place.line("task tick ранок/communication 2 --as olena").await;
    assert_eq!(bare.code, 4);
    assert!(bare.err.contains("--note"), "{}", bare.err);
    let noted = ["task", "tick", "ранок/communication", "2", "--note", "Тексти запізняться", "--as", "olena"];
    assert_eq!(place.run(&noted).await.code, 0);
    let shown = place.line("project show ранок").await;
    assert!(shown.out.contains("risks\ncommunication: Тексти запізняться"), "{}", shown.out);
    let json = place.line("project show ранок --json").await.json();
    assert_eq!(json["risks"], json!(["Тексти запізняться"]));
    assert_eq!(json["tasks"][0]["notes"], json!([{ "checklist": 2, "note": "Тексти запізняться" }]));
}

#[tokio::test]
async fn an_access_is_kept_for_those_who_may_see_it() {
    let place = Place::agency().await;
    sold(&place).await;
    std::fs::write(place.path().join("access.txt"), "host.example admin Дуже-Таємне\n").unwrap();
    let set = place.line("access set ранок hosting --from access.txt --as olena --json").await;
    assert_eq!(set.json()["state"], "received");
    let seen = place.line("access show ранок hosting --as olena").await;
    assert_eq!((seen.code, seen.out.trim_end()), (0, "host.example admin Дуже-Таємне"));
    for line in ["access show ранок hosting --as maksym", "access show ранок hosting"] {
        let refused = place.line(line).await;
        assert_eq!((refused.code, refused.out.as_str()), (4, ""), "{line}: {}", refused.err);
    }
    let named = ["access", "show", "ранок", "hosting", "--as", "olena", "--command-id", "look"];
    assert_eq!(place.run(&named).await.code, 0);
    assert_eq!(place.run(&named).await.code, 4, "one look, one fact");
    let unknown = place.line("access ask ранок hostng --as olena").await;
    assert!(unknown.code != 0 && unknown.err.contains("hosting"), "{}", unknown.err);
    let list = place.line("access list ранок").await;
    assert!(list.out.contains("encrypted here"), "{}", list.out);
    std::fs::remove_file(place.path().join("signoff.key")).unwrap();
    let keyless = place.line("access show ранок hosting --as olena").await;
    assert_eq!((keyless.code, keyless.out.as_str()), (1, ""));
    assert!(keyless.err.contains("secrets.key_file"), "{}", keyless.err);
}
