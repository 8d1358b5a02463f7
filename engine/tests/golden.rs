//! Every event that was ever written stays readable: one golden JSON for each variant.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use chrono::{NaiveDate, TimeZone, Utc};
use engine::domain::agency::{AgencyEvent, Published, PublishedFile};
use engine::domain::audit::AuditEvent;
use engine::domain::client::ClientEvent;
use engine::domain::client::event::{Answered, BriefSource, Erased};
use engine::domain::definition::{self, Definition, Gate, Rules, Text};
use engine::domain::field::{FileRef, Value};
use engine::domain::money::Money;
use engine::domain::project::ProjectEvent;
use engine::domain::project::event::{CardAnswer, ClosedBy, ContentRef, FilledBy, Promised};
use engine::domain::worktime::TimeKind;
use engine::domain::{Refusal, StreamId, Timestamp};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

fn at() -> Timestamp {
    Utc.with_ymd_and_hms(2026, 11, 23, 8, 30, 0).unwrap()
}

fn content() -> ContentRef {
    ContentRef { content: "c-1".into(), sha256: "ab".into() }
}

fn definition() -> Arc<Definition> {
    Arc::new(Definition {
        service: "smm".into(),
        title: Text(vec![("uk".into(), "SMM-просування".into()), ("en".into(), "SMM".into())]),
        price: None,
        repeats: None,
        languages: vec!["uk".into()],
        accept_within: None,
        rules: Rules::default(),
        stages: Vec::new(),
        forms: Vec::new(),
        hash: "h".into(),
    })
}

fn plan() -> definition::Task {
    let json = json!({
        "id": "banner", "was": [], "title": [["", "Банер"]], "kind": "work", "months": "first",
        "after": ["ads"], "assignee": "designer", "auditor": "pm", "minutes": 0,
        "due": { "hundredths": 200, "unit": "business_days" }, "approval": "none",
        "approve_after_silence": null, "rework_rounds": null, "stays_open": false,
        "start_message": "task-started", "finish_message": "task-finished-info", "instructions": null,
        "checklist": [], "result": [], "buttons": [], "start_needs": [{ "approved": "ads" }],
        "finish_needs": [{ "access": "instagram" }], "remind": [], "pays_for": null, "amount": null,
        "ends_project_if": null
    });
    serde_json::from_value(json).unwrap()
}

