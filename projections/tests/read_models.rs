//! Read models over a real store: what they answer, and that a rebuild gives the same.
#![expect(clippy::unwrap_used, reason = "a test stops where something is not as it should be")]

use std::collections::BTreeMap;
use std::sync::Arc;

use engine::domain::agency::AgencyEvent;
use engine::domain::client::ClientEvent;
use engine::domain::client::event::Answered;
use engine::domain::definition::{
    Approval, CountedFrom, Definition, Every, Gate, Kind, Months, NextRound, Repeats, Rules, Stage, Task,
    Text,
};
use engine::domain::money::Money;
use engine::domain::project::event::ContentRef;
use engine::domain::project::{PaymentState, ProjectEvent, Status};
use engine::domain::{Actor, ClientId, Origin, PersonId, ProjectId, StreamId, TaskId, Timestamp};
use engine::store::change::{Append, Cause, Change, NewEvent, Written};
use engine::store::{Store, StoreOptions};
use projections::directory::{ChatState, Found};
use projections::{board, directory, timeline};
use serde::Serialize;

struct House {
    store: Store,
    count: i64,
    _dir: tempfile::TempDir,
}

impl House {
    async fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", dir.path().join("test.db").display());
        let options = StoreOptions { projections: projections::all(), ..StoreOptions::default() };
        Self { store: Store::open(&url, options).await.unwrap(), count: 0, _dir: dir }
    }

    async fn facts<E: Serialize>(&mut self, aggregate: &'static str, stream: StreamId, events: &[E]) {
        self.count += 1;
        let at = moment(self.count);
        let events = events.iter().map(|event| {
            let json = serde_json::to_value(event).unwrap();
            NewEvent {
                kind: json["type"].as_str().unwrap().to_owned(),
                schema_version: 1,
                origin: Origin::Input,
                cause: Cause::None,
                by: Actor::Person("olena".into()),
                at,
                data: json.to_string(),
            }
        });
        let append = Append { stream, aggregate, expected: None, events: events.collect() };
        let change =
            Change { command_id: format!("c{}", self.count), appends: vec![append], at, ..Change::default() };
        assert!(matches!(self.store.write(change).await.unwrap(), Written::Done { .. }));
    }

    async fn project(&mut self, id: &str, events: &[ProjectEvent]) {
        self.facts("project", ProjectId::from(id).stream(), events).await;
    }

    async fn client(&mut self, id: &str, events: &[ClientEvent]) {
        self.facts("client", ClientId::from(id).stream(), events).await;
    }

    async fn tables(&self) -> Vec<String> {
        let mut dumps = Vec::new();
        for projection in projections::all() {
            for table in projection.table_names() {
                dumps.push(self.store.dump(table).await.unwrap());
            }
        }
        dumps
    }
}

fn moment(minute: i64) -> Timestamp {
    Timestamp::from_timestamp_micros(1_795_000_000_000_000 + minute * 60_000_000).unwrap()
}

fn task(id: &str, assignee: &str, months: Months) -> Task {
    Task {
        id: id.into(),
        was: vec![],
        title: Text(vec![("uk".into(), "Рубрикатор".into()), ("en".into(), "Topic map".into())]),
        kind: Kind::Work,
        months,
        after: None,
        assignee: assignee.into(),
        auditor: Some("pm".into()),
        minutes: 60,
        time: Vec::new(),
        inputs: Vec::new(),
        due: None,
        approval: Approval::Required,
        approve_after_silence: None,
        rework_rounds: None,
        stays_open: false,
        start_message: None,
        finish_message: None,
        instructions: None,
        checklist: vec![],
        result: vec![],
        buttons: vec![],
        start_needs: vec![],
        finish_needs: vec![],
        remind: vec![],
        pays_for: None,
        amount: None,
        ends_project_if: None,
    }
}

