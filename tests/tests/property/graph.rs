//! Random plans with `after:`, random work on them, tasks put in on the way: nothing starts before its turn, and
//! everything whose turn it is may start (PF-38, SC-30).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use chrono::{Duration, TimeZone, Utc};
use engine::domain::definition::{Approval, Definition, Task as Plan};
use engine::domain::envelope::AnswerTerms;
use engine::domain::project::event::{ContentRef, ProjectEvent};
use engine::domain::project::{Project, ProjectCommand, Status, decide};
use engine::domain::{Actor, Asked, Fact, Origin, StreamId, TaskId, Timestamp, World};
use proptest::prelude::*;
use workflows::Catalogue;

/// One random order: what, to which task, how much later.
type Move = (u8, usize, i64);

struct Bench {
    project: Project,
    at: Timestamp,
    /// What stands right before each task, kept beside the product's own reckoning.
    before: BTreeMap<TaskId, BTreeSet<TaskId>>,
    /// The template is a plain line.
    line: bool,
    put_in: u32,
}

/// A plan whose tasks wait for the ones named by `after` (indices of earlier tasks), or for the one above.
fn definition(shipped: &Definition, after: &[Option<Vec<usize>>], approvals: u16) -> Definition {
    let mut definition = shipped.clone();
    let plan = shipped.tasks().find(|task| task.id == "content_plan").expect("shipped").clone();
    definition.stages.truncate(1);
    definition.repeats = None;
    definition.stages[0].tasks = (0..after.len())
        .map(|at| {
            let names = |found: &Vec<usize>| found.iter().map(|of| format!("t{}", of % at.max(1))).collect();
            Plan {
                after: after[at].as_ref().map(|found| if at == 0 { Vec::new() } else { names(found) }),
                approval: if approvals >> at & 1 == 1 { Approval::Required } else { Approval::None },
                ..bare(&plan, &format!("t{at}"))
            }
        })
        .collect();
    definition
}

fn bare(plan: &Plan, id: &str) -> Plan {
    Plan {
        id: id.to_owned(),
        auditor: None,
        result: Vec::new(),
        checklist: Vec::new(),
        buttons: Vec::new(),
        start_needs: Vec::new(),
        finish_needs: Vec::new(),
        remind: Vec::new(),
        ..plan.clone()
    }
}

impl Bench {
    fn new(catalogue: &Arc<Catalogue>, definition: Definition) -> Self {
        let at = Utc.with_ymd_and_hms(2026, 11, 23, 8, 0, 0).unwrap();
        let line = definition.tasks().all(|plan| plan.after.is_none());
        let mut before = BTreeMap::new();
        let mut last: Option<TaskId> = None;
        for plan in definition.tasks() {
            let id = TaskId(plan.id.clone());
            let found: BTreeSet<TaskId> = match &plan.after {
                Some(names) => names.iter().map(|name| TaskId(name.clone())).collect(),
                None => last.into_iter().collect(),
            };
            before.insert(id.clone(), found);
            last = Some(id);
        }
        let mut bench = Self { project: Project::default(), at, before, line, put_in: 0 };
        let open = ProjectCommand::OpenProject {
            project: "smm-graph".into(),
            client: "ranok".into(),
            definition: Arc::new(definition),
            assigned: BTreeMap::from([
                ("pm".to_owned(), "olena".into()),
                ("smm".to_owned(), "maksym".into()),
            ]),
            price: None,
            promised: Box::default(),
        };
        bench.run(catalogue, Actor::Operator, open);
        bench
    }

    fn run(&mut self, catalogue: &Arc<Catalogue>, by: Actor, command: ProjectCommand) {
        let world = World {
            calendar: Arc::new(catalogue.agency().calendar.clone()),
            staff: Arc::default(),
            roles: BTreeSet::new(),
            approvers: BTreeSet::from(["sofiia".into()]),
            client: None,
            answer: AnswerTerms::default(),
            reached: None,
        };
        let asked = Asked { command_id: "c".into(), at: self.at, by: by.clone(), world, command };
        let Ok(events) = decide(&self.project, &asked) else { return };
        for event in events {
            self.witness(&event);
            let version = self.project.version + 1;
            let fact = Fact {
                position: version,
                stream: StreamId::of("project", "smm-graph"),
                version,
                command_id: "c".into(),
                cause: None,
                origin: Origin::Input,
                by: by.clone(),
                at: self.at,
                event,
            };
            self.project = std::mem::take(&mut self.project).with(&fact);
        }
        self.look();
    }

    /// Starts in order; a task that is put in takes the place of the one it comes after.
    fn witness(&mut self, event: &ProjectEvent) {
        if let ProjectEvent::TaskStarted { task, .. } = event {
            let open: Vec<_> = self.all_before(task).into_iter().filter(|id| !self.is_over(id)).collect();
            assert!(open.is_empty(), "{task} started before {open:?}");
        }
        if let ProjectEvent::TaskInserted { task, after, .. } = event {
            for found in self.before.values_mut() {
                if found.remove(after) {
                    found.insert(task.clone());
                }
            }
            self.before.insert(task.clone(), BTreeSet::from([after.clone()]));
        }
    }

