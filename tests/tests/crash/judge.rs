//! What must be true after any number of crashes: Telegram's journal against our outbox, our log against itself.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use engine::domain::Timestamp;
use engine::store::change::Payload;
use engine::store::{Store, outcome};
use journeys::desk::{STAFF_CHAT, options};
use sandbox::Kind;
use sqlx::{AssertSqlSafe, Row};

use super::office::Deed;
use super::server::Scene;

/// A message that was to be sent.
struct Said {
    id: i64,
    chat: i64,
    is_new: bool,
    slot: Option<String>,
    payload: Payload,
    state: String,
    attempts: i64,
    ambiguous: i64,
    message: Option<i64>,
}

impl Said {
    /// In one line, for whoever looks for what went wrong.
    fn told(&self) -> String {
        let Self { id, chat, state, attempts, ambiguous, message, .. } = self;
        format!("{id} in {chat}: {state} x{attempts} ?{ambiguous} -> {message:?}: {:?}", self.payload.text)
    }

    /// Taken out of the line after it may have been sent: it may be there.
    fn may_be_there(&self) -> bool {
        self.state == "cancelled" && self.attempts > 0
    }
}

impl Scene {
    /// A number from the database.
    pub async fn count(&self, sql: &str) -> i64 {
        let mut connection = self.db.raw().await;
        let row = sqlx::query(AssertSqlSafe(sql)).fetch_one(&mut connection).await;
        row.expect("the database answers").try_get(0).expect("a number")
    }

    /// Whether nothing waits: neither at Telegram nor in the inbox nor in the outbox.
    pub async fn is_at_rest(&self) -> bool {
        let waiting = "SELECT (SELECT COUNT(*) FROM inbox WHERE state = 'received')
            + (SELECT COUNT(*) FROM outbox WHERE state IN ('ready', 'sending'))";
        self.sandbox.pending_updates() == 0 && self.count(waiting).await == 0
    }

    /// As a PM does who was told of messages whose fate stays unknown: sends them once more.
    pub async fn release_given_up(&self) -> i64 {
        let given_up = self.count("SELECT COUNT(*) FROM outbox WHERE state = 'unknown'").await;
        if given_up > 0 {
            let store = self.db.open_with(options()).await;
            let ids = self.said().await.into_iter().filter(|said| said.state == "unknown");
            let now = Timestamp::from_timestamp_millis(self.sandbox.now_ms()).expect("a time");
            outcome::release(&store, ids.map(|said| said.id).collect(), now).await.expect("released");
            store.close().await;
        }
        given_up
    }

    async fn said(&self) -> Vec<Said> {
        let mut connection = self.db.raw().await;
        let sql = "SELECT id, chat, face, slot, payload, state, attempts, ambiguous, message_id FROM outbox ORDER BY id";
        let rows = sqlx::query(sql).fetch_all(&mut connection).await.expect("the database answers");
        let said = |row: &sqlx::any::AnyRow| -> Result<Said, sqlx::Error> {
            Ok(Said {
                id: row.try_get(0)?,
                chat: row.try_get(1)?,
                is_new: row.try_get::<String, _>(2)? == "post",
                slot: row.try_get(3)?,
                payload: serde_json::from_str(&row.try_get::<String, _>(4)?).expect("a payload"),
                state: row.try_get(5)?,
                attempts: row.try_get(6)?,
                ambiguous: row.try_get(7)?,
                message: row.try_get(8)?,
            })
        };
        rows.iter().map(said).collect::<Result<_, _>>().expect("readable rows")
    }

    /// What arrived in the staff chat of these texts, in order of arrival, copies included.
    pub fn arrived(&self, mark: &str) -> Vec<String> {
        let told = self.sandbox.messages(STAFF_CHAT).into_iter().filter(|message| message.is_bot);
        told.filter_map(|message| {
            let at = message.text.find(mark)?;
            Some(message.text[at..].chars().take_while(|c| !c.is_whitespace()).collect())
        })
        .collect()
    }

    /// Nothing that was written is lost, out of order or there twice; `late` ones were released by a PM.
    pub async fn judge_marks(&self, mark: &str, written: usize, late: i64) {
        let arrived = self.arrived(mark);
        let wanted: Vec<String> = (0..written).map(|n| format!("{mark}{n:05}")).collect();
        let lost: Vec<_> = wanted.iter().filter(|text| !arrived.contains(text)).collect();
        let history: String = lost.iter().map(|text| self.journal_about(text)).collect();
        let rows = self.said().await.into_iter().filter(|said| said.state != "sent");
        let rows: Vec<String> = rows.map(|said| said.told()).collect();
        assert!(lost.is_empty(), "lost: {lost:?}\n{rows:#?}\n{history}");
        let copies: Vec<_> =
            wanted.iter().filter(|text| arrived.iter().filter(|told| told == text).count() > 1).collect();
        let history: String = copies.iter().map(|text| self.journal_about(text)).collect();
        assert!(copies.is_empty(), "copies: {copies:?}\n{history}");
        assert_eq!(arrived.len(), wanted.len(), "strangers: {arrived:?}");
        assert!(late > 0 || arrived == wanted, "out of order: {arrived:?}");
    }

