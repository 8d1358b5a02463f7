//! What the client wants changed, in whatever shape it comes, reaches whoever works on it (TG-29, TG-41, test 5).

use engine::domain::StreamId;
use engine::domain::project::Status;
use engine::domain::project::event::ProjectEvent;
use journeys::db::{self, Db};
use journeys::desk::STAFF_CHAT;
use journeys::house::{GROUP, House, PETRO, SOFIIA};
use sandbox::{FileKind, MessageView, SentFile};
use serde_json::json;

use super::witness::{
    PLAN, data, facts, is_well, last_said, plan_awaits, press_raw, refused_raw, script, standing,
};

/// Who does the content plan, as a Telegram user.
const MAKSYM: i64 = 1002;

/// Whatever the client may send that libraries are known to lose (TELEGRAM 4.0), and what must be left of it.
fn strange() -> Vec<(&'static str, serde_json::Value, &'static str, bool)> {
    let date = json!([{"type": "date_time", "offset": 0, "length": 5, "unix_time": 1_647_531_900}]);
    vec![
        (
            "text, entity of the future",
            json!({"text": "Завтра о 10", "entities": date}),
            "Завтра о 10",
            false,
        ),
        (
            "photo, caption with such an entity",
            json!({"photo": [{"file_id": "ph-s", "file_size": 9}, {"file_id": "ph-b", "file_size": 90}],
                "caption": "Колір ось такий", "caption_entities": date}),
            "Колір ось такий",
            true,
        ),
        ("voice without a MIME type", json!({"voice": {"file_id": "vo", "duration": 7}}), "", true),
        (
            "video without a MIME type",
            json!({"video": {"file_id": "vi", "duration": 7, "width": 1, "height": 1}}),
            "",
            true,
        ),
        (
            "live photo",
            json!({"live_photo": {"photo": [{"file_id": "lp", "file_size": 5}], "duration": 2}, "caption": "Рухається"}),
            "Рухається",
            true,
        ),
        (
            "rich message",
            json!({"rich_message": {"blocks": [{"type": "p", "text": "Перше"}, {"type": "p", "text": "Друге"}]}}),
            "Перше\nДруге",
            false,
        ),
        ("sticker", json!({"sticker": {"file_id": "st", "emoji": "👎", "width": 1, "height": 1}}), "", true),
        ("location", json!({"location": {"latitude": 50.45, "longitude": 30.52}}), "", false),
        (
            "a kind nobody knows",
            json!({"hologram": {"file_id": "ho", "text": "Голограма"}}),
            "Голограма",
            true,
        ),
    ]
}

/// Sofiia has sent the plan back; the question to her.
async fn sent_back(db: &Db, language: &str) -> (House, MessageView) {
    let house = plan_awaits(db, language).await;
    house.press(SOFIIA, GROUP, "✏️").await;
    let question = house.sandbox.last_message(GROUP).expect("it is there");
    assert!(question.force_reply && question.placeholder.is_some(), "{question:?}");
    (house, question)
}

async fn say(house: &House, person: i64, text: &str, reply_to: Option<i64>) -> i64 {
    let message = house.sandbox.send_text(person, GROUP, text, reply_to).expect("it is there");
    house.settle().await;
    message
}

async fn send(house: &House, file: SentFile) {
    house.sandbox.send_file(&file).expect("it is there");
    house.settle().await;
}

fn file(kind: FileKind, caption: Option<&str>, reply_to: i64) -> SentFile {
    SentFile {
        caption: caption.map(str::to_owned),
        reply_to: Some(reply_to),
        ..SentFile::new(SOFIIA, GROUP, kind)
    }
}

/// The remarks that the log holds, as they were kept.
async fn kept(house: &House) -> Vec<engine::store::change::Content> {
    let mut found = Vec::new();
    for stored in house.app.store().events(0, 100_000).await.expect("the store answers") {
        if stored.kind == "remark_added"
            && let ProjectEvent::RemarkAdded { remark, .. } =
                stored.fact::<ProjectEvent>().expect("it is there").event
        {
            found.push(
                house
                    .app
                    .store()
                    .content(&remark.content)
                    .await
                    .expect("the store answers")
                    .expect("it is there"),
            );
        }
    }
    found
}

/// The card that the assignee works from.
fn card(house: &House) -> String {
    house.with_button(STAFF_CHAT, "Почати").text
}