#[expect(clippy::too_many_lines, reason = "a list: a line for each fact")]
fn project_events() -> Vec<ProjectEvent> {
    use ProjectEvent as E;
    let day = |d| NaiveDate::from_ymd_opt(2026, 12, d).unwrap();
    let (task, person, sha256) = ("ads".into(), "olena".into(), "cd".to_owned());
    let range = Value::DateRange(day(9), day(18));
    let file = FileRef { content: "c-2".into(), sha256: "ef".into() };
    vec![
        E::ProjectOpened {
            project: "smm-k7q2".into(),
            client: "ranok".into(),
            definition: definition(),
            assigned: BTreeMap::from([("pm".to_owned(), "olena".into())]),
            price: Some(Money { minor: 2_400_000, currency: "UAH".into() }),
        },
        E::RoleAssigned { role: "ads".into(), person: "taras".into() },
        E::TaskReady { task: "ads".into(), due: Some(at()) },
        E::TaskStarted { task: "ads".into(), round: 1 },
        E::TaskPaused { task: "ads".into() },
        E::TaskResumed { task: "ads".into() },
        E::FieldSet { task: "ads".into(), field: "ad_report".into(), value: Value::Files(vec![file]) },
        E::FieldCleared { task: "ads".into(), field: "ad_goal".into() },
        E::ItemTicked { task: "ads".into(), item: 2, done: true, note: None },
        E::ButtonPressed {
            task: "ads".into(),
            button: "ad_launched".into(),
            values: BTreeMap::from([("ad_period".to_owned(), range)]),
        },
        E::GateConfirmed { task: "ads".into(), gate: Gate::Form("smm-brief".into()), comment: content() },
        E::TaskSubmitted { task: "ads".into(), round: 1, result_sha256: sha256.clone() },
        E::TaskAccepted { task: "ads".into(), round: 1 },
        E::TaskReturned { task: "ads".into(), round: 1, remark: Some(content()), due: None },
        E::ApprovalAsked { task: "ads".into(), round: 1, result_sha256: sha256.clone() },
        E::TaskApproved { task, round: 1, person, result_sha256: sha256.clone() },
        E::TaskSentBack {
            task: "ads".into(),
            round: 1,
            person: "sofiia".into(),
            result_sha256: sha256,
            due: Some(at()),
        },
        E::RemarkAdded {
            task: "ads".into(),
            round: 1,
            person: "sofiia".into(),
            remark: content(),
            aside: false,
        },
        E::RemarksClosed { task: "ads".into(), round: 1, remarks: 2, by: ClosedBy::Person },
        E::DecisionUndone { task: "ads".into(), round: 1, person: "sofiia".into(), approved: true },
        E::DecisionSettled { task: "ads".into(), round: 1 },
        E::TaskCompleted { task: "ads".into(), round: 1 },
        E::TaskUnreadied { task: "ads".into() },
        E::TaskCancelled { task: "ads".into(), reason: content() },
        E::ProjectCompleted,
        E::ReminderSent { task: "ads".into(), round: 1, reminder: 0, rung: 2 },
        E::TaskOverdue { task: "ads".into(), round: 1, due: at() },
        E::TaskUnaccepted { task: "ads".into() },
        E::TaskDeclined { task: "ads".into(), reason: content() },
        E::DueMoved { task: "ads".into(), due: at() },
        E::PrioritySet {
            task: "ads".into(),
            priority: engine::domain::project::set_priority::Priority::High,
        },
        E::DueSet { task: "ads".into(), due: at(), reason: content() },
        E::Commented {
            task: "ads".into(),
            text: Some(content()),
            file: Some(FileRef { content: "c-2".into(), sha256: "ef".into() }),
            to_client: true,
        },
        E::SilencePutOff { task: "ads".into(), round: 1, since: at() },
        E::ApprovalDeemed { task: "ads".into(), round: 1, result_sha256: "cd".into() },
        E::NextStepPromised { task: Some("ads".into()), by: day(9), what: content() },
        E::PromiseKept { task: None },
        E::PromiseMissed { task: Some("ads".into()), by: day(9) },
        E::ProjectPaused { reason: content() },
        E::ProjectResumed,
        E::PeriodOpened { period: 2, asked: false },
        E::PeriodAnnounced { period: 2 },
        E::PeriodBegan { period: 1, from: day(9), until: day(31) },
    ]
    .into_iter()
    .chain(form_events())
    .chain(money_events())
    .collect()
}

fn form_events() -> Vec<ProjectEvent> {
    use ProjectEvent as E;
    vec![
        E::FormSent { task: "communication".into(), form: "smm-brief".into(), sending: 1 },
        E::FormReceived {
            form: "smm-brief".into(),
            version: 1,
            content: content(),
            answered: vec!["business".into(), "website".into()],
            card: vec![CardAnswer {
                question: "website".into(),
                field: "website".into(),
                content: content(),
            }],
            late: true,
            by: FilledBy::Client,
        },
        E::HelpAsked { task: "communication".into(), form: "smm-brief".into(), person: "sofiia".into() },
    ]
}

