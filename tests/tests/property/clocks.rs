//! Reminders in five zones, over both changes of the clock, on two nodes whose clocks are an hour wrong and jump:
//! each is sent once, in order, when business time says so (RELIABILITY G24).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{Days, Duration, NaiveDate, NaiveTime, TimeZone, Utc};
use engine::domain::calendar::Calendar;
use engine::domain::definition::{Definition, Reminder, ReminderClock, ReminderWhen, Term, Unit};
use engine::domain::effect::TimerCommand;
use engine::domain::envelope::AnswerTerms;
use engine::domain::project::timers::changes;
use engine::domain::project::{Project, ProjectCommand, ProjectEvent, decide};
use engine::domain::{Actor, Asked, Effect, Fact, Origin, StreamId, Timestamp, World};
use journeys::desk::{catalogue, person, unasked};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

const ZONES: [&str; 5] =
    ["Europe/Kyiv", "America/New_York", "Australia/Lord_Howe", "Asia/Ho_Chi_Minh", "Pacific/Auckland"];
const CASES: u64 = 1_000;
/// At most so long a node waits between two looks at the timers.
const TICK: i64 = 60;
/// So far the clock of a node may be wrong.
const WRONG: i64 = 3_600;

/// A project, the timers that the store holds for it, and the commands that were done.
struct Bench {
    project: Project,
    calendar: Calendar,
    timers: BTreeMap<String, (Timestamp, ProjectCommand)>,
    done: BTreeSet<String>,
    told: Vec<ProjectEvent>,
    true_time: Timestamp,
    /// How wrong the clocks of the two nodes are, in seconds.
    wrong: [i64; 2],
    random: StdRng,
    dates: usize,
}

impl Bench {
    fn now(&self, node: usize) -> Timestamp {
        self.true_time + Duration::seconds(self.wrong[node])
    }

    fn run(&mut self, by: Actor, at: Timestamp, command: ProjectCommand) {
        let world = World {
            calendar: Arc::new(self.calendar.clone()),
            staff: Arc::default(),
            roles: BTreeSet::new(),
            approvers: BTreeSet::new(),
            client: None,
            answer: AnswerTerms::default(),
            reached: Some(Timestamp::UNIX_EPOCH),
        };
        let asked = Asked { command_id: "c".into(), at, by: by.clone(), world, command };
        let events = decide(&self.project, &asked).expect("nothing here is refused");
        let before = self.project.clone();
        for event in events {
            let version = self.project.version + 1;
            let fact = Fact {
                position: version,
                stream: StreamId::of("project", "p"),
                version,
                command_id: "c".into(),
                cause: None,
                origin: Origin::Input,
                by: by.clone(),
                at,
                event,
            };
            self.project = std::mem::take(&mut self.project).with(&fact);
            self.told.push(fact.event);
        }
        for effect in changes(&before, &self.project, &self.calendar) {
            match effect {
                Effect::SetTimer { key, due, command: TimerCommand::Project { command, .. } } => {
                    self.timers.insert(key, (due, command));
                }
                Effect::CancelTimer { key } => {
                    self.timers.remove(&key);
                }
                Effect::SetTimer { command: TimerCommand::Client { .. }, .. }
                | Effect::Notify(_)
                | Effect::MoveChat { .. }
                | Effect::DropDraft { .. }
                | Effect::DropSecrets { .. } => {
                    unreachable!("no timers")
                }
            }
        }
    }

    /// Both nodes look at the timers, at the same list; what one has done the other finds done.
    fn tick(&mut self) {
        let jumps = self.random.random_bool(0.25);
        if jumps {
            self.wrong = [self.random.random_range(-WRONG..=WRONG), self.random.random_range(-WRONG..=WRONG)];
        }
        let read: Vec<_> = self.timers.iter().map(|(key, timer)| (key.clone(), timer.clone())).collect();
        for node in if self.random.random_bool(0.5) { [0, 1] } else { [1, 0] } {
            let now = self.now(node);
            for (key, (due, command)) in read.iter().filter(|(_, (due, _))| *due <= now) {
                if !self.done.insert(format!("{key}:{}", due.timestamp())) {
                    continue;
                }
                let (facts, ahead) = (self.told.len(), self.wrong.iter().max().copied().unwrap_or(0));
                self.run(Actor::Timer, now, command.clone());
                assert!(self.told.len() > facts, "{key} was wanted, but meant nothing");
                assert!(!self.timers.contains_key(key), "{key} stays after it fired");
                self.dates += 1;
                // By the clock that is ahead; a clock that jumps passes over as much as it jumps.
                let late = (self.true_time + Duration::seconds(ahead) - *due).num_seconds();
                let allowed = if jumps { TICK + 2 * WRONG } else { TICK };
                assert!(late <= allowed || self.was_past(*due), "{key} is {late} s late");
            }
        }
    }

