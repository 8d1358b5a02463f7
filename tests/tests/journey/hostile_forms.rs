//! Forms under hostile input: nothing breaks, nothing is let in, and the headers keep addresses secret (RELIABILITY 6.4, 6.6).

use engine::domain::project::ProjectCommand;
use journeys::db;
use journeys::desk::{open_smm, person};
use journeys::house::GROUP;
use journeys::page::{form_link, link_in};
use serde_json::{Value, json};

use super::briefs::{ANSWERS, received, sent};
use super::witness::facts;

#[tokio::test(flavor = "multi_thread")]
async fn too_much_is_refused_and_the_next_request_works() {
    let db = db::sqlite();
    let (house, pages) = sent(&db).await;
    let link = form_link(&house);
    let hook = link.replace("/f/", "/hooks/forms/");
    let ten_megabytes = vec![b'x'; 10 * 1024 * 1024];
    let answer = pages.post_raw(&hook, "application/json", ten_megabytes.clone()).await;
    assert_eq!(answer.status, 413);
    let answer = pages.post_raw(&link, "application/x-www-form-urlencoded", ten_megabytes).await;
    assert_eq!(answer.status, 413);
    assert!(answer.text.contains("Забагато тексту"), "{}", answer.text);
    let keys: serde_json::Map<String, Value> = (0..10_000).map(|n| (format!("k{n}"), json!(""))).collect();
    let answer = pages.post_json(&hook, &json!({ "answers": keys })).await;
    assert!([413, 422].contains(&answer.status.as_u16()), "{}", answer.status);
    let many: Vec<String> = (0..10_000).map(|n| format!("k{n}=v")).collect();
    let body = many.join("&").into_bytes();
    let answer = pages.post_raw(&link, "application/x-www-form-urlencoded", body).await;
    assert_eq!(answer.status, 303, "unknown names are nothing");
    assert_eq!(pages.get(&link).await.status, 200);
    assert_eq!(facts(&house, "form_received").await, 0);
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_content_type_decides_who_reads_and_shapes_are_strict() {
    let db = db::sqlite();
    let (house, pages) = sent(&db).await;
    let link = form_link(&house);
    let hook = link.replace("/f/", "/hooks/forms/");
    let good = br#"{"answers":{"goals":"x"}}"#.to_vec();
    for media in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""] {
        assert_eq!(pages.post_raw(&hook, media, good.clone()).await.status, 415, "{media}");
    }
    assert_eq!(pages.post_raw(&link, "application/json", good).await.status, 415);
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let bad: [&[u8]; 8] = [
        b"",
        b"{",
        b"[]",
        b"{\"answers\":[]}",
        b"{\"answers\":{},\"files\":[{\"filepath\":\"/etc/passwd\"}]}",
        b"{\"answers\":{\"goals\":{\"a\":1}}}",
        b"{\"answers\":{\"goals\":[[1]]}}",
        deep.as_bytes(),
    ];
    for body in bad {
        let answer = pages.post_raw(&hook, "application/json", body.to_vec()).await;
        assert_eq!(answer.status, 422, "{}", String::from_utf8_lossy(&body[..body.len().min(60)]));
    }
    assert!(received(&house).await.is_none());
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn markup_in_answers_stays_text_on_every_page() {
    let db = db::sqlite();
    let (house, pages) = sent(&db).await;
    let link = form_link(&house);
    let evil = "<script>alert(1)</script>\"><img src=x onerror=alert(1)>";
    let mut fields = ANSWERS.to_vec();
    fields[0].1 = evil;
    fields[6].1 = evil;
    fields[7].1 = evil;
    let wrong = pages.post(&link, &fields).await;
    assert_eq!(wrong.status, 422);
    fields[7].1 = "5000";
    assert_eq!(pages.post(&link, &fields).await.status, 303);
    house.settle().await;
    let answers = pages.get(&link_in(&house, journeys::desk::STAFF_CHAT, "Відповіді")).await;
    for page in [wrong, answers] {
        assert!(!page.text.contains("<script>alert") && !page.text.contains("<img"), "{}", page.text);
        assert!(page.text.contains("&lt;script&gt;alert(1)"), "{}", page.text);
    }
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_reaches_its_own_project_and_nothing_else() {
    let db = db::sqlite();
    let (mut house, pages) = sent(&db).await;
    let first = form_link(&house);
    let other = open_smm(&house.app, &house.catalogue, house.now(), "smm-other", &house.client.clone()).await;
    let own = std::mem::replace(&mut house.project, other);
    house.order(person("olena"), ProjectCommand::StartTask { task: "communication".into() }).await;
    let press = ProjectCommand::PressButton { task: "communication".into(), button: "send_brief".into() };
    house.order(person("olena"), press).await;
    house.settle().await;
    let second = link_in(&house, GROUP, "Заповнити бриф");
    assert_ne!(first, second);
    pages.post(&second, &[("q.goals", "Лише для другого"), ("do", "save")]).await;
    assert!(!pages.get(&first).await.text.contains("Лише для другого"));
    assert_eq!(pages.post(&first, &ANSWERS).await.status, 303);
    assert!(received(&house).await.is_none(), "the second project has no brief");
    house.project = own;
    assert!(received(&house).await.is_some());
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_wears_the_headers_and_a_foreign_page_may_not_post() {
    let db = db::sqlite();
    let (house, pages) = sent(&db).await;
    let link = form_link(&house);
    for page in [pages.get(&link).await, pages.get("/f/x").await, pages.get("/assets/brief.css").await] {
        let header = |name: &str| page.headers.get(name).map_or("", |value| value.to_str().unwrap());
        assert!(header("content-security-policy").starts_with("default-src 'none';"));
        assert!(!header("content-security-policy").contains("unsafe"));
        assert_eq!(header("referrer-policy"), "no-referrer");
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert!(header("x-robots-tag").contains("noindex"));
        assert!(header("strict-transport-security").starts_with("max-age="));
    }
    let page = pages.get(&link).await;
    assert_eq!(page.headers["cache-control"], "no-store");
    assert!(!page.text.contains(" style=") && !page.text.contains(" onclick"), "nothing inline");
    assert!(page.text.contains("noindex"));
    let foreign = pages.client.post(pages.at(&link)).header("sec-fetch-site", "cross-site").form(&ANSWERS);
    assert_eq!(foreign.send().await.unwrap().status(), 403);
    assert!(received(&house).await.is_none());
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_hammered_rests_a_while() {
    let db = db::sqlite();
    let (house, pages) = sent(&db).await;
    let link = form_link(&house);
    let mut statuses = Vec::new();
    for _ in 0..60 {
        statuses.push(pages.get(&link).await.status.as_u16());
    }
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 40, "{statuses:?}");
    assert_eq!(statuses.last(), Some(&429));
    house.skip(60);
    assert_eq!(pages.get(&link).await.status, 200);
    house.app.store().close().await;
}