fn opened(project: &str, client: &str) -> ProjectEvent {
    let tasks = vec![
        task("plan", "smm", Months::First),
        task("ads", "ads", Months::Every),
        task("later", "smm", Months::FromSecond),
    ];
    let stage = Stage { id: "s".into(), title: Text::plain("S"), goal: None, tasks };
    let definition = Definition {
        service: "smm".into(),
        title: Text::plain("SMM"),
        price: None,
        repeats: Some(Repeats {
            every: Every::Month,
            counted_from: CountedFrom::ProjectStart,
            next_round: NextRound::WhenPaid,
        }),
        languages: vec!["uk".into()],
        accept_within: None,
        rules: Rules::default(),
        stages: vec![stage],
        forms: vec![],
        hash: "h".into(),
    };
    ProjectEvent::ProjectOpened {
        project: project.into(),
        client: client.into(),
        definition: Arc::new(definition),
        assigned: BTreeMap::from([("smm".into(), "maksym".into()), ("pm".into(), "olena".into())]),
        price: Some(Money { minor: 2_400_000, currency: "UAH".into() }),
    }
}

fn plan() -> TaskId {
    "plan".into()
}

fn client_wrote() -> ClientEvent {
    let person = PersonId::from("p-1");
    ClientEvent::ClientWrote { chat: -5, message: 1, person, content: note(), project: None, task: None }
}

fn money_came() -> ClientEvent {
    let amount = Money { minor: 500, currency: "UAH".into() };
    ClientEvent::MoneyArrived { number: 1, amount, on: moment(9).date_naive(), reference: None }
}

fn note() -> ContentRef {
    ContentRef { content: "c-1".into(), sha256: "00".into() }
}

/// One round that is sent back, undone, sent back again and at last approved.
fn story() -> Vec<ProjectEvent> {
    let (person, sha): (PersonId, String) = ("sofiia".into(), "aa".into());
    let sent_back = || ProjectEvent::TaskSentBack {
        task: plan(),
        round: 1,
        person: person.clone(),
        result_sha256: sha.clone(),
        due: Some(moment(900)),
    };
    vec![
        ProjectEvent::TaskReady { task: plan(), due: Some(moment(500)) },
        ProjectEvent::TaskStarted { task: plan(), round: 1 },
        ProjectEvent::GateConfirmed { task: plan(), gate: Gate::Form("smm-brief".into()), comment: note() },
        ProjectEvent::TaskSubmitted { task: plan(), round: 1, result_sha256: sha.clone() },
        ProjectEvent::TaskAccepted { task: plan(), round: 1 },
        ProjectEvent::ApprovalAsked { task: plan(), round: 1, result_sha256: sha.clone() },
        sent_back(),
        ProjectEvent::DecisionUndone { task: plan(), round: 1, person: person.clone(), approved: false },
        sent_back(),
        ProjectEvent::RoleAssigned { role: "ads".into(), person: "taras".into() },
    ]
}

fn uah(text: &str) -> Money {
    Money::parse(text, None).unwrap()
}

/// The first period begins, half of the second is paid, then the rest; the second opens and begins.
fn money_story() -> Vec<ProjectEvent> {
    let day = |text: &str| text.parse().unwrap();
    let received = |amount: &str, on: &str| ProjectEvent::PaymentReceived {
        payment: "2".into(),
        amount: uah(amount),
        on: day(on),
        reason: None,
    };
    let expected = |amount: &str| ProjectEvent::PaymentExpected {
        payment: "2".into(),
        amount: Some(uah(amount)),
        task: Some("ads".into()),
    };
    vec![
        expected("20000 UAH"),
        expected("24000 UAH"),
        ProjectEvent::PeriodBegan { period: 1, from: day("2026-12-09"), until: day("2027-01-08") },
        ProjectEvent::PaymentInvoiced {
            payment: "2".into(),
            number: "СФ-117".into(),
            amount: Some(uah("24000 UAH")),
            date: day("2026-12-28"),
            file: None,
        },
        received("10000 UAH", "2026-12-30"),
        received("14000 UAH", "2027-01-04"),
        ProjectEvent::PeriodOpened { period: 2, asked: false },
        ProjectEvent::PeriodBegan { period: 2, from: day("2027-01-09"), until: day("2027-02-08") },
        ProjectEvent::TaskReady { task: "ads.2".into(), due: None },
    ]
}

