//! Random commands against the whole SMM project: the order and the one decision hold, whatever comes
//! (PF-38; tests 1 and 2 of the requirements).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{Duration, TimeZone, Utc};
use engine::domain::definition::Definition;
use engine::domain::envelope::AnswerTerms;
use engine::domain::envelope::ClientCard;
use engine::domain::field::Entered;
use engine::domain::project::event::{ContentRef, ProjectEvent};
use engine::domain::project::{Project, ProjectCommand, Status, decide};
use engine::domain::{Actor, Asked, Fact, Origin, PersonId, Round, StreamId, TaskId, Timestamp, World};
use proptest::prelude::*;
use workflows::Catalogue;

/// One random order: what, to which task, by whom, how much later.
type Move = (u8, usize, usize, u32, i64);

const PEOPLE: [&str; 7] = ["olena", "maksym", "iryna", "taras", "nadiia", "sofiia", "petro"];

struct Bench {
    project: Project,
    catalogue: Arc<Catalogue>,
    at: Timestamp,
    decisions: BTreeMap<(TaskId, Round), i32>,
}

impl Bench {
    fn new(catalogue: &Arc<Catalogue>, definition: &Arc<Definition>) -> Self {
        let at = Utc.with_ymd_and_hms(2026, 11, 23, 8, 0, 0).unwrap();
        let mut bench = Self {
            project: Project::default(),
            catalogue: Arc::clone(catalogue),
            at,
            decisions: BTreeMap::new(),
        };
        let held = [
            ("pm", "olena"),
            ("smm", "maksym"),
            ("designer", "iryna"),
            ("ads", "taras"),
            ("accountant", "nadiia"),
        ];
        let assigned =
            held.iter().map(|(role, person)| ((*role).to_owned(), PersonId::from(*person))).collect();
        let open = ProjectCommand::OpenProject {
            project: "smm-prop".into(),
            client: "ranok".into(),
            definition: Arc::clone(definition),
            assigned,
            price: None,
            promised: Box::default(),
        };
        bench.run(Actor::Operator, open);
        bench
    }

    fn world(&self, by: &Actor) -> World {
        let role = match by.person().map(PersonId::as_str) {
            Some("olena") => vec!["pm".to_owned()],
            Some("nadiia") => vec!["accountant".to_owned()],
            _ => Vec::new(),
        };
        World {
            calendar: Arc::new(self.catalogue.agency().calendar.clone()),
            staff: Arc::default(),
            roles: role.into_iter().collect(),
            approvers: BTreeSet::from(["sofiia".into(), "petro".into()]),
            client: Some(ClientCard {
                client: "ranok".into(),
                name: "Кава «Ранок»".into(),
                language: "uk".into(),
                chat: Some(-1),
                zone: None,
                contacts: 1,
            }),
            answer: AnswerTerms::default(),
            reached: Some(Timestamp::UNIX_EPOCH),
        }
    }

    fn run(&mut self, by: Actor, command: ProjectCommand) {
        let before = self.project.clone();
        let world = self.world(&by);
        let asked = Asked { command_id: "c".into(), at: self.at, by: by.clone(), world, command };
        let Ok(events) = decide(&self.project, &asked) else { return };
        for event in events {
            let version = self.project.version + 1;
            let fact = Fact {
                position: version,
                stream: StreamId::of("project", "smm-prop"),
                version,
                command_id: "c".into(),
                cause: None,
                origin: Origin::Input,
                by: by.clone(),
                at: self.at,
                event,
            };
            self.witness(&before, &fact);
            self.project = std::mem::take(&mut self.project).with(&fact);
        }
        let open = self.project.tasks.iter().filter(|task| task.status.is_open()).count();
        assert!(open <= 1, "{open} tasks are open at once");
    }

    /// Looks at the facts from outside: the order of starts, and the decisions.
    fn witness(&mut self, before: &Project, fact: &Fact<ProjectEvent>) {
        match &fact.event {
            ProjectEvent::TaskStarted { task, .. } => {
                let at = before.tasks.iter().position(|found| found.id == *task).unwrap();
                let earlier_over = before.tasks[..at].iter().all(|earlier| earlier.status.is_over());
                assert!(earlier_over, "{task} started out of order");
            }
            ProjectEvent::TaskApproved { task, round, .. }
            | ProjectEvent::TaskSentBack { task, round, .. } => {
                let standing = self.decisions.entry((task.clone(), *round)).or_default();
                *standing += 1;
                assert_eq!(*standing, 1, "two decisions stand on {task}, round {round}");
            }
            ProjectEvent::DecisionUndone { task, round, .. } => {
                let standing = self.decisions.entry((task.clone(), *round)).or_default();
                *standing -= 1;
                assert_eq!(*standing, 0, "a decision was undone that did not stand");
            }
            _ => {}
        }
    }