fn money_events() -> Vec<ProjectEvent> {
    use ProjectEvent as E;
    let day = |d| NaiveDate::from_ymd_opt(2026, 12, d).unwrap();
    let amount = || Money { minor: 2_400_000, currency: "UAH".into() };
    let file = FileRef { content: "c-3".into(), sha256: "0a".into() };
    vec![
        E::PaymentExpected { payment: "2".into(), amount: Some(amount()), task: Some("payment".into()) },
        E::PaymentInvoiced {
            payment: "2".into(),
            number: "СФ-117".into(),
            amount: Some(amount()),
            date: day(1),
            file: Some(file),
        },
        E::PaymentReceived { payment: "2".into(), amount: amount(), on: day(3), reason: None },
        E::PaymentCancelled { payment: "2".into(), reason: content() },
        E::PriceSet { task: "quotation".into(), price: Some(amount()) },
        E::ExpenseBooked { task: "media".into(), field: "media_cost".into(), amount: amount() },
        E::ProjectClosed { reason: Some(content()), lost: false },
        E::GateOverridden {
            task: "communication".into(),
            gate: Gate::Access("instagram".into()),
            reason: content(),
        },
        E::AuditOverridden { task: "ads".into(), round: 2, reason: content() },
        E::RulesSent { task: "communication".into(), rules: "working-rules".into(), sending: 1 },
        E::RulesAcknowledged {
            task: "communication".into(),
            rules: "working-rules".into(),
            sending: 1,
            person: "sofiia".into(),
            shown: content(),
        },
        E::SalesPromised {
            promised: Promised { by: Some(day(18)), sum: Some(amount()), scope: Some(content()) },
        },
        E::HandoffAccepted,
        E::HandoffReturned { reason: content() },
        E::AccessAsked { task: "accounts".into(), access: "instagram".into(), sending: 1 },
        E::AccessReceived { access: "instagram".into(), sending: Some(1) },
        E::AccessViewed { access: "instagram".into() },
        E::AccessesPurged { accesses: vec!["instagram".into()] },
        E::TaskInserted { task: "banner".into(), after: "ads".into(), plan: Box::new(plan()) },
        E::DefinitionChanged { definition: definition(), tasks: vec!["ads".into(), "banner".into()] },
        E::TimeAdded {
            task: "communication".into(),
            entry: 3,
            kind: TimeKind::DataControl,
            minutes: 45,
            on: day(9),
            person: "olena".into(),
            role: Some("pm".into()),
            comment: Some(content()),
        },
        E::TimeCancelled { task: "communication".into(), entry: 3, reason: None },
    ]
}

fn brief() -> BriefSource {
    BriefSource { project: "smm-k7q2".into(), form: "smm-brief".into(), version: 2 }
}

fn client_events() -> Vec<ClientEvent> {
    use ClientEvent as E;
    vec![
        E::ClientAdded {
            client: "ranok".into(), name: "Кава «Ранок»".into(), language: "uk".into()
        },
        E::LanguageChosen { language: "en".into() },
        E::AnswerDue { message: 7, late: true },
        E::ClientAnswered { how: Answered::Call, note: Some(content()) },
        E::ZoneChosen { zone: "Asia/Ho_Chi_Minh".into() },
        E::LinkOffered { token_sha256: "ab".into(), expires: at() },
        E::ChatLinked { chat: -100, chat_kind: "group".into(), title: content(), person: "sofiia".into() },
        E::ChatConfirmed { chat: -100 },
        E::ChatMigrated { from: -100, to: -1_001_000_000_100 },
        E::ChatLost { chat: -100, reason: "kicked".into() },
        E::ChatRestored { chat: -100 },
        E::ApproverNamed { person: "sofiia".into() },
        E::ApproverRemoved { person: "sofiia".into() },
        E::ApproverLeft { chat: -100, person: "sofiia".into() },
        E::ApproverReturned { chat: -100, person: "sofiia".into() },
        E::ClientWrote {
            chat: -100,
            message: 7,
            person: "sofiia".into(),
            content: content(),
            project: None,
            task: None,
        },
        E::StaffWrote {
            chat: -100,
            message: 8,
            person: "olena".into(),
            content: content(),
            project: Some("smm-k7q2".into()),
        },
        E::ClientTold {
            project: Some("smm-k7q2".into()),
            signed: "olena".into(),
            content: content(),
            by: NaiveDate::from_ymd_opt(2026, 12, 4),
        },
        E::MessageEdited { chat: -100, message: 7, person: "sofiia".into(), content: content() },
        E::CardFieldSet {
            field: "website".into(),
            content: content(),
            from: brief(),
            question: "site".into(),
        },
        E::CardConflictFound {
            field: "website".into(),
            content: content(),
            from: brief(),
            question: "site".into(),
        },
        E::CardConflictResolved { field: "website".into(), content: content(), taken: true },
        E::MoneyArrived {
            number: 1,
            amount: Money { minor: 1_200_000, currency: "UAH".into() },
            on: chrono::NaiveDate::from_ymd_opt(2026, 12, 3).unwrap(),
            reference: Some("A-117".into()),
        },
        E::MoneyMatched {
            number: 1,
            project: "smm-k7q2".into(),
            payment: "2".into(),
            amount: Money { minor: 1_000_000, currency: "UAH".into() },
        },
        E::MoneyDismissed {
            number: 1,
            amount: Money { minor: 200_000, currency: "UAH".into() },
            reason: content(),
        },
        E::AnswersErased { erased: Erased { contents: 7, drafts: 1, ..Erased::default() } },
    ]
}