    /// Whether it was due already when the project came to want it.
    fn was_past(&self, due: Timestamp) -> bool {
        self.project.opened.as_ref().is_some_and(|opened| due <= opened.at)
    }

    /// Time goes on until no timer waits any more.
    fn wait(&mut self) {
        for _ in 0..500 {
            let Some(due) = self.timers.values().map(|(due, _)| *due).min() else { return };
            let ahead = self.wrong.iter().max().copied().unwrap_or(0);
            let first = due - Duration::seconds(ahead);
            let pause = self.random.random_range(0..=TICK);
            self.true_time = self.true_time.max(first) + Duration::seconds(pause);
            self.tick();
        }
        panic!("timers go on for ever: {:?}", self.timers);
    }

    fn later(&mut self, most_hours: i64) -> Timestamp {
        self.true_time += Duration::minutes(self.random.random_range(1..=most_hours * 60));
        self.true_time
    }
}

fn term(n: u32, unit: Unit) -> Term {
    Term { hundredths: n * 100, unit }
}

fn ladder(when: ReminderWhen, every: Term) -> Reminder {
    Reminder {
        when,
        form: None,
        access: None,
        clock: ReminderClock::After(every),
        tell_client: Some("approval-reminder".into()),
        tell_staff: None,
        repeat: Some((every, 2)),
        then_tell_staff: Some("staff-approval-stuck".into()),
    }
}

/// One task with every kind of timer.
fn definition(shipped: &Definition, random: &mut StdRng) -> Definition {
    let mut definition = shipped.clone();
    let plan = shipped.tasks().find(|task| task.id == "content_plan").expect("shipped").clone();
    let days = term(random.random_range(1..=3), Unit::BusinessDays);
    let soon = ReminderClock::BeforeDue(term(1, Unit::BusinessDays));
    let due_soon = Reminder {
        clock: soon,
        repeat: None,
        then_tell_staff: None,
        ..ladder(ReminderWhen::TaskNotFinished, days)
    };
    definition.repeats = None;
    definition.stages.truncate(1);
    definition.stages[0].tasks = vec![engine::domain::definition::Task {
        result: Vec::new(),
        checklist: Vec::new(),
        buttons: Vec::new(),
        start_needs: Vec::new(),
        finish_needs: Vec::new(),
        due: Some(term(random.random_range(3..=6), Unit::BusinessDays)),
        approve_after_silence: Some(term(20, Unit::BusinessDays)),
        remind: vec![
            ladder(ReminderWhen::TaskNotStarted, days),
            due_soon,
            ladder(ReminderWhen::ApprovalNotGiven, days),
        ],
        ..plan
    }];
    definition.accept_within = Some(term(random.random_range(1..=9), Unit::BusinessHours));
    definition
}

/// Ordinary hours, hours with lunch, and hours in which the clocks change.
fn calendar(zone: &str, around: NaiveDate, random: &mut StdRng) -> Calendar {
    let at = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0).expect("a time");
    let hours = match random.random_range(0..4) {
        0 => vec![(at(9, 0), at(18, 0))],
        1 => vec![(at(9, 0), at(13, 0)), (at(14, 0), at(18, 0))],
        2 => vec![(at(1, 0), at(2, 45)), (at(3, 15), at(7, 30))],
        _ => vec![(at(0, 0), at(6, 0)), (at(20, 0), at(23, 59))],
    };
    let mut week: [Vec<_>; 7] = Default::default();
    let free = random.random_range(0..7);
    for (day, open) in week.iter_mut().enumerate() {
        if day != free && day != (free + 1) % 7 {
            open.clone_from(&hours);
        }
    }
    week[0] = hours;
    let mut some = |most: u64| -> Vec<NaiveDate> {
        (0..6).filter_map(|_| around.checked_add_days(Days::new(random.random_range(0..most)))).collect()
    };
    let (holidays, extra_days) = (some(60), some(40));
    Calendar {
        zone: zone.parse().expect("a zone"),
        week,
        holidays,
        extra_days,
        quiet: None,
        client_zone: None,
    }
}

/// Days around which clocks change somewhere, or any day.
fn somewhen(random: &mut StdRng) -> Timestamp {
    let year = random.random_range(2026..=2031);
    let (month, days) = match random.random_range(0..3) {
        0 => (3, 30),
        1 => (9, 60),
        _ => (random.random_range(1..=12), 28),
    };
    let start = Utc.with_ymd_and_hms(year, month, 1, 0, 0, 0).single().expect("a day");
    start + Duration::minutes(random.random_range(0..days * 24 * 60))
}

