//! Chats that move, chats that are lost and come back: nothing is lost, and nothing is asked twice (Tests 11, 12).

use engine::domain::ProjectId;
use engine::domain::project::{ProjectCommand, Status};
use engine::store::outbox;
use journeys::db;
use journeys::desk::{STAFF_CHAT, open_smm, person};
use journeys::house::{GROUP, House, SOFIIA};
use sandbox::{Fault, FaultKind, Kind};

use super::letters::{arrived, calls_to, count, in_state, letter, letters, mark, queue, queue_letters};
use super::witness::script;

const AGAIN: &str = "досі чекає на ваше рішення";
const DAY: i64 = 86_400;

/// Three projects of one client, each waiting for its decision on the content plan.
async fn three_open_decisions(house: &mut House) -> Vec<ProjectId> {
    let mut projects = vec![house.project.clone()];
    for id in ["smm-two", "smm-three"] {
        projects.push(open_smm(&house.app, &house.catalogue, house.now(), id, &house.client).await);
    }
    house.settle().await;
    for project in &projects {
        house.project = project.clone();
        house.work_until("content_plan").await;
        house.work("content_plan").await;
        assert_eq!(house.status("content_plan").await, Status::AwaitingApproval);
    }
    projects
}

/// How many messages wait; those of a lost chat do so until it is back.
async fn waiting(house: &House) -> i64 {
    in_state(house, "ready").await + in_state(house, "parked").await
}

async fn statuses(house: &House, projects: &[ProjectId]) -> Vec<Status> {
    let mut found = Vec::new();
    for project in projects {
        let state = house.app.project_state(project).await.unwrap().unwrap();
        found.push(state.task(&"content_plan".into()).unwrap().status);
    }
    found
}