    /// The rest: every message of every chat, every update, every deed, the log and the read models.
    pub async fn judge(&self, deeds: &[Deed]) {
        let said = self.said().await;
        self.judge_chats(&said).await;
        self.judge_faces(&said);
        self.judge_inbox().await;
        let store = self.db.open_with(options()).await;
        judge_deeds(&store, deeds).await;
        judge_decisions(&store).await;
        let report = store.verify().await.expect("verified");
        assert!(report.is_well(), "{report:?}");
        store.close().await;
    }

    /// Each chat holds the messages of the outbox in its order, each once. Questions are the exception: an edit
    /// cannot find them, so an unknown outcome may cost a copy.
    async fn judge_chats(&self, said: &[Said]) {
        let unfinished: Vec<_> = said
            .iter()
            .filter(|said| !matches!(said.state.as_str(), "sent" | "cancelled"))
            .map(|said| (said.id, said.chat, &said.state))
            .collect();
        assert!(unfinished.is_empty(), "not sent: {unfinished:?}");
        let given_up = self.given_up().await;
        let is_timely = |said: &&Said| !given_up.contains(&said.id);
        let late: BTreeSet<&str> =
            said.iter().filter(|said| !is_timely(said)).map(|said| said.payload.text.as_str()).collect();
        let sent = |chat: i64| {
            let rows = said.iter().filter(move |said| said.chat == chat && said.is_new);
            let rows = rows.filter(|said| said.state == "sent" || said.may_be_there());
            rows.filter(|row| !late.contains(row.payload.text.as_str())).collect::<Vec<_>>()
        };
        for (chat, accepted) in self.sandbox.stats().order {
            let accepted: Vec<_> =
                accepted.into_iter().filter(|text| !late.contains(text.as_str())).collect();
            if let Err((what, text)) = compare(&accepted, &sent(chat)) {
                let rows = said.iter().filter(|said| said.chat == chat);
                let rows = rows.map(Said::told);
                panic!(
                    "in {chat}: {what}\n{}\n{}",
                    rows.collect::<Vec<_>>().join("\n"),
                    self.history(chat, &text)
                );
            }
        }
        let strays =
            "SELECT COUNT(*) FROM strays s JOIN outbox o ON o.id = s.outbox_id WHERE o.state = 'sent'";
        let strays = self.count(strays).await;
        assert_eq!(strays, 0, "copies that lost against others");
    }

    /// What Telegram saw of everything that holds these words.
    fn journal_about(&self, words: &str) -> String {
        let journal = self.sandbox.journal(0).into_iter();
        let lines = journal.filter(|entry| entry.text.as_deref().is_some_and(|text| text.contains(words)));
        lines.map(|entry| format!("{entry:?}\n")).collect()
    }

    /// What Telegram saw of a text.
    fn history(&self, chat: i64, text: &str) -> String {
        let journal = self.sandbox.journal(0).into_iter();
        let lines = journal.filter(|entry| entry.chat == Some(chat) && entry.text.as_deref() == Some(text));
        lines.map(|entry| format!("{entry:?}\n")).collect()
    }

    /// Messages that were given up and released: the log says so, after three sends without an answer each.
    async fn given_up(&self) -> BTreeSet<i64> {
        let mut connection = self.db.raw().await;
        let sql = "SELECT data FROM events WHERE type = 'outcome_unknown' ORDER BY position";
        let rows = sqlx::query(sql).fetch_all(&mut connection).await.expect("the database answers");
        let data = |row: &sqlx::any::AnyRow| -> serde_json::Value {
            serde_json::from_str(&row.try_get::<String, _>(0).expect("text")).expect("a fact")
        };
        let facts: Vec<_> = rows.iter().map(data).collect();
        assert!(facts.iter().all(|fact| fact["copies"].as_i64() >= Some(3)), "{facts:?}");
        facts.iter().filter_map(|fact| fact["outbox"].as_i64()).collect()
    }

    /// The last change of each message is what stands in its chat.
    fn judge_faces(&self, said: &[Said]) {
        let mut last: BTreeMap<(i64, &str), &Said> = BTreeMap::new();
        for row in said.iter().filter(|said| said.state == "sent" && said.message > Some(0)) {
            if let Some(slot) = &row.slot {
                last.insert((row.chat, slot), row);
            }
        }
        let mut chats: HashMap<i64, Vec<sandbox::MessageView>> = HashMap::new();
        for ((chat, slot), row) in last {
            let messages = chats.entry(chat).or_insert_with(|| self.sandbox.messages(chat));
            let shown = messages.iter().find(|message| Some(message.id) == row.message);
            let shown = shown.unwrap_or_else(|| panic!("no message {:?} in {chat}", row.message));
            assert_eq!(shown.text, row.payload.text, "{slot} in {chat}");
            let labels: Vec<_> = shown.buttons.iter().flatten().map(|button| &button.label).collect();
            let wanted: Vec<_> = row.payload.buttons.iter().flatten().map(|(label, _)| label).collect();
            assert_eq!(labels, wanted, "{slot} in {chat}");
        }
    }

