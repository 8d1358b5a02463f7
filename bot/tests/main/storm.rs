//! A storm of faults of every kind: nothing is lost, the order holds, copies stay few (RELIABILITY G5, I5, I6).

use std::collections::BTreeMap;
use std::time::Duration;

use engine::app::Along;
use journeys::db::{self, Db};
use sandbox::{ChatKind, Fault, FaultKind};

use crate::house::{House, message};

const CHATS: i64 = 8;
const EACH: usize = 12;

fn faults() -> Vec<(FaultKind, f64)> {
    vec![
        (FaultKind::TooMany { retry_after: 2 }, 0.04),
        (FaultKind::ErrorBefore, 0.02),
        (FaultKind::ErrorAfter, 0.03),
        (FaultKind::ResetBefore, 0.04),
        (FaultKind::ResetAfter, 0.06),
        (FaultKind::HangBefore { ms: None }, 0.02),
        (FaultKind::HangAfter { ms: None }, 0.03),
        (FaultKind::AcceptAfter { ms: 20 }, 0.03),
        (FaultKind::ResetThenAccept { ms: 10 }, 0.03),
        (FaultKind::WrongJson, 0.03),
    ]
}

/// First copies of each chat in their order, and how many copies there are beyond the first.
async fn storm(db: Db, probe: bool, kills: bool) -> (BTreeMap<i64, Vec<String>>, usize, House) {
    let mut house = House::on(db, probe).await;
    let chats: Vec<i64> = (1..=CHATS).map(|n| -1_000_000_000_000 - n).collect();
    for chat in &chats {
        house.telegram.add_chat(*chat, ChatKind::Supergroup, "Чат").expect("it works");
        house.telegram.return_bot(*chat).expect("it works");
    }
    let messages =
        chats.iter().flat_map(|chat| (0..EACH).map(move |n| message(*chat, &format!("{chat}/{n:02}"))));
    let along = Along { messages: messages.collect(), ..Along::default() };
    house.app.settle("storm".into(), house.now(), along).await.expect("it works");
    for (kind, probability) in faults() {
        house.telegram.fault_add(Fault::sometimes("sendMessage", kind, probability));
    }
    for round in 0..2_000 {
        if kills && round % 3 == 0 {
            let tick = house.bot.deliver_tick(house.now());
            if tokio::time::timeout(Duration::from_millis(5 + round % 40), tick).await.is_err() {
                house.restart(0).await;
            }
        } else {
            house.bot.deliver_tick(house.now()).await.expect("it works");
        }
        // The clock jumps over the quarantine; what Telegram accepts late must have arrived by then, as in life.
        tokio::time::sleep(Duration::from_millis(30)).await;
        house.later(1);
        if house.outbox("ready").await + house.outbox("sending").await == 0 {
            break;
        }
    }
    let mut firsts = BTreeMap::new();
    let mut copies = 0;
    for chat in chats {
        let mut seen: Vec<String> = Vec::new();
        for text in house.ours(chat).into_iter().map(|message| message.text) {
            if seen.contains(&text) {
                copies += 1;
            } else {
                seen.push(text);
            }
        }
        firsts.insert(chat, seen);
    }
    (firsts, copies, house)
}

async fn check(db: Db, probe: bool, kills: bool) -> usize {
    let (firsts, copies, house) = storm(db, probe, kills).await;
    let given_up = house.outbox("unknown").await;
    for (chat, seen) in &firsts {
        assert!(seen.is_sorted(), "{chat}: {seen:?}");
    }
    let arrived: usize = firsts.values().map(Vec::len).sum();
    let all = usize::try_from(CHATS).expect("it works") * EACH;
    assert!(
        arrived >= all - usize::try_from(given_up).expect("it works"),
        "{arrived} of {all}, {given_up} given up"
    );
    assert_eq!(house.outbox("ready").await + house.outbox("sending").await + house.outbox("failed").await, 0);
    house.verify().await;
    copies
}

#[tokio::test(flavor = "multi_thread")]
async fn with_the_probe_nothing_is_lost_reordered_or_doubled() {
    assert_eq!(check(db::sqlite(), true, false).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn with_the_probe_and_a_process_that_keeps_dying_nothing_is_lost_reordered_or_doubled() {
    for db in db::both().await {
        let name = db.name;
        assert_eq!(check(db, true, true).await, 0, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_probe_nothing_is_lost_or_reordered() {
    for db in db::both().await {
        check(db, false, true).await;
    }
}