#[tokio::test(flavor = "multi_thread")]
async fn text_voice_photo_and_three_messages_all_reach_the_card_of_the_task() {
    for db in db::both().await {
        let (house, question) = sent_back(&db, "uk").await;
        say(&house, SOFIIA, "Забагато тексту на 3-й картинці", Some(question.id)).await;
        let noted = house.with_button(GROUP, "Готово, це все");
        assert!(noted.text.contains("1 зауваження"), "{}", noted.text);
        send(&house, file(FileKind::Voice, None, noted.id)).await;
        send(&house, file(FileKind::Photo, Some("Ось такий колір"), noted.id)).await;
        say(&house, SOFIIA, "І логотип більший", Some(noted.id)).await;
        let noted = house.with_button(GROUP, "Готово, це все");
        assert!(noted.text.contains("4 зауваження"), "{}", noted.text);
        let count = house.said(GROUP).iter().filter(|text| text.contains("зауваження")).count();
        assert_eq!(count, 1, "one note that counts, not one a message: {}", house.transcript(GROUP));
        house.press(SOFIIA, GROUP, "Готово, це все").await;
        assert!(last_said(&house).contains("Прийняли 4 зауваження"), "{}", last_said(&house));
        let card = card(&house);
        let wanted = ["Забагато тексту на 3-й картинці", "Ось такий колір", "І логотип більший"];
        assert!(wanted.iter().all(|words| card.contains(words)), "{card}");
        let kinds: Vec<_> =
            kept(&house).await.into_iter().map(|content| (content.kind, content.file_id.is_some())).collect();
        let wanted = [("text", false), ("voice", true), ("photo", true), ("text", false)];
        assert_eq!(kinds, wanted.map(|(kind, file)| (kind.to_owned(), file)), "{}", db.name);
        if db.name == "SQLite" {
            insta::assert_snapshot!("remarks_client_uk", script(&house, GROUP));
            insta::assert_snapshot!("remarks_staff_uk", script(&house, STAFF_CHAT));
        }
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_staff_can_hear_the_voice_and_see_the_photo_of_a_remark() {
    let db = db::sqlite();
    let (house, question) = sent_back(&db, "uk").await;
    send(&house, file(FileKind::Voice, None, question.id)).await;
    send(&house, file(FileKind::Photo, Some("Ось такий колір"), question.id)).await;
    let theirs: Vec<_> =
        house.sandbox.messages(STAFF_CHAT).into_iter().filter(|message| message.is_bot).collect();
    let kinds: Vec<_> =
        theirs.iter().filter_map(|message| message.file.as_ref()).map(|file| file.kind).collect();
    assert_eq!(kinds, [FileKind::Voice, FileKind::Photo], "{}", house.transcript(STAFF_CHAT));
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_a_client_sends_is_lost_however_strange_its_kind() {
    for db in db::both().await {
        let (house, question) = sent_back(&db, "uk").await;
        let cases = strange();
        for (number, (name, content, words, has_file)) in (1..).zip(&cases) {
            let mut message = json!({
                "message_id": 50_000 + number, "date": 1_764_000_000,
                "chat": {"id": GROUP, "type": "group", "title": "Кава"},
                "from": {"id": SOFIIA, "is_bot": false, "first_name": "Софія Гнатюк"},
                "reply_to_message": {"message_id": question.id, "date": 1, "chat": {"id": GROUP, "type": "group"}},
            });
            message.as_object_mut().unwrap().extend(content.as_object().unwrap().clone());
            house.sandbox.inject_raw(&json!({"message": message}).to_string());
            house.settle().await;
            let kept = kept(&house).await;
            assert_eq!(kept.len(), number, "{}: {name} is lost", db.name);
            let last = kept.last().unwrap();
            assert_eq!(
                (last.text.as_str(), last.file_id.is_some()),
                (*words, *has_file),
                "{}: {name}",
                db.name
            );
        }
        assert!(house.with_button(GROUP, "Готово").text.contains("9 зауважень"));
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_minutes_of_silence_close_the_question_and_the_staff_hears_that_nothing_was_said() {
    for db in db::both().await {
        let (house, question) = sent_back(&db, "uk").await;
        let said = house.said(GROUP).len();
        house.pass(599).await;
        assert_eq!(facts(&house, "remarks_closed").await, 0);
        house.pass(1).await;
        assert_eq!(facts(&house, "remarks_closed").await, 1, "{}", db.name);
        let told = house.said(STAFF_CHAT);
        assert!(told.last().unwrap().contains("зауважень не написали"), "{told:?}");
        assert_eq!(house.said(GROUP).len(), said, "the client is not nagged");
        assert_eq!(house.status(PLAN).await, Status::Rework, "the decision stands");
        // Late, but before the work is done: it still counts.
        say(&house, SOFIIA, "Вибачте, ось: інші хештеги", Some(question.id)).await;
        assert!(card(&house).contains("інші хештеги"), "{}", card(&house));
        assert!(last_said(&house).contains("1 зауваження"), "{}", last_said(&house));
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_remark_gives_ten_more_minutes_and_silence_after_it_says_thank_you() {
    let db = db::sqlite();
    let (house, question) = sent_back(&db, "en").await;
    house.pass(500).await;
    say(&house, SOFIIA, "Too much text", Some(question.id)).await;
    house.pass(599).await;
    assert_eq!(facts(&house, "remarks_closed").await, 0);
    house.pass(1).await;
    assert!(last_said(&house).contains("We have taken 1 remark"), "{}", last_said(&house));
    let messages = house.sandbox.messages(GROUP);
    assert!(
        messages.iter().all(|message| message.button("That's all").is_none()),
        "{}",
        house.transcript(GROUP)
    );
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_remark_while_the_work_goes_on_counts_and_one_after_the_next_version_is_a_message() {
    let db = db::sqlite();
    let (house, question) = sent_back(&db, "uk").await;
    house.press(MAKSYM, STAFF_CHAT, "Почати").await;
    say(&house, SOFIIA, "Ще одне: без смайлів", Some(question.id)).await;
    let work = house.with_button(STAFF_CHAT, "Пауза").text;
    assert!(work.contains("без смайлів"), "{work}");
    house.fill(PLAN).await;
    house
        .order(
            journeys::desk::person("maksym"),
            engine::domain::project::ProjectCommand::SubmitTask { task: PLAN.into() },
        )
        .await;
    house.settle().await;
    let before = standing(&house).await;
    say(&house, SOFIIA, "І шрифт інший", Some(question.id)).await;
    assert_eq!(standing(&house).await, before);
    let told = house.said(STAFF_CHAT).join("\n");
    assert!(told.contains("Софія Гнатюк:\nІ шрифт інший"), "it reaches the staff all the same: {told}");
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_person_who_answers_the_question_is_heard_too_and_chatter_beside_it_is_not_a_remark() {
    let db = db::sqlite();
    let (house, question) = sent_back(&db, "uk").await;
    house.sandbox.set_privacy(false);
    say(&house, PETRO, "А мені шрифт не подобається", Some(question.id)).await;
    assert_eq!(kept(&house).await.len(), 1);
    say(&house, PETRO, "Хто йде на обід?", None).await;
    assert_eq!(kept(&house).await.len(), 1, "only whoever decided is listened to without a reply");
    say(&house, SOFIIA, "Менше тексту", None).await;
    assert_eq!(kept(&house).await.len(), 2, "the approver need not press Reply");
    let card = card(&house);
    assert!(card.contains("Петро (роботу не погоджує): А мені шрифт не подобається"), "{card}");
    assert!(card.contains("Зауваження:\nМенше тексту\n"), "{card}");
    let noted = house.with_button(GROUP, "Готово, це все").text;
    assert!(noted.contains("1 зауваження"), "only the approver's count: {noted}");
    let press = house.press(PETRO, GROUP, "Готово, це все").await.expect("an answer");
    assert!(press.show_alert, "the round is the approver's to close: {press:?}");
    let told = house.said(STAFF_CHAT).join("\n");
    assert!(told.contains("Петро:\nХто йде на обід?"), "{told}");
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edited_remark_keeps_both_texts_changes_no_decision_and_the_staff_sees_the_new_one() {
    let db = db::sqlite();
    let (house, question) = sent_back(&db, "uk").await;
    let remark = say(&house, SOFIIA, "Фон синій", Some(question.id)).await;
    house.press(SOFIIA, GROUP, "Готово, це все").await;
    let before = standing(&house).await.1;
    house.sandbox.edit_text(SOFIIA, GROUP, remark, "Фон зелений").unwrap();
    house.settle().await;
    assert_eq!(standing(&house).await.1, before, "an edit is no decision");
    assert_eq!(facts(&house, "message_edited").await, 1);
    assert_eq!(kept(&house).await.first().unwrap().text, "Фон синій", "what was said first is kept");
    let told = house.transcript(STAFF_CHAT);
    assert!(told.contains("Фон зелений"), "whoever works must not work from the old text: {told}");
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_version_is_a_new_message_and_the_old_buttons_are_stale() {
    let db = db::sqlite();
    let (house, question) = sent_back(&db, "uk").await;
    let first = house
        .sandbox
        .messages(GROUP)
        .into_iter()
        .find(|message| message.button("Передумали").is_some())
        .unwrap();
    let undo = data(&first, "Передумали");
    say(&house, SOFIIA, "Менше тексту", Some(question.id)).await;
    let noted = house.with_button(GROUP, "Готово");
    house.work(PLAN).await;
    let second = house.with_button(GROUP, "✅");
    assert!(second.id > noted.id && second.text.contains("2-е коло"), "{}", second.text);
    let before = standing(&house).await;
    let (code, _) = refused_raw(&house, SOFIIA, GROUP, first.id, &undo).await;
    assert_eq!(code, "undo-next-started");
    press_raw(&house, SOFIIA, GROUP, noted.id, &data(&noted, "Готово")).await;
    assert_eq!(standing(&house).await, before);
    insta::assert_snapshot!("second_version_client_uk", script(&house, GROUP));
    insta::assert_snapshot!("second_version_staff_uk", script(&house, STAFF_CHAT));
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_remark_that_telegram_delivers_twice_counts_once() {
    for db in db::both().await {
        let (house, question) = sent_back(&db, "uk").await;
        say(&house, SOFIIA, "Менше тексту", Some(question.id)).await;
        for _ in 0..3 {
            assert_eq!(house.sandbox.replay_updates(1), 1);
            house.settle().await;
        }
        assert_eq!(kept(&house).await.len(), 1, "{}", db.name);
        assert_eq!(house.app.store().stream(StreamId::audit(), 0).await.unwrap().len(), 0);
        is_well(house).await;
    }
}
