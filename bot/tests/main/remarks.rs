//! What the client wants changed: text, voice, photo, album, late, from others, edited (Test 5).

use engine::domain::ContentId;
use engine::domain::project::ProjectCommand as C;
use engine::store::StoredEvent;
use engine::store::change::Content;
use sandbox::{FileKind, SentFile};
use serde_json::{Value, json};

use crate::house::{GROUP, House, OLENA, PETRO, SOFIIA, STAFF_CHAT};

/// A house where the content plan was sent back, and the id of the question.
async fn asked() -> (House, i64) {
    let house = House::new().await;
    house.hand_over("content_plan").await;
    house.press(SOFIIA, GROUP, "Доопрацювати").await;
    let question =
        house.ours(GROUP).into_iter().rev().find(|message| message.force_reply).expect("a question");
    (house, question.id)
}

fn content_of(event: &StoredEvent, field: &str) -> ContentId {
    let data: Value = serde_json::from_str(&event.data).expect("a fact");
    data[field]["content"].as_str().expect("a content").into()
}

async fn remarks(house: &House) -> Vec<Content> {
    let events = house.events("remark_added").await;
    let ids: Vec<_> = events.iter().map(|event| content_of(event, "remark")).collect();
    house.app.store().contents(&ids).await.expect("the store answers")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_question_is_a_reply_that_mentions_the_person() {
    let (house, question) = asked().await;
    let message = house.telegram.messages(GROUP).into_iter().find(|message| message.id == question).unwrap();
    assert!(message.text.contains("Софія Гнатюк"), "{}", message.text);
    assert!(
        message
            .entities
            .iter()
            .any(|entity| entity["type"] == "text_mention" && entity["user"]["id"] == SOFIIA)
    );
    assert!(message.reply_to.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn text_voice_photo_and_file_are_all_remarks_until_that_is_all() {
    let (house, question) = asked().await;
    let telegram = &house.telegram;
    telegram.send_text(SOFIIA, GROUP, "Логотип більший", Some(question)).unwrap();
    let file = |kind, caption: Option<&str>, name: Option<&str>| SentFile {
        caption: caption.map(str::to_owned),
        file_name: name.map(str::to_owned),
        reply_to: Some(question),
        ..SentFile::new(SOFIIA, GROUP, kind)
    };
    telegram.send_file(&file(FileKind::Voice, None, None)).unwrap();
    telegram.send_file(&file(FileKind::Photo, Some("ось так"), None)).unwrap();
    telegram.send_file(&file(FileKind::Document, None, Some("правки.docx"))).unwrap();
    house.settle().await;
    let kept = remarks(&house).await;
    let kinds: Vec<_> = kept.iter().map(|content| (content.kind.as_str(), content.text.as_str())).collect();
    assert_eq!(kinds, [("text", "Логотип більший"), ("voice", ""), ("photo", "ось так"), ("document", "")]);
    assert!(kept[1..].iter().all(|content| content.file_id.is_some()));
    assert_eq!(kept[3].file_name.as_deref(), Some("правки.docx"));
    house.press(SOFIIA, GROUP, "це все").await;
    assert_eq!(house.events("remarks_closed").await.len(), 1);
    assert!(house.count(STAFF_CHAT, "Логотип більший") > 0, "the staff sees the remarks");
    house.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_item_of_an_album_counts() {
    let (house, question) = asked().await;
    for item in 0..3 {
        house.telegram.inject_raw(&message(
            SOFIIA,
            900 + item,
            &json!({
                "media_group_id": "album", "photo": [{ "file_id": format!("photo{item}"), "file_size": 5 }],
                "caption": if item == 0 { json!("три зауваження") } else { Value::Null },
                "reply_to_message": { "message_id": question, "chat": { "id": GROUP } },
            }),
        ));
    }
    house.settle().await;
    let kept = remarks(&house).await;
    assert_eq!(
        kept.iter().filter_map(|content| content.file_id.clone()).collect::<Vec<_>>(),
        ["photo0", "photo1", "photo2"]
    );
    assert_eq!(kept[0].text, "три зауваження");
}

#[tokio::test(flavor = "multi_thread")]
async fn formatting_that_nobody_knows_costs_no_word() {
    let (house, question) = asked().await;
    let entity = json!({ "type": "date_time", "offset": 0, "length": 3, "unix_time": 1 });
    house.telegram.send_text_with(SOFIIA, GROUP, "до п'ятниці", Some(question), vec![entity]).unwrap();
    house.settle().await;
    assert_eq!(remarks(&house).await[0].text, "до п'ятниці");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_remark_of_a_colleague_is_kept_with_its_author() {
    let (house, question) = asked().await;
    house.telegram.send_text(PETRO, GROUP, "Я теж проти", Some(question)).unwrap();
    house.settle().await;
    let petro = crate::house::profile(&house, PETRO).await;
    assert_eq!(petro.name, "Петро Гнатюк");
    assert_eq!(remarks(&house).await[0].person, Some(petro.person));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_reply_the_deciding_person_is_understood_and_nobody_else() {
    let (house, _) = asked().await;
    house.telegram.set_privacy(false);
    house.telegram.send_text(SOFIIA, GROUP, "І ще шрифт", None).unwrap();
    house.telegram.send_text(PETRO, GROUP, "Привіт усім", None).unwrap();
    house.telegram.send_text(OLENA, GROUP, "Добрий день!", None).unwrap();
    house.settle().await;
    assert_eq!(remarks(&house).await.len(), 1);
    let written = house.events("client_wrote").await;
    assert_eq!(written.len(), 1, "what a colleague of ours writes is not the client's");
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_next_result_a_remark_is_a_message_and_not_lost() {
    let (house, question) = asked().await;
    house.order("maksym", C::StartTask { task: "content_plan".into() }).await;
    house.telegram.send_text(SOFIIA, GROUP, "ще встигаю", Some(question)).unwrap();
    house.settle().await;
    assert_eq!(remarks(&house).await.len(), 1, "late, but before the next result");
    house.order("maksym", C::SubmitTask { task: "content_plan".into() }).await;
    house.telegram.send_text(SOFIIA, GROUP, "запізно", Some(question)).unwrap();
    house.settle().await;
    assert_eq!(remarks(&house).await.len(), 1);
    let written = house.events("client_wrote").await;
    let kept = house.app.store().content(&content_of(&written[0], "content")).await.unwrap().unwrap();
    assert_eq!(kept.text, "запізно");
    assert!(house.count(STAFF_CHAT, "запізно") > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_later_keeps_both_versions_and_changes_no_decision() {
    let (house, question) = asked().await;
    let id = house.telegram.send_text(SOFIIA, GROUP, "синій", Some(question)).unwrap();
    house.settle().await;
    house.telegram.edit_text(SOFIIA, GROUP, id, "червоний").unwrap();
    house.settle().await;
    assert_eq!(remarks(&house).await[0].text, "синій");
    let edited = house.events("message_edited").await;
    let kept = house.app.store().content(&content_of(&edited[0], "content")).await.unwrap().unwrap();
    assert_eq!(kept.text, "червоний");
    assert_eq!(house.status("content_plan").await.1, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_personal_word_stands_in_the_log() {
    let (house, question) = asked().await;
    house.telegram.send_text(SOFIIA, GROUP, "канарка-у-зауваженні", Some(question)).unwrap();
    house.settle().await;
    let all = house.app.store().events(0, 10_000).await.unwrap();
    assert!(all.iter().all(|event| !event.data.contains("канарка") && !event.data.contains("Гнатюк")));
}

/// A message of a person in the group, as raw JSON.
fn message(user: i64, id: i64, rest: &Value) -> String {
    let mut message = json!({
        "message_id": id, "date": 1, "chat": { "id": GROUP, "type": "group" },
        "from": { "id": user, "is_bot": false, "first_name": "Хтось" },
    });
    if let (Some(message), Some(rest)) = (message.as_object_mut(), rest.as_object()) {
        message.extend(rest.clone());
    }
    json!({ "message": message }).to_string()
}