async fn house_with_a_story() -> House {
    let mut house = House::new().await;
    house
        .facts(
            "agency",
            StreamId::agency(),
            &[AgencyEvent::PersonAdded { person: "olena".into(), roles: vec!["pm".into()] }],
        )
        .await;
    let added = ClientEvent::ClientAdded {
        client: "kava-ranok".into(),
        name: "Кава «Ранок»".into(),
        language: "uk".into(),
    };
    house.client("kava-ranok", &[added]).await;
    house.project("smm-k7q2", &[opened("smm-k7q2", "kava-ranok")]).await;
    for event in story() {
        house.project("smm-k7q2", &[event]).await;
    }
    house
}

#[tokio::test]
async fn the_board_shows_status_round_holder_of_the_ball_and_who_is_missing() {
    let mut house = House::new().await;
    house.project("smm-k7q2", &[opened("smm-k7q2", "kava-ranok")]).await;
    let project = board::project(&house.store, &"smm-k7q2".into()).await.unwrap().unwrap();
    assert_eq!(project.unassigned().into_iter().collect::<Vec<_>>(), ["ads"]);
    assert_eq!(project.tasks.iter().map(|task| task.task.as_str()).collect::<Vec<_>>(), ["plan", "ads"]);

    house.project("smm-k7q2", &story()).await;
    let project = board::project(&house.store, &"smm-k7q2".into()).await.unwrap().unwrap();
    let current = project.current().unwrap();
    assert_eq!((current.status, current.round, current.ball), (Status::Rework, 2, board::Ball::Rework));
    assert_eq!((current.due, current.since), (Some(moment(900)), moment(2)));
    assert_eq!(current.assignee, Some("maksym".into()));
    assert_eq!(project.tasks[1].assignee, Some("taras".into()));
    assert!(project.unassigned().is_empty());
    assert_eq!(project.price.unwrap().to_string(), "24000 UAH");
}

#[tokio::test]
async fn a_day_that_moves_leaves_all_else_as_it_was() {
    let mut house = house_with_a_story().await;
    let seen = async |house: &House| board::project(&house.store, &"smm-k7q2".into()).await.unwrap().unwrap();
    let before = seen(&house).await.current().unwrap().clone();
    house.project("smm-k7q2", &[ProjectEvent::DueMoved { task: plan(), due: moment(1_200) }]).await;
    let moved = seen(&house).await.current().unwrap().clone();
    assert_eq!(moved.due, Some(moment(1_200)));
    assert_eq!((moved.status, moved.since, moved.round), (before.status, before.since, before.round));
    let both = [
        ProjectEvent::DueMoved { task: plan(), due: moment(1_300) },
        ProjectEvent::TaskStarted { task: plan(), round: 2 },
        ProjectEvent::DueMoved { task: plan(), due: moment(1_400) },
    ];
    house.project("smm-k7q2", &both).await;
    assert_eq!(seen(&house).await.current().unwrap().due, Some(moment(1_400)));
}

#[tokio::test]
async fn a_finished_task_passes_the_ball_and_a_finished_project_is_marked() {
    let mut house = house_with_a_story().await;
    let done = [
        ProjectEvent::TaskCompleted { task: plan(), round: 2 },
        ProjectEvent::TaskReady { task: "ads".into(), due: None },
    ];
    house.project("smm-k7q2", &done).await;
    let project = &board::projects(&house.store).await.unwrap()[0];
    assert_eq!(project.current().unwrap().task, "ads".into());
    assert_eq!(project.current().unwrap().ball, board::Ball::Us);
    house
        .project(
            "smm-k7q2",
            &[
                ProjectEvent::TaskCancelled { task: "ads".into(), reason: note() },
                ProjectEvent::ProjectCompleted,
            ],
        )
        .await;
    let project = &board::projects(&house.store).await.unwrap()[0];
    assert!(project.completed && project.current().is_none());
}