    /// Each update that came into being is in the inbox once and settled (I1).
    async fn judge_inbox(&self) {
        let mut connection = self.db.raw().await;
        let sql = "SELECT update_id, state FROM inbox ORDER BY update_id";
        let rows = sqlx::query(sql).fetch_all(&mut connection).await.expect("the database answers");
        let known: Vec<i64> = rows.iter().map(|row| row.try_get(0).expect("a number")).collect();
        let open = rows.iter().filter(|row| row.try_get::<String, _>(1).expect("text") == "received").count();
        assert_eq!(open, 0, "updates that nobody handled");
        let journal = self.sandbox.journal(0);
        let queued = journal.iter().filter(|entry| entry.kind == Kind::Update);
        let queued: BTreeSet<i64> =
            queued.filter_map(|entry| entry.detail.strip_prefix("update ")?.parse().ok()).collect();
        assert_eq!(known, Vec::from_iter(queued), "updates");
    }
}

/// So many messages of unknown fate are tried both ways, there and not there.
const UNSURE: usize = 12;

/// What is wrong with what arrived, and with which text. A message that may be there is, or is not: with texts that
/// are alike only the whole tells which.
fn compare(accepted: &[String], wanted: &[&Said]) -> Result<(), (String, String)> {
    let unsure: Vec<i64> = wanted.iter().filter(|row| row.may_be_there()).map(|row| row.id).collect();
    let tries = if unsure.len() > UNSURE { 1 } else { 1_usize << unsure.len() };
    let mut first = Ok(());
    for absent in 0..tries {
        let is_absent = |row: &Said| {
            unsure.iter().take(UNSURE).position(|id| *id == row.id).is_some_and(|n| absent >> n & 1 == 1)
        };
        let rows: Vec<&Said> = wanted.iter().copied().filter(|row| !is_absent(row)).collect();
        match walk(accepted, &rows) {
            Ok(()) => return Ok(()),
            Err(wrong) => first = first.and(Err(wrong)),
        }
    }
    first
}

/// Walks along what arrived and what was to arrive; answers what is wrong, and with which text.
fn walk(accepted: &[String], wanted: &[&Said]) -> Result<(), (String, String)> {
    let mut copies: HashMap<&str, i64> = HashMap::new();
    let mut wanted = wanted.iter().peekable();
    for text in accepted {
        while wanted.next_if(|row| row.may_be_there() && row.payload.text != *text).is_some() {}
        if let Some(row) = wanted.next_if(|row| row.payload.text == *text) {
            if row.payload.force_reply.is_some() {
                *copies.entry(&row.payload.text).or_default() += row.ambiguous;
            }
            continue;
        }
        let next = wanted.peek().map(|row| (row.id, &row.payload.text));
        match copies.get_mut(text.as_str()).filter(|left| **left > 0) {
            Some(left) => *left -= 1,
            None => return Err((format!("a copy, or out of order before {next:?}"), text.clone())),
        }
    }
    match wanted.find(|row| !row.may_be_there()) {
        Some(row) => Err((format!("lost: message {}", row.id), row.payload.text.clone())),
        None => Ok(()),
    }
}

/// What people did has happened, once.
async fn judge_deeds(store: &Store, deeds: &[Deed]) {
    for deed in deeds {
        let facts = store.command(&format!("tg:{}", deed.update)).await.expect("the store answers");
        let kinds: Vec<_> = facts.iter().map(|fact| fact.kind.as_str()).collect();
        let wanted = kinds.iter().filter(|kind| Some(**kind) == deed.fact).count();
        let expected = usize::from(deed.fact.is_some());
        assert!(wanted == expected && (expected > 0 || kinds.is_empty()), "{deed:?}: {kinds:?}");
    }
}

/// Exactly one decision per task and round.
async fn judge_decisions(store: &Store) {
    let mut decided: BTreeSet<(String, i64)> = BTreeSet::new();
    let events = store.events(0, i64::from(i32::MAX)).await.expect("the store answers");
    for event in
        events.iter().filter(|event| matches!(event.kind.as_str(), "task_approved" | "task_sent_back"))
    {
        let fact: serde_json::Value = serde_json::from_str(&event.data).expect("a fact");
        let task = fact["task"].as_str().expect("a task").to_owned();
        let round = fact["round"].as_i64().expect("a round");
        assert!(decided.insert((task.clone(), round)), "{task}, round {round}: decided twice");
    }
}