    /// What must hold whenever a command is through.
    fn look(&self) {
        for task in &self.project.tasks {
            let free = self.all_before(&task.id).iter().all(|id| self.is_over(id));
            match task.status {
                Status::Waiting => assert!(!free || self.project.completed, "{} waits for nothing", task.id),
                Status::Cancelled => {}
                _ => assert!(free, "{} is {} too early", task.id, task.status.word()),
            }
        }
        let open = self.project.tasks.iter().filter(|task| task.status.is_open()).count();
        assert!(open <= 1 || !self.line, "{open} tasks of a line are open at once");
        let over = self.project.tasks.iter().all(|task| task.status.is_over());
        assert_eq!(self.project.completed, over, "the project is over when all its tasks are");
    }

    fn all_before(&self, id: &TaskId) -> BTreeSet<TaskId> {
        let mut found = BTreeSet::new();
        let mut next: Vec<&TaskId> = self.before.get(id).into_iter().flatten().collect();
        while let Some(one) = next.pop() {
            if found.insert(one.clone()) {
                next.extend(self.before.get(one).into_iter().flatten());
            }
        }
        found
    }

    fn is_over(&self, id: &TaskId) -> bool {
        self.project.task(id).is_some_and(|task| task.status.is_over())
    }

    fn play(&mut self, catalogue: &Arc<Catalogue>, (what, task, seconds): Move) {
        use ProjectCommand as C;
        self.at += Duration::seconds(seconds);
        let target = &self.project.tasks[task % self.project.tasks.len()];
        let (task, round) = (target.id.clone(), target.round);
        let said = ContentRef { content: "c".into(), sha256: "0".into() };
        let sofiia = Actor::Person("sofiia".into());
        let (by, command) = match what {
            0..=2 => (Actor::Operator, C::StartTask { task }),
            3..=5 => (Actor::Operator, C::SubmitTask { task }),
            6 | 7 => (sofiia, C::Approve { task, round }),
            8 => (sofiia, C::SendBack { task, round }),
            9 => (sofiia, C::UndoDecision { task, round }),
            10 => (Actor::Operator, C::PauseTask { task }),
            11 => (Actor::Operator, C::CancelTask { task, reason: said }),
            _ => {
                self.put_in += 1;
                let plan = self.project.plan(&task).expect("planned").clone();
                let plan = Box::new(bare(&plan, &format!("x{}", self.put_in)));
                (Actor::Operator, C::InsertTask { after: task, plan })
            }
        };
        self.run(catalogue, by, command);
    }
}

/// Read once: a thousand plans stand on it.
fn smm() -> (Arc<Catalogue>, Arc<Definition>) {
    static SHIPPED: OnceLock<(Arc<Catalogue>, Arc<Definition>)> = OnceLock::new();
    let shipped = SHIPPED.get_or_init(|| {
        let catalogue = Arc::new(Catalogue::embedded().expect("the shipped files load"));
        let definition = journeys::desk::unasked(&catalogue.definition("smm").expect("smm is shipped"));
        (catalogue, definition)
    });
    shipped.clone()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn random_plans_start_nothing_early_and_leave_nothing_behind(
        after in prop::collection::vec(prop::option::of(prop::collection::vec(0..9usize, 0..3)), 1..9),
        approvals in any::<u16>(),
        moves in prop::collection::vec((0..13u8, 0..14usize, 0..90i64), 1..120),
    ) {
        let (catalogue, shipped) = smm();
        let mut bench = Bench::new(&catalogue, definition(&shipped, &after, approvals));
        for one in moves {
            bench.play(&catalogue, one);
        }
    }

    #[test]
    fn a_plain_line_has_one_open_task_at_most(
        length in 1..9usize,
        approvals in any::<u16>(),
        moves in prop::collection::vec((0..12u8, 0..9usize, 0..90i64), 1..120),
    ) {
        let (catalogue, shipped) = smm();
        let mut bench = Bench::new(&catalogue, definition(&shipped, &vec![None; length], approvals));
        for one in moves {
            bench.play(&catalogue, one);
        }
    }
}

/// The random walk would prove little if no plan ever came to its end.
#[test]
fn worked_through_in_any_order_every_plan_comes_to_its_end() {
    let (catalogue, shipped) = smm();
    let after = [None, Some(vec![0]), Some(vec![0]), Some(vec![1, 2]), None, Some(vec![]), Some(vec![3, 5])];
    for first in [0, 3, 6] {
        let mut bench = Bench::new(&catalogue, definition(&shipped, &after, 0b10_1010));
        for step in 0..600 {
            for what in [0, 3, 6] {
                bench.play(&catalogue, (what, first + step, 1));
            }
        }
        assert!(bench.project.completed, "from task {first}");
    }
}