#[tokio::test]
async fn the_board_shows_periods_with_their_tasks_and_payments_with_their_state() {
    let mut house = house_with_a_story().await;
    let seen = async |house: &House| board::project(&house.store, &"smm-k7q2".into()).await.unwrap().unwrap();
    let story = money_story();
    house.project("smm-k7q2", &story[..5]).await;
    let half = seen(&house).await;
    assert_eq!(half.payments[0].state, PaymentState::PartlyPaid);
    assert_eq!(half.open_payment().unwrap().open_amount(), Some(uah("14000 UAH")));
    house.project("smm-k7q2", &story[5..]).await;
    let paid = seen(&house).await;
    assert_eq!((paid.payments[0].state, paid.open_payment()), (PaymentState::Paid, None));
    let shown = |task: &board::BoardTask| format!("{} {} {}", task.place, task.task, task.status.word());
    let tasks: Vec<String> = paid.tasks.iter().map(shown).collect();
    assert_eq!(tasks, ["1 plan rework", "2 ads waiting", "3 ads.2 ready", "4 later.2 waiting"]);
    assert_eq!(paid.tasks[2].assignee, Some("taras".into()), "who holds the role now");
    let days: Vec<String> = paid.periods.iter().map(|period| period.until.unwrap().to_string()).collect();
    assert_eq!(days, ["2027-01-08", "2027-02-08"]);
    let closed = ProjectEvent::ProjectClosed { reason: Some(note()), lost: false };
    house.project("smm-k7q2", &[closed]).await;
    let end = seen(&house).await;
    assert!(end.completed && end.current().is_none());
    let told = timeline::of_project(&house.store, &"smm-k7q2".into()).await.unwrap();
    let payment = told.iter().find(|moment| moment.fact == "payment_received").unwrap();
    assert_eq!(payment.what.as_deref(), Some("2"));
}

#[tokio::test]
async fn the_timeline_tells_the_story_of_one_project_in_order() {
    let house = house_with_a_story().await;
    let moments = timeline::of_project(&house.store, &"smm-k7q2".into()).await.unwrap();
    let line =
        |moment: &timeline::Moment| format!("{} {}", moment.fact, moment.what.clone().unwrap_or_default());
    let told: Vec<String> = moments.iter().map(line).collect();
    assert_eq!(
        told[..4],
        ["project_opened ", "task_ready ", "task_started ", "gate_confirmed form:smm-brief"]
    );
    assert_eq!(
        told[7..],
        ["task_sent_back sofiia", "decision_undone sofiia", "task_sent_back sofiia", "role_assigned ads"]
    );
    assert_eq!((moments[0].kind.as_str(), moments[0].subject.as_str()), ("project", "smm-k7q2"));
    assert_eq!(moments[0].by, Actor::Person("olena".into()));
    let client = timeline::of_client(&house.store, &"kava-ranok".into()).await.unwrap();
    assert_eq!(client.len(), 1);
    assert_eq!(
        timeline::after(&house.store, moments[8].position, 10).await.unwrap().len(),
        moments.len() - 9
    );
}