/// Which reminders were sent: place in the template and rung, in their order.
fn sent(told: &[ProjectEvent], place: u32) -> Vec<u32> {
    let rung = |event: &ProjectEvent| match event {
        ProjectEvent::ReminderSent { reminder, rung, .. } if *reminder == place => Some(*rung),
        _ => None,
    };
    told.iter().filter_map(rung).collect()
}

fn times(told: &[ProjectEvent], what: fn(&ProjectEvent) -> bool) -> usize {
    told.iter().filter(|event| what(event)).count()
}

fn a_project_lives_through(seed: u64, shipped: &Definition) -> usize {
    let mut random = StdRng::seed_from_u64(seed);
    let start = somewhen(&mut random);
    let zone = ZONES[usize::try_from(seed).unwrap_or(0) % ZONES.len()];
    let mut bench = Bench {
        project: Project::default(),
        calendar: calendar(zone, start.date_naive(), &mut random),
        timers: BTreeMap::new(),
        done: BTreeSet::new(),
        told: Vec::new(),
        true_time: start,
        wrong: [0, 0],
        random,
        dates: 0,
    };
    let definition = Arc::new(definition(shipped, &mut bench.random));
    let assigned = [("pm", "olena"), ("smm", "maksym")];
    let open = ProjectCommand::OpenProject {
        project: "p".into(),
        client: "c".into(),
        definition,
        assigned: assigned.map(|(role, person)| (role.to_owned(), person.into())).into(),
        price: None,
        promised: Box::default(),
    };
    bench.run(Actor::Operator, start, open);
    bench.wait();
    let task = || "content_plan".into();
    assert_eq!(sent(&bench.told, 0), [0, 1, 2, 3], "not started");
    assert_eq!(sent(&bench.told, 1), [0], "due soon");
    assert_eq!(times(&bench.told, |event| matches!(event, ProjectEvent::TaskOverdue { .. })), 1);
    assert_eq!(times(&bench.told, |event| matches!(event, ProjectEvent::TaskUnaccepted { .. })), 1);
    let at = bench.later(100);
    bench.run(person("maksym"), at, ProjectCommand::StartTask { task: task() });
    let at = bench.later(50);
    bench.run(person("maksym"), at, ProjectCommand::SubmitTask { task: task() });
    let at = bench.later(50);
    bench.run(Actor::Operator, at, ProjectCommand::AcceptTask { task: task(), round: None });
    bench.wait();
    assert_eq!(sent(&bench.told, 2), [0, 1, 2, 3], "approval");
    assert_eq!(times(&bench.told, |event| matches!(event, ProjectEvent::ApprovalDeemed { .. })), 1);
    assert!(bench.project.completed && bench.timers.is_empty());
    bench.dates
}

#[test]
fn each_reminder_is_sent_once_in_every_zone_whatever_the_clocks_do() {
    let catalogue = catalogue();
    let shipped = unasked(&catalogue.definition("smm").expect("shipped"));
    let mut dates = 0;
    for seed in 0..CASES {
        let lived = std::panic::catch_unwind(|| a_project_lives_through(seed, &shipped));
        dates += lived.unwrap_or_else(|_| panic!("seed {seed}"));
    }
    assert!(dates >= 10_000, "only {dates} dates");
}

/// A term in business days, counted by hand: a day after another, the time of the wall kept.
fn by_hand(calendar: &Calendar, at: Timestamp, days: u32) -> Timestamp {
    let mut local = calendar.local(at);
    let open = |local: chrono::NaiveDateTime| {
        calendar.hours(local.date()).iter().any(|(from, to)| *from <= local.time() && local.time() < *to)
    };
    while !open(local) {
        local += Duration::minutes(1);
        local -= Duration::seconds(i64::from(chrono::Timelike::second(&local)));
    }
    for _ in 0..days {
        local += Duration::days(1);
        while calendar.hours(local.date()).is_empty() {
            local += Duration::days(1);
        }
    }
    let hours = calendar.hours(local.date());
    let last = hours.last().expect("a business day").1;
    let next =
        hours.iter().find(|(_, to)| local.time() <= *to).map_or(last, |(from, _)| local.time().max(*from));
    calendar.instant(local.date().and_time(next))
}

#[test]
fn a_term_in_business_days_is_what_one_counts_by_hand_on_ten_thousand_dates() {
    let mut random = StdRng::seed_from_u64(24);
    for case in 0..10_000 {
        let at = somewhen(&mut random);
        let calendar = calendar(ZONES[case % ZONES.len()], at.date_naive(), &mut random);
        let days = random.random_range(0..=10);
        let due = calendar.plus(at, term(days, Unit::BusinessDays));
        assert_eq!(due, by_hand(&calendar, at, days), "{at} + {days} in {}", calendar.zone);
        assert_eq!(calendar.business_days_since(at, due), days, "{at} + {days} in {}", calendar.zone);
    }
}