    fn play(&mut self, (what, task, person, round, seconds): Move) {
        self.at += Duration::seconds(seconds);
        let open = self.project.tasks.iter().position(|task| !task.status.is_over()).unwrap_or(0);
        // Half of the moves aim at the task whose turn it is, so that projects get far.
        let aimed = if task % 2 == 0 { open } else { task % self.project.tasks.len() };
        let Some(target) = self.project.tasks.get(aimed).cloned() else { return };
        let by = self.speaker(what, &target.id, person);
        let round = if round == 0 { 1 } else { target.round };
        for command in self.orders(what, &target.id, round) {
            self.run(by.clone(), command);
        }
    }

    /// Mostly the person whose step it is, sometimes anybody.
    fn speaker(&self, what: u8, task: &TaskId, person: usize) -> Actor {
        if person == 0 {
            return Actor::Person(PEOPLE[usize::from(what) % PEOPLE.len()].into());
        }
        Actor::Person(match what % 16 {
            8 | 9 => "olena".into(),
            10..=14 => "sofiia".into(),
            _ => self.project.assignee(task).cloned().unwrap_or_else(|| "olena".into()),
        })
    }

    fn orders(&self, what: u8, task: &TaskId, round: Round) -> Vec<ProjectCommand> {
        use ProjectCommand as C;
        let task = task.clone();
        let remark = ContentRef { content: format!("c{}", self.project.version).into(), sha256: "0".into() };
        match what % 16 {
            0 | 1 => vec![C::StartTask { task }],
            2 => vec![C::PauseTask { task }],
            3 => vec![C::ResumeTask { task }],
            4 | 5 => self.fill(&task),
            6 | 7 => vec![C::SubmitTask { task }],
            8 => vec![C::AcceptTask { task, round: Some(round) }],
            9 => vec![C::ReturnTask { task, round: Some(round), remark: Some(remark) }],
            10 | 11 => vec![C::Approve { task, round }],
            12 => vec![C::SendBack { task, round }],
            13 => vec![C::UndoDecision { task, round }],
            14 => vec![C::AddRemark { task: task.clone(), round, remark }, C::CloseRemarks { task, round }],
            _ => vec![C::SettleDecision { task, round }],
        }
    }

    /// Everything that the task needs to be finished.
    fn fill(&self, task: &TaskId) -> Vec<ProjectCommand> {
        use ProjectCommand as C;
        let Some(plan) = self.project.plan(task) else { return Vec::new() };
        let mut orders: Vec<C> = Vec::new();
        for field in &plan.result {
            use engine::domain::definition::FieldKind as K;
            let due = self.project.payment_of(task).and_then(|id| self.project.payment(&id)?.open_amount());
            let due = due.filter(|due| field.id == "amount" && due.minor > 0);
            let one = due.map_or_else(|| journeys::samples::text(field), |due| due.to_string());
            let entered = match field.kind {
                K::File | K::Files => Entered::Files(vec![engine::domain::field::FileRef {
                    content: "f".into(),
                    sha256: "0".into(),
                }]),
                _ => Entered::Text(one),
            };
            orders.push(C::SetFields { task: task.clone(), values: vec![(field.id.clone(), entered)] });
        }
        let items = u32::try_from(plan.checklist.len()).unwrap();
        orders.extend((1..=items).map(|item| C::TickItem {
            task: task.clone(),
            item,
            done: true,
            note: None,
        }));
        orders
            .extend(plan.buttons.iter().map(|b| C::PressButton { task: task.clone(), button: b.id.clone() }));
        let said = ContentRef { content: "c".into(), sha256: "0".into() };
        orders
            .extend(journeys::gates::opening(&self.project, task, &said).into_iter().map(|(_, order)| order));
        orders
    }
}

fn smm() -> (Arc<Catalogue>, Arc<Definition>) {
    let catalogue = Arc::new(Catalogue::embedded().expect("the shipped files load"));
    let definition = journeys::desk::unasked(&catalogue.definition("smm").expect("smm is shipped"));
    (catalogue, definition)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn never_out_of_order_never_two_open_tasks_and_one_decision_per_round(
        moves in prop::collection::vec((0..16u8, 0..18usize, 0..7usize, 0..3u32, 0..90i64), 1..250)
    ) {
        let (catalogue, definition) = smm();
        let mut bench = Bench::new(&catalogue, &definition);
        for one in moves {
            bench.play(one);
        }
    }
}

/// The random walk would prove little if it never got past the first task.
#[test]
fn random_projects_get_far_enough_to_prove_something() {
    use rand::{Rng, SeedableRng};
    let (catalogue, definition) = smm();
    let seed = 20_261_122;
    println!("seed {seed}");
    let mut random = rand::rngs::StdRng::seed_from_u64(seed);
    let mut furthest = 0;
    for _ in 0..20 {
        let mut bench = Bench::new(&catalogue, &definition);
        for _ in 0..2_500 {
            let one = (
                random.random_range(0..16),
                random.random_range(0..18),
                random.random_range(0..7),
                random.random_range(0..3),
                random.random_range(0..90),
            );
            bench.play(one);
        }
        let done = bench.project.tasks.iter().filter(|task| task.status == Status::Completed).count();
        furthest = furthest.max(done);
    }
    assert!(furthest >= 8, "the furthest project completed {furthest} tasks of 9");
}