/// Every decision is asked for once in the new chat, and each of its buttons works.
async fn decide_all(house: &House, chat: i64, projects: &[ProjectId]) {
    let messages = house.sandbox.messages(chat);
    let asked: Vec<_> = messages.iter().filter(|message| message.button("✅").is_some()).collect();
    assert_eq!(asked.len(), projects.len(), "{}", house.transcript(chat));
    assert_eq!(count(house, chat, AGAIN), projects.len());
    for (done, message) in asked.iter().enumerate() {
        let answer = house.press_on(SOFIIA, chat, message.id, "✅").await.expect("an answer");
        assert!(!answer.show_alert, "{answer:?}");
        let completed =
            statuses(house, projects).await.iter().filter(|status| **status == Status::Completed).count();
        assert_eq!(completed, done + 1);
    }
    let after = house.sandbox.messages(chat);
    for message in asked {
        let now = after.iter().find(|found| found.id == message.id).unwrap();
        assert!(now.text.contains("✅ Погоджено: Софія Гнатюк"), "{}", now.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_that_becomes_a_supergroup_loses_neither_messages_nor_decisions() {
    for learns_by_sending in [false, true] {
        for db in db::both().await {
            let mut house = House::open(&db, "uk").await;
            let projects = three_open_decisions(&mut house).await;
            let at = mark(&house);
            let new = house.sandbox.migrate(GROUP).unwrap();
            queue_letters(&house, GROUP, 5).await;
            if learns_by_sending {
                house.bot.deliver_tick(house.now()).await.unwrap();
            }
            house.settle().await;
            assert_eq!(arrived(&house, new), letters(5), "{} {learns_by_sending}", db.name);
            let calls = calls_to(&house, GROUP, at).len();
            assert_eq!(calls, usize::from(learns_by_sending), "the old id is left alone");
            let client = house.app.client_state(&house.client).await.unwrap().unwrap();
            assert_eq!(client.confirmed_chat(), Some(new));
            decide_all(&house, new, &projects).await;
            assert_eq!(in_state(&house, "ready").await, 0);
            house.pass(600).await;
            assert_eq!(
                house.said(new).iter().filter(|text| text.contains(AGAIN)).count(),
                3,
                "asked again once"
            );
            house.app.store().close().await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_old_buttons_of_a_moved_group_decide_nothing_twice() {
    let db = db::sqlite();
    let mut house = House::open(&db, "uk").await;
    let projects = three_open_decisions(&mut house).await;
    let old =
        house.sandbox.messages(GROUP).into_iter().rfind(|message| message.button("✅").is_some()).unwrap();
    let data = old.button("✅").unwrap().data.clone().unwrap();
    let new = house.sandbox.migrate(GROUP).unwrap();
    house.settle().await;
    decide_all(&house, new, &projects).await;
    let said = house.said(new).len();
    let press = house.sandbox.press_raw(SOFIIA, GROUP, old.id, &data).unwrap();
    house.settle().await;
    let answer = house.sandbox.callback_answer(&press).expect("an answer");
    assert!(answer.show_alert && answer.text.unwrap().contains("Рішення вже прийнято"));
    assert_eq!(house.said(new).len(), said);
    house.app.store().close().await;
}

/// Another project of the client goes on while the bot is away: three messages that the client misses.
async fn meanwhile(house: &mut House) {
    let first = std::mem::replace(&mut house.project, "smm-two".into());
    open_smm(&house.app, &house.catalogue, house.now(), "smm-two", &house.client).await;
    house.settle().await;
    house.work_until("rubricator").await;
    house.project = first;
}

async fn missed_work(house: &mut House) {
    let first = std::mem::replace(&mut house.project, "smm-two".into());
    house.work("rubricator").await;
    let start = ProjectCommand::StartTask { task: "content_plan".into() };
    house.order(person("maksym"), start).await;
    house.settle().await;
    house.project = first;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removed_bot_waits_and_comes_back_with_one_digest_and_the_decision_asked_once() {
    for db in db::both().await {
        let mut house = House::open(&db, "uk").await;
        meanwhile(&mut house).await;
        house.work_until("content_plan").await;
        house.work("content_plan").await;
        let at = mark(&house);
        house.sandbox.kick_bot(GROUP).unwrap();
        house.settle().await;
        assert_eq!(count(&house, STAFF_CHAT, "чат більше недоступний"), 1, "{}", db.name);
        missed_work(&mut house).await;
        assert_eq!(waiting(&house).await, 3, "{}", db.name);
        house.pass(2 * DAY).await;
        assert_eq!(calls_to(&house, GROUP, at), [], "nobody knocks at a closed door");
        assert_eq!(count(&house, STAFF_CHAT, "чат більше недоступний"), 1, "told once");
        let before = house.said(GROUP).len();
        house.sandbox.return_bot(GROUP).unwrap();
        house.settle().await;
        let said = house.said(GROUP);
        assert_eq!(said.len(), before + 2, "{}\n{}", db.name, house.transcript(GROUP));
        let digest = &said[before];
        assert!(digest.contains("накопичилося 4 повідомлення"), "{digest}");
        // The last one is the reminder that came due in those two days.
        let reminder = "чекає на ваше рішення вже 2 робочі дні";
        let places: Vec<_> =
            ["Працюємо над рубрикатором", "Рубрикатор готовий", "Почали готувати контент-план", reminder]
                .iter()
                .map(|words| digest.find(words).expect("in the digest"))
                .collect();
        assert!(places.is_sorted(), "in their order: {digest}");
        assert!(said[before + 1].contains(AGAIN), "{}", said[before + 1]);
        assert_eq!(count(&house, STAFF_CHAT, "чат знову доступний"), 1);
        let asked = house.sandbox.last_message(GROUP).unwrap();
        house.press_on(SOFIIA, GROUP, asked.id, "✅").await;
        assert_eq!(house.status("content_plan").await, Status::Completed, "{}", db.name);
        if db.name == "SQLite" {
            insta::assert_snapshot!("delivery_return_client", script(&house, GROUP));
            insta::assert_snapshot!("delivery_return_staff", script(&house, STAFF_CHAT));
        }
        house.app.store().close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removal_that_shows_only_in_a_refused_send_is_told_once_and_ends_the_same() {
    let db = db::sqlite();
    let mut house = House::open(&db, "uk").await;
    meanwhile(&mut house).await;
    house.work_until("content_plan").await;
    house.work("content_plan").await;
    let at = mark(&house);
    house.sandbox.kick_bot(GROUP).unwrap();
    queue_letters(&house, GROUP, 3).await;
    house.bot.deliver_tick(house.now()).await.unwrap();
    house.settle().await;
    missed_work(&mut house).await;
    assert_eq!(calls_to(&house, GROUP, at).len(), 1, "one refused send is enough");
    assert_eq!(count(&house, STAFF_CHAT, "чат більше недоступний"), 1);
    assert_eq!(waiting(&house).await, 6);
    house.pass(2 * DAY).await;
    house.sandbox.return_bot(GROUP).unwrap();
    house.settle().await;
    assert_eq!(count(&house, GROUP, "накопичилося 7 повідомлень"), 1, "{}", house.transcript(GROUP));
    assert_eq!(count(&house, GROUP, AGAIN), 1);
    assert_eq!(count(&house, GROUP, "Лист 1"), 1);
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_that_the_client_never_saw_is_asked_for_when_the_bot_is_back() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    house.work_until("content_plan").await;
    house.sandbox.kick_bot(GROUP).unwrap();
    house.settle().await;
    house.work("content_plan").await;
    assert_eq!(house.status("content_plan").await, Status::AwaitingApproval);
    house.pass(2 * DAY).await;
    house.sandbox.return_bot(GROUP).unwrap();
    house.settle().await;
    let messages = house.sandbox.messages(GROUP);
    assert_eq!(
        messages.iter().filter(|message| message.button("✅").is_some()).count(),
        1,
        "{}",
        house.transcript(GROUP)
    );
    house.press(SOFIIA, GROUP, "✅").await;
    assert_eq!(house.status("content_plan").await, Status::Completed);
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_way_to_lose_a_chat_parks_what_waits_and_tells_the_pm_once() {
    for (kind, words) in [
        ("403", "bot was kicked from the group chat"),
        ("403", "bot was kicked from the supergroup chat"),
        ("403", "bot is not a member of the supergroup chat"),
        ("403", "bot was blocked by the user"),
        ("403", "user is deactivated"),
        ("403", "bot can't initiate conversation with a user"),
        ("400", "chat not found"),
        ("400", "not enough rights to send text messages to the chat"),
    ] {
        let db = db::sqlite();
        let house = House::open(&db, "uk").await;
        let description = words.to_owned();
        let refusal = match kind {
            "403" => FaultKind::Forbidden { description },
            _ => FaultKind::BadRequest { description },
        };
        house.sandbox.fault_add(Fault::times("sendmessage", refusal, 1).in_chat(GROUP));
        let at = mark(&house);
        queue_letters(&house, GROUP, 3).await;
        queue(&house, vec![letter(STAFF_CHAT, "Лист 1")]).await;
        house.pass(3_600).await;
        assert_eq!(calls_to(&house, GROUP, at).len(), 1, "{words}");
        assert_eq!(waiting(&house).await, 3, "{words}");
        assert_eq!(count(&house, STAFF_CHAT, "чат більше недоступний"), 1, "{words}");
        assert_eq!(arrived(&house, STAFF_CHAT), ["Лист 1"], "{words}: other chats go on");
        house.sandbox.kick_bot(GROUP).unwrap();
        house.sandbox.return_bot(GROUP).unwrap();
        house.settle().await;
        assert_eq!(waiting(&house).await, 0, "{words}");
        assert_eq!(
            count(&house, GROUP, "Лист 1\n\nЛист 2\n\nЛист 3"),
            1,
            "{words}\n{}",
            house.transcript(GROUP)
        );
        assert_eq!(count(&house, STAFF_CHAT, "чат більше недоступний"), 1, "{words}: told once");
        house.app.store().close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_token_stops_sending_keeps_every_row_and_tells_the_operator() {
    let db = db::sqlite();
    let mut house = House::open(&db, "uk").await;
    queue_letters(&house, GROUP, 4).await;
    house.sandbox.set_token("7000000001:another");
    house.bot.deliver_tick(house.now()).await.unwrap();
    assert!(house.bot.is_token_dead());
    let note = engine::store::notes::read(house.app.store(), "telegram.token").await.unwrap();
    assert!(note.is_some_and(|(words, _)| words.contains("refused")), "what /health and doctor show");
    let at = mark(&house);
    house.pass(3_600).await;
    let calls: Vec<_> =
        house.sandbox.journal(at).into_iter().filter(|entry| entry.kind == Kind::Call).collect();
    assert_eq!(calls, [], "a dead token is not used again");
    assert_eq!(in_state(&house, "ready").await, 4, "nothing is marked failed");
    house.sandbox.set_token(&sandbox::Options::default().token);
    house.tune(|_| {}).await;
    house.settle().await;
    assert_eq!(arrived(&house, GROUP), letters(4));
    assert_eq!(
        outbox::counts(house.app.store()).await.unwrap().iter().filter(|(state, _)| state != "sent").count(),
        0
    );
    house.app.store().close().await;
}