fn agency_events() -> Vec<AgencyEvent> {
    use AgencyEvent as E;
    vec![
        E::PersonAdded { person: "olena".into(), roles: vec!["pm".into()] },
        E::RolesChanged { person: "olena".into(), roles: vec!["pm".into(), "head".into()] },
        E::ProfileChanged { person: "olena".into() },
        E::PersonLeft { person: "olena".into() },
        E::PasswordSet { person: "olena".into() },
        E::TemplatesPublished {
            files: vec![PublishedFile { path: "smm.yaml".into(), version: 4, sha256: "ab12".into() }],
            removed: vec!["ppc.yaml".into()],
            how: Published::Restore { path: "smm.yaml".into(), version: 2 },
        },
    ]
}

fn audit_events() -> Vec<AuditEvent> {
    use AuditEvent as E;
    let refusal = Refusal::Stale;
    vec![
        E::CommandRefused {
            stream: StreamId::of("project", "smm-k7q2"),
            subject: "smm-k7q2".into(),
            command: "approve".into(),
            refusal: refusal.clone(),
        },
        E::AttemptRefused { what: "press".into(), refusal },
        E::ProjectExported { project: "smm-k7q2".into() },
    ]
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden")
}

/// With `SIGNOFF_WRITE_GOLDEN=1` a missing file is written; one that exists is never changed.
fn hold<E: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(aggregate: &str, events: &[E]) {
    let mut seen = BTreeSet::new();
    for event in events {
        let json = serde_json::to_value(event).unwrap();
        let kind = json["type"].as_str().unwrap().to_owned();
        let path = folder().join(format!("{aggregate}.{kind}.json"));
        if !path.exists() && std::env::var_os("SIGNOFF_WRITE_GOLDEN").is_some() {
            std::fs::create_dir_all(folder()).unwrap();
            std::fs::write(&path, format!("{}\n", serde_json::to_string_pretty(&json).unwrap())).unwrap();
        }
        let text = std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{} is missing", path.display()));
        let golden: Json = serde_json::from_str(&text).unwrap();
        assert_eq!(serde_json::from_value::<E>(golden.clone()).unwrap(), *event, "{kind} reads differently");
        assert_eq!(golden, json, "{kind} is written differently");
        seen.insert(kind);
    }
    assert_eq!(seen, variants(aggregate), "a variant of {aggregate} has no golden file");
}

/// The variants as the source names them, so that a new one without a sample is found.
fn variants(aggregate: &str) -> BTreeSet<String> {
    let file = match aggregate {
        "audit" => "src/domain/audit.rs".to_owned(),
        _ => format!("src/domain/{aggregate}/event.rs"),
    };
    let source = std::fs::read_to_string(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
    let body = source.split("Event {").nth(1).unwrap().split("\n}").next().unwrap();
    let names = body.lines().filter_map(|line| {
        let name = line.strip_prefix("    ")?;
        let name: String = name.chars().take_while(char::is_ascii_alphanumeric).collect();
        name.starts_with(|c: char| c.is_ascii_uppercase()).then_some(name)
    });
    names.map(|name| snake(&name)).collect()
}

fn snake(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

#[test]
fn every_event_of_a_project_reads_as_it_was_written() {
    hold("project", &project_events());
}

#[test]
fn every_event_of_a_client_reads_as_it_was_written() {
    hold("client", &client_events());
}

#[test]
fn every_event_of_the_agency_reads_as_it_was_written() {
    hold("agency", &agency_events());
}

#[test]
fn every_event_of_the_audit_reads_as_it_was_written() {
    hold("audit", &audit_events());
}
