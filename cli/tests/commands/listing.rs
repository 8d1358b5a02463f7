//! Comments, due dates and the marks of the list of projects at the command line (PF-24, PF-27, PF-28).

use super::*;

#[tokio::test]
async fn a_comment_says_something_and_a_due_date_has_a_reason() {
    let place = Place::agency().await;
    place.project().await;
    let comment = |more: &[&str]| {
        let mut words = vec!["task", "comment", "ранок/communication"];
        words.extend_from_slice(more);
        words.into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let run =
        async |words: Vec<String>| place.run(&words.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let said = run(comment(&["Бюджет погоджено", "--as", "olena", "--json"])).await.json();
    assert_eq!(said["changed"], true, "{said}");
    assert_eq!(run(comment(&["  ", "--as", "olena"])).await.code, 2, "a comment says something");
    let lost = run(comment(&["--file", "нема.pdf", "--as", "olena"])).await;
    assert!(lost.code == 5 && lost.err.contains("нема.pdf"), "{}: {}", lost.code, lost.err);
    // It waits for the chat, like every message to a client that has none yet.
    let waits = run(comment(&["Ось макети", "--client", "--as", "olena", "--json"])).await.json();
    assert_eq!(waits["changed"], true, "{waits}");
    // Whoever erases is told of what is not out yet, and how to take it back.
    let found = place.line("client erase ранок --json").await.json();
    let waiting = found["waiting"].as_array().unwrap().clone();
    assert_eq!(waiting.len(), 1, "{found}");
    let told = place.line("client erase ранок --yes").await;
    assert!(told.err.contains("outbox drop") || told.out.contains("outbox drop"), "{}{}", told.out, told.err);
    let drop = format!("outbox drop {} --comment Стерто", waiting[0]);
    assert_eq!(place.line(&drop).await.code, 0);
    assert_eq!(place.line("client erase ранок --json").await.json()["waiting"], serde_json::json!([]));
    run(comment(&["Ще раз", "--client", "--as", "olena"])).await.json_or_text();
    let gone = place.line("client erase ранок --unsent --yes --json").await.json();
    assert_eq!(
        (&gone["unsent"], &gone["waiting"]),
        (&serde_json::json!(1), &serde_json::json!([])),
        "{gone}"
    );
    let left = place.line("client erase ранок --unsent --json").await.json();
    assert_eq!(
        (&left["unsent"], &left["erased"]),
        (&serde_json::json!(0), &serde_json::json!(false)),
        "{left}"
    );
    let late = ["task", "due", "ранок/communication", "2030-12-04", "--comment", "Матеріали пізніше"];
    let moved = place.run(&[&late[..], &["--as", "olena", "--json"]].concat()).await.json();
    assert!(moved["due"].as_str().unwrap().starts_with("2030-12-04"), "{moved}");
    assert_eq!(place.run(&[&late[..], &["--as", "maksym"]].concat()).await.code, 4, "the PM's to say");
    let past = place.line("task due ранок/communication 2020-01-01 --comment Вчора --as olena").await;
    assert_eq!(past.code, 4, "{}", past.err);
    assert_eq!(place.line("task due ранок/communication завтра --comment x --as olena").await.code, 2);
    let first = place.line("task priority ранок/communication high --as olena --json").await.json();
    assert_eq!(first["changed"], true, "{first}");
    assert_eq!(place.line("task priority ранок/communication high --as maksym").await.code, 4);
    assert_eq!(place.line("task priority ранок/communication soon --as olena").await.code, 2);
    assert_eq!(place.line("verify --json").await.json()["well"], true);
}

#[tokio::test]
async fn marks_narrow_the_list_of_projects_and_what_nobody_knows_is_said() {
    let place = Place::agency().await;
    let project = place.project().await;
    let listed = async |marks: &str| -> Vec<String> {
        let found = place.line(&format!("project list {marks} --json")).await.json();
        let found = found["projects"].as_array().unwrap().iter();
        found.map(|one| one["project"].as_str().unwrap().to_owned()).collect()
    };
    for marks in ["--pm olena", "--person maksym", "--service smm", "--client ранок"] {
        assert_eq!(listed(marks).await, std::slice::from_ref(&project), "{marks}");
    }
    for marks in ["--late", "--with-client", "--pm maksym", "--service seo"] {
        assert_eq!(listed(marks).await, Vec::<String>::new(), "{marks}");
    }
    for (wrong, named) in [("--pm nobody", "nobody"), ("--person nobody", "nobody"), ("--service sm", "smm")]
    {
        let said = place.line(&format!("project list {wrong}")).await;
        assert!(said.code != 0 && said.err.contains(named), "{wrong}: {} {}", said.code, said.err);
    }
}
