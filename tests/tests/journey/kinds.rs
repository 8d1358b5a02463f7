//! Files of every kind, albums, and what is no file at all: nobody has to guess what was sent (TG-30, TG-38).

use std::sync::Arc;

use engine::domain::ProjectId;
use engine::domain::definition::{Definition, FieldKind};
use engine::domain::field::Entered;
use engine::domain::project::ProjectCommand;
use journeys::db;
use journeys::desk::{STAFF, STAFF_CHAT, ask, done, person};
use journeys::house::{GROUP, House, SOFIIA};
use sandbox::{Fault, FaultKind, FileKind, MessageView, SentFile};
use serde_json::json;

use super::letters::{arrived, count, in_state, letters, queue_letters};
use super::witness::{PLAN, facts, is_well, plan_awaits};

const ODD: [FileKind; 8] = [
    FileKind::Photo,
    FileKind::Voice,
    FileKind::Document,
    FileKind::Video,
    FileKind::Audio,
    FileKind::Animation,
    FileKind::VideoNote,
    FileKind::Sticker,
];

fn ours(house: &House, chat: i64) -> Vec<MessageView> {
    house.sandbox.messages(chat).into_iter().filter(|message| message.is_bot && !message.deleted).collect()
}

fn kinds(messages: &[MessageView]) -> Vec<FileKind> {
    messages.iter().filter_map(|message| message.file.as_ref()).map(|file| file.kind).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_file_the_client_sends_the_staff_sees_it_as_what_it_is() {
    let db = db::sqlite();
    let house = plan_awaits(&db, "uk").await;
    house.press(SOFIIA, GROUP, "✏️").await;
    let question = house.sandbox.last_message(GROUP).unwrap();
    for kind in ODD {
        let file = SentFile { reply_to: Some(question.id), ..SentFile::new(SOFIIA, GROUP, kind) };
        house.sandbox.send_file(&file).unwrap();
        house.settle().await;
    }
    assert_eq!(kinds(&ours(&house, STAFF_CHAT)), ODD, "{}", house.transcript(STAFF_CHAT));
    assert_eq!((facts(&house, "remark_added").await, in_state(&house, "failed").await), (8, 0));
    let card = house.with_button(STAFF_CHAT, "Почати").text;
    for words in ["📎 фото", "📎 голосове", "📎 стікер", "📎 анімація"] {
        assert!(card.contains(words), "{words}: {card}");
    }
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_on_the_map_reaches_the_staff_as_a_remark_and_as_a_message() {
    for db in db::both().await {
        let house = plan_awaits(&db, "uk").await;
        let place = json!({"location": {"latitude": 50.45, "longitude": 30.52}});
        house.sandbox.set_privacy(false);
        house.sandbox.send_other(SOFIIA, GROUP, &place, None).unwrap();
        house.settle().await;
        house.press(SOFIIA, GROUP, "✏️").await;
        let question = house.sandbox.last_message(GROUP).unwrap();
        house.sandbox.send_other(SOFIIA, GROUP, &place, Some(question.id)).unwrap();
        house.settle().await;
        let copies = ours(&house, STAFF_CHAT).into_iter();
        let copies = copies.filter(|message| message.other.as_deref() == Some("location")).count();
        assert_eq!(copies, 2, "{}: {}", db.name, house.transcript(STAFF_CHAT));
        assert_eq!((facts(&house, "client_wrote").await, facts(&house, "remark_added").await), (1, 1));
        assert_eq!(count(&house, STAFF_CHAT, "📎 місце на карті"), 2);
        is_well(house).await;
    }
}

/// The SMM template with a field for several files in the content plan.
fn with_files(definition: &Definition) -> Definition {
    let mut changed = definition.clone();
    for task in changed.stages.iter_mut().flat_map(|stage| &mut stage.tasks).filter(|task| task.id == PLAN) {
        let mut field = task.result[0].clone();
        "drafts".clone_into(&mut field.id);
        field.kind = FieldKind::Files;
        field.required = false;
        field.at_least = None;
        field.client_sees = true;
        task.result.push(field);
    }
    changed
}

async fn open_with_files(house: &mut House) {
    let definition = house.catalogue.definition("smm").unwrap();
    house.project = ProjectId::from("smm-files");
    let open = ProjectCommand::OpenProject {
        project: house.project.clone(),
        client: house.client.clone(),
        definition: Arc::new(with_files(&definition)),
        assigned: STAFF.iter().map(|(person, _, role, _)| ((*role).into(), (*person).into())).collect(),
        price: None,
        promised: Box::default(),
    };
    let order = ask(house.now(), engine::domain::Actor::Operator, open);
    done(house.app.project(&house.project, order).await.unwrap());
    house.settle().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn several_files_of_a_result_come_as_one_album_and_the_request_answers_its_first_item() {
    for db in db::both().await {
        let mut house = House::open(&db, "uk").await;
        open_with_files(&mut house).await;
        house.work_until(PLAN).await;
        let start = ProjectCommand::StartTask { task: PLAN.into() };
        house.order(person("maksym"), start).await;
        let mut files = Vec::new();
        for name in ["перший.pdf", "другий.pdf", "третій.pdf"] {
            files.push(house.file(name).await);
        }
        let values = vec![("drafts".to_owned(), Entered::Files(files))];
        house.order(person("maksym"), ProjectCommand::SetFields { task: PLAN.into(), values }).await;
        house.fill(PLAN).await;
        house.order(person("maksym"), ProjectCommand::SubmitTask { task: PLAN.into() }).await;
        house.order(person("olena"), ProjectCommand::AcceptTask { task: PLAN.into(), round: None }).await;
        house.settle().await;
        let said = ours(&house, GROUP);
        let album: Vec<_> = said.iter().filter(|message| message.album.is_some()).collect();
        assert_eq!(album.len(), 3, "{}: {}", db.name, house.transcript(GROUP));
        let names: Vec<_> = album.iter().filter_map(|item| item.file.as_ref()?.name.clone()).collect();
        assert_eq!(names, ["перший.pdf", "другий.pdf", "третій.pdf"]);
        let request = house.with_button(GROUP, "✅");
        assert_eq!(request.reply_to, Some(album[0].id), "{}", house.transcript(GROUP));
        // What comes later is not looked for among the items of the album.
        house
            .sandbox
            .fault_add(Fault::times("sendmessage", FaultKind::HangAfter { ms: None }, 1).in_chat(GROUP));
        queue_letters(&house, GROUP, 2).await;
        house.settle().await;
        house.pass(60).await;
        assert_eq!(arrived(&house, GROUP), letters(2));
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_method_that_the_server_does_not_know_costs_one_message_and_not_the_outbox() {
    for db in db::both().await {
        let house = House::open(&db, "uk").await;
        house.sandbox.fault_add(Fault::times("sendmessage", FaultKind::UnknownMethod, 1).in_chat(GROUP));
        queue_letters(&house, GROUP, 3).await;
        house.settle().await;
        assert_eq!(arrived(&house, GROUP), letters(3)[1..], "{}", db.name);
        assert!(!house.bot.is_token_dead());
        assert_eq!(in_state(&house, "failed").await, 1);
        assert_eq!(count(&house, STAFF_CHAT, "повідомлення про «Лист 1» не надіслано"), 1);
        is_well(house).await;
    }
}
