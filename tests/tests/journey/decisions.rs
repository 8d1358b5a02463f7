//! The client decides: exactly once per task and round, only who may, only here and only now (TG-20 – TG-26, G17).

use engine::app::Answer;
use engine::domain::Actor;
use engine::domain::client::ClientCommand;
use engine::domain::project::{ProjectCommand, Status};
use futures::future::join_all;
use journeys::db;
use journeys::desk::{STAFF_CHAT, app, ask, catalogue, options};
use journeys::house::{GROUP, PETRO, SOFIIA};
use rand::prelude::*;
use rand::rngs::StdRng;
use sandbox::ChatKind;

use super::witness::{
    PLAN, also_approves, data, decisions, facts, is_well, plan_awaits, press_raw, refusals, refused_raw,
    sofiia, standing,
};

/// The PM as a Telegram user.
const OLENA: i64 = 1001;

/// Every order of four presses.
fn orders() -> Vec<[usize; 4]> {
    let mut found = Vec::new();
    for code in 0..256_usize {
        let order = [code % 4, code / 4 % 4, code / 16 % 4, code / 64];
        if (0..4).all(|one| order.contains(&one)) {
            found.push(order);
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_approvers_and_two_minds_the_first_press_decides_in_every_order() {
    const PRESSES: [(i64, &str); 4] = [(SOFIIA, "✅"), (PETRO, "✅"), (SOFIIA, "✏️"), (PETRO, "✏️")];
    for db in db::both().await {
        let house = plan_awaits(&db, "uk").await;
        also_approves(&house, "petro", "Петро Гнатюк", PETRO).await;
        for (count, order) in (1..).zip(orders()) {
            let message = house.with_button(GROUP, "✅").id;
            let presses = order.map(|one| {
                let (person, label) = PRESSES[one];
                house.sandbox.press(person, GROUP, message, label).unwrap()
            });
            house.settle().await;
            assert_eq!(decisions(&house).await, count, "{}: {order:?}", db.name);
            let (winner, label) = PRESSES[order[0]];
            let name = if winner == SOFIIA { "Софія Гнатюк" } else { "Петро Гнатюк" };
            let answers = presses.map(|press| house.sandbox.callback_answer(&press).expect("an answer"));
            assert!(!answers[0].show_alert, "{answers:?}");
            for late in &answers[1..] {
                let text = late.text.as_deref().unwrap_or_default();
                assert!(late.show_alert && text.contains(name) && text.contains("вже прийнято"), "{text}");
            }
            let (status, undo) = if label == "✅" {
                (Status::Completed, "Скасувати")
            } else {
                (Status::Rework, "Передумали")
            };
            assert_eq!(house.status(PLAN).await, status, "{}: {order:?}", db.name);
            house.press_on(winner, GROUP, message, undo).await;
            assert_eq!(house.status(PLAN).await, Status::AwaitingApproval, "{}: {order:?}", db.name);
        }
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_copies_of_the_same_press_are_one_decision() {
    for db in db::both().await {
        let mut house = plan_awaits(&db, "uk").await;
        house.press(SOFIIA, GROUP, "✅").await;
        let (before, said) = (standing(&house).await, house.transcript(GROUP));
        for _ in 0..10 {
            assert_eq!(house.sandbox.replay_updates(1), 1);
            house.settle().await;
        }
        house.restart();
        assert_eq!(house.sandbox.replay_updates(5), 5);
        house.settle().await;
        assert_eq!((decisions(&house).await, facts(&house, "task_completed").await), (1, 4), "{}", db.name);
        assert_eq!(standing(&house).await, before, "{}", db.name);
        assert_eq!(house.transcript(GROUP), said, "{}", db.name);
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_impatient_taps_are_one_decision_and_each_tap_is_answered() {
    let db = db::sqlite();
    let house = plan_awaits(&db, "uk").await;
    let message = house.with_button(GROUP, "✅").id;
    let taps: Vec<_> = (0..10).map(|_| house.sandbox.press(SOFIIA, GROUP, message, "✅").unwrap()).collect();
    house.settle().await;
    assert_eq!(decisions(&house).await, 1);
    assert!(taps.iter().all(|tap| house.sandbox.callback_answer(tap).is_some()));
    let outcomes = house.transcript(GROUP).matches("Погоджено:").count();
    assert_eq!(outcomes, 1, "{}", house.transcript(GROUP));
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_presses_at_once_on_two_nodes_are_one_decision() {
    for db in db::both().await {
        let house = plan_awaits(&db, "uk").await;
        also_approves(&house, "petro", "Петро Гнатюк", PETRO).await;
        let beside = app(db.open_with(options()).await, &catalogue());
        let (people, now) = ([sofiia(&house).await, "petro".into()], house.now());
        let presses = (0..100).map(|n: usize| {
            let node = if n.is_multiple_of(2) { house.app.clone() } else { beside.clone() };
            let (project, person) = (house.project.clone(), people[n / 2 % 2].clone());
            let task = || PLAN.into();
            let approve = ProjectCommand::Approve { task: task(), round: 1 };
            let command = if n.is_multiple_of(3) {
                ProjectCommand::SendBack { task: task(), round: 1 }
            } else {
                approve
            };
            async move { node.project(&project, ask(now, Actor::Person(person), command)).await.unwrap() }
        });
        let answers = join_all(presses).await;
        let done = answers.iter().filter(|answer| matches!(answer, Answer::Done { .. })).count();
        let told = answers
            .iter()
            .filter(|answer| matches!(answer, Answer::Refused(no) if no.code() == "already-decided"));
        assert_eq!((done, told.count()), (1, 99), "{}", db.name);
        assert_eq!(decisions(&house).await, 1, "{}", db.name);
        assert_eq!(refusals(&house).await.len(), 99, "{}", db.name);
        beside.store().close().await;
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_press_on_the_first_version_after_the_second_came_is_told_so_and_is_no_event() {
    for db in db::both().await {
        let house = plan_awaits(&db, "uk").await;
        let first = house.with_button(GROUP, "✅");
        house.press(SOFIIA, GROUP, "✏️").await;
        house.work(PLAN).await;
        let second = house.with_button(GROUP, "✅");
        assert_ne!(first.id, second.id, "the new version is a new message");
        let old = house.sandbox.messages(GROUP).into_iter().find(|message| message.id == first.id).unwrap();
        assert!(old.buttons.is_empty(), "the old version keeps no buttons: {old:?}");
        for label in ["✅", "✏️"] {
            let (code, text) = refused_raw(&house, SOFIIA, GROUP, first.id, &data(&first, label)).await;
            assert_eq!(code, "stale", "{}", db.name);
            assert!(text.contains("попередня версія"), "{text}");
        }
        house.press(SOFIIA, GROUP, "✅").await;
        assert_eq!(house.status(PLAN).await, Status::Completed);
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_not_decide_is_told_privately_who_may() {
    const STRANGER: i64 = 4242;
    for db in db::both().await {
        let house = plan_awaits(&db, "uk").await;
        house.sandbox.add_person(STRANGER, "Хтось", None, Some("en")).unwrap();
        for person in [STRANGER, OLENA] {
            house.sandbox.join(person, GROUP).unwrap();
        }
        house.settle().await;
        let message = house.with_button(GROUP, "✅");
        for person in [PETRO, STRANGER, OLENA] {
            for label in ["✅", "✏️"] {
                let (code, text) =
                    refused_raw(&house, person, GROUP, message.id, &data(&message, label)).await;
                assert_eq!(code, "not-an-approver", "{}", db.name);
                assert!(text.contains("Софія Гнатюк"), "{text}");
            }
        }
        assert_eq!(house.with_button(GROUP, "✅"), message, "the request stands as it was");
        house.press(SOFIIA, GROUP, "✅").await;
        assert_eq!(house.status(PLAN).await, Status::Completed);
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_approvers_with_long_names_still_fit_an_alert() {
    let db = db::sqlite();
    let house = plan_awaits(&db, "uk").await;
    for number in 0..20 {
        let name = format!("Олександра-Вікторія Перепелиця-Заболотна {number} 👩🏽‍💻");
        also_approves(&house, &format!("many-{number}"), &name, 9_000 + number).await;
    }
    let message = house.with_button(GROUP, "✅");
    let (_, text) = refused_raw(&house, PETRO, GROUP, message.id, &data(&message, "✅")).await;
    assert!(text.contains("Олександра-Вікторія"), "{text}");
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_without_approvers_means_nobody_may_decide() {
    let db = db::sqlite();
    let house = plan_awaits(&db, "en").await;
    let person = sofiia(&house).await;
    house.client_order(&house.client, ClientCommand::RemoveApprover { person }).await;
    let message = house.with_button(GROUP, "✅");
    for person in [SOFIIA, PETRO] {
        let (code, text) = refused_raw(&house, person, GROUP, message.id, &data(&message, "✅")).await;
        assert_eq!(code, "not-an-approver");
        assert!(text.contains("Nobody has been named"), "{text}");
    }
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_button_of_one_chat_does_nothing_in_another() {
    const OTHER: i64 = -3001;
    let db = db::sqlite();
    let house = plan_awaits(&db, "uk").await;
    house.sandbox.add_chat(OTHER, ChatKind::Group, "Чужа група").unwrap();
    house.sandbox.join(SOFIIA, OTHER).unwrap();
    house.sandbox.return_bot(OTHER).unwrap();
    house.sandbox.send_text(SOFIIA, SOFIIA, "Привіт", None).unwrap();
    house.settle().await;
    let message = house.with_button(GROUP, "✅");
    let token = data(&message, "✅");
    // Forwarded into a private chat, copied into another group, and sent by a client of somebody's own making.
    for (chat, id) in [(SOFIIA, 1), (SOFIIA, message.id), (OTHER, message.id), (OTHER, 987_654)] {
        let (code, text) = refused_raw(&house, SOFIIA, chat, id, &token).await;
        assert_eq!(code, "foreign-press", "{chat} {id}");
        assert!(!text.contains("чат") && !text.contains("термін"), "it says not which check failed: {text}");
    }
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_button_older_than_thirty_days_is_too_old() {
    let db = db::sqlite();
    let house = plan_awaits(&db, "uk").await;
    let message = house.with_button(GROUP, "✅");
    house.pass(31 * 86_400).await;
    let (code, _) = refused_raw(&house, SOFIIA, GROUP, message.id, &data(&message, "✅")).await;
    assert_eq!(code, "stale");
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_button_of_thirty_days_less_a_minute_still_works() {
    let db = db::sqlite();
    let house = plan_awaits(&db, "uk").await;
    house.pass(30 * 86_400 - 60).await;
    house.press(SOFIIA, GROUP, "✅").await;
    assert_eq!(house.status(PLAN).await, Status::Completed);
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_under_a_deleted_message_counts_and_its_outcome_is_said_anew() {
    let db = db::sqlite();
    let house = plan_awaits(&db, "uk").await;
    let message = house.with_button(GROUP, "✅");
    house.sandbox.delete_message(GROUP, message.id).unwrap();
    let answer = press_raw(&house, SOFIIA, GROUP, message.id, &data(&message, "✅")).await;
    assert!(!answer.show_alert);
    assert_eq!(house.status(PLAN).await, Status::Completed);
    let said = house.transcript(GROUP);
    assert!(house.said(GROUP).iter().any(|text| text.contains("Погоджено: Софія Гнатюк")), "{said}");
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_anonymous_admin_is_asked_to_press_as_himself() {
    let db = db::sqlite();
    let house = plan_awaits(&db, "uk").await;
    let anonymous = 1_087_968_824;
    house.sandbox.add_person(anonymous, "Group", Some("GroupAnonymousBot"), None).unwrap();
    house.sandbox.join(anonymous, GROUP).unwrap();
    house.settle().await;
    let message = house.with_button(GROUP, "✅");
    let (code, text) = refused_raw(&house, anonymous, GROUP, message.id, &data(&message, "✅")).await;
    assert_eq!(code, "foreign-press");
    assert!(text.contains("від свого імені"), "{text}");
    is_well(house).await;
}

/// A press that nobody may get through: who, where, under which message, with what.
fn forged(
    random: &mut StdRng,
    real: &[String],
    old: &[String],
    staff: &str,
    message: i64,
) -> (i64, i64, i64, String) {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let letter = |random: &mut StdRng| char::from(*LETTERS.choose(random).expect("it is there"));
    let token = |random: &mut StdRng| (0..22).map(|_| letter(random)).collect::<String>();
    let one = real.choose(random).expect("it is there").clone();
    let outsider = *[PETRO, OLENA, 4242].choose(random).expect("it is there");
    match random.random_range(0..8) {
        0 => (SOFIIA, GROUP, message, format!("1{}{}", letter(random), token(random))),
        1 => {
            let (at, mut data) = (random.random_range(2..24), one.into_bytes());
            data[at] = if data[at] == b'A' { b'B' } else { b'A' };
            (SOFIIA, GROUP, message, String::from_utf8(data).expect("it is there"))
        }
        2 => (SOFIIA, GROUP, message, one[..random.random_range(0..24)].to_owned()),
        3 => (SOFIIA, GROUP, message, format!("{one}{}", letter(random))),
        4 => (outsider, GROUP, message, format!("1{}{}", letter(random), &one[2..])),
        5 => (SOFIIA, SOFIIA, random.random_range(1..1_000), one),
        6 => (
            SOFIIA,
            GROUP,
            message,
            [old.choose(random).expect("it is there").as_str(), staff]
                .choose(random)
                .expect("it is there")
                .to_string(),
        ),
        _ => {
            let odd = ["", "1", "\u{202e}1a", "'; DROP TABLE buttons; --", "d1:approve", "🦀🦀🦀", "1a\u{0}"];
            (
                outsider,
                GROUP,
                random.random_range(1..100_000),
                (*odd.choose(random).expect("it is there")).to_owned(),
            )
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_thousand_forged_presses_none_changes_anything_and_each_is_answered_and_kept() {
    let seed = std::env::var("SIGNOFF_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(17);
    let mut random = StdRng::seed_from_u64(seed);
    let db = db::sqlite();
    let house = plan_awaits(&db, "uk").await;
    house.sandbox.add_person(4242, "Хтось", None, None).unwrap();
    for person in [4242, OLENA] {
        house.sandbox.join(person, GROUP).unwrap();
    }
    let first = house.with_button(GROUP, "✅");
    let old: Vec<_> = ["✅", "✏️"].map(|label| data(&first, label)).into();
    house.press(SOFIIA, GROUP, "✏️").await;
    house.pass(31 * 86_400).await;
    house.order(Actor::Operator, ProjectCommand::StartTask { task: PLAN.into() }).await;
    house.settle().await;
    let staff = data(&house.with_button(STAFF_CHAT, "Пауза"), "Пауза");
    house.order(Actor::Operator, ProjectCommand::SubmitTask { task: PLAN.into() }).await;
    house
        .order(journeys::desk::person("olena"), ProjectCommand::AcceptTask { task: PLAN.into(), round: None })
        .await;
    house.settle().await;
    let asked = house.with_button(GROUP, "✅");
    let real: Vec<_> = ["✅", "✏️"].map(|label| data(&asked, label)).into();
    let (before, audit, said) =
        (standing(&house).await, refusals(&house).await.len(), house.transcript(GROUP));
    let mut presses = Vec::new();
    for _ in 0..20 {
        for _ in 0..100 {
            let (person, chat, message, data) = forged(&mut random, &real, &old, &staff, asked.id);
            presses.push((house.sandbox.press_raw(person, chat, message, &data).unwrap(), data));
        }
        house.settle().await;
    }
    for (press, data) in &presses {
        let answer = house
            .sandbox
            .callback_answer(press)
            .unwrap_or_else(|| panic!("seed {seed}: {data:?} unanswered"));
        let text = answer.text.unwrap_or_default();
        assert!(
            answer.show_alert && (1..=200).contains(&text.encode_utf16().count()),
            "seed {seed}: {data:?}: {text}"
        );
    }
    assert_eq!(standing(&house).await, before, "seed {seed}");
    assert_eq!(house.transcript(GROUP), said, "seed {seed}");
    assert_eq!(refusals(&house).await.len(), audit + presses.len(), "seed {seed}");
    house.press(SOFIIA, GROUP, "✅").await;
    assert_eq!(house.status(PLAN).await, Status::Completed, "the real one still works");
    is_well(house).await;
}