#[tokio::test]
async fn the_directory_follows_a_chat_from_link_to_loss() {
    let mut house = house_with_a_story().await;
    let id = "kava-ranok";
    house.client(id, &[ClientEvent::LinkOffered { token_sha256: "abc".into(), expires: moment(9) }]).await;
    let found = directory::client_by_link(&house.store, "abc").await.unwrap().unwrap();
    assert_eq!((found.client, found.link_expires), (id.into(), Some(moment(9))));

    let linked =
        ClientEvent::ChatLinked { chat: -5, chat_kind: "group".into(), title: note(), person: "p-1".into() };
    house.client(id, &[linked]).await;
    assert!(directory::client_by_link(&house.store, "abc").await.unwrap().is_none());
    let state = async |house: &House, chat| {
        directory::client_by_chat(&house.store, chat).await.unwrap().map(|c| c.chat_state())
    };
    assert_eq!(state(&house, -5).await, Some(ChatState::Linked));
    house
        .client(
            id,
            &[ClientEvent::ChatConfirmed { chat: -5 }, ClientEvent::ChatMigrated { from: -5, to: -1005 }],
        )
        .await;
    assert_eq!(state(&house, -5).await, None);
    assert_eq!(state(&house, -1005).await, Some(ChatState::Confirmed));
    house.client(id, &[ClientEvent::ChatLost { chat: -1005, reason: "kicked".into() }]).await;
    assert_eq!(state(&house, -1005).await, Some(ChatState::Lost));
    house
        .client(
            id,
            &[ClientEvent::ChatRestored { chat: -1005 }, ClientEvent::ApproverNamed { person: "p-1".into() }],
        )
        .await;
    let entry = directory::client_by_chat(&house.store, -1005).await.unwrap().unwrap();
    assert_eq!(entry.chat_state(), ChatState::Confirmed);
    assert_eq!(entry.approvers.into_iter().collect::<Vec<_>>(), ["p-1".into()]);
}

#[tokio::test]
async fn a_project_is_found_by_its_id_and_by_its_clients_name() {
    let house = house_with_a_story().await;
    for typed in ["smm-k7q2", "smm", "ранок", "kava"] {
        let found = directory::find_project(&house.store, typed).await.unwrap();
        assert!(
            matches!(&found, Found::One(entry) if entry.project == "smm-k7q2".into()),
            "{typed}: {found:?}"
        );
    }
    assert_eq!(directory::find_project(&house.store, "чай").await.unwrap(), Found::Nothing);
    let staff = directory::staff(&house.store).await.unwrap();
    assert_eq!(staff[0].person, "olena".into());
}

/// Two promises, of which the first is kept.
fn promises() -> [ProjectEvent; 3] {
    let by = |day| chrono::NaiveDate::from_ymd_opt(2026, 12, day).unwrap();
    let promised = |task, day| ProjectEvent::NextStepPromised { task, by: by(day), what: note() };
    [promised(None, 3), promised(Some("plan".into()), 4), ProjectEvent::PromiseKept { task: None }]
}

#[tokio::test]
async fn a_rebuild_gives_what_the_commits_gave_one_by_one() {
    let mut house = house_with_a_story().await;
    house
        .client("kava-ranok", &[ClientEvent::LinkOffered { token_sha256: "abc".into(), expires: moment(9) }])
        .await;
    for (number, client) in ["kava-ranok", "zelenyi-dim"].into_iter().enumerate() {
        house.client(client, &[client_wrote(), client_wrote(), money_came()]).await;
        if number == 0 {
            house
                .client(client, &[ClientEvent::ClientAnswered { how: Answered::Call, note: Some(note()) }])
                .await;
        }
    }
    for number in 0..40 {
        let id = format!("smm-{number}");
        let mut events = vec![opened(&id, "kava-ranok")];
        events.extend(story().into_iter().take(number % 11));
        events.extend(money_story().into_iter().take(number % 10));
        events.extend(promises().into_iter().take(number % 4));
        house.project(&id, &events).await;
    }
    let before = house.tables().await;
    assert!(before.iter().all(|dump| !dump.is_empty()));
    assert_eq!(house.store.rebuild(None).await.unwrap(), []);
    assert_eq!(house.tables().await, before);
    let report = house.store.verify().await.unwrap();
    assert!(report.is_well(), "{report:?}");
}
