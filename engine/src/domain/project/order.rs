//! The order of tasks: one after another, unless the template names what a task waits for (PF-38, SC-30).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::event::ProjectEvent;
use super::state::{Project, Status, Task};
use crate::domain::definition::{self, Definition, Reminder};
use crate::domain::{Fact, TaskId};

/// Each task of a period with those right before it.
type Before = BTreeMap<TaskId, Vec<TaskId>>;

impl Project {
    /// The first task that has to be over before `id` and is not.
    pub fn unfinished_before(&self, id: &TaskId) -> Option<&Task> {
        let order = Order::of(self, id.period());
        let mut open = self.tasks.iter().filter(|task| !task.status.is_over());
        open.find(|task| order.is_before(&task.id, id))
    }

    /// Whether `later` may not start before `earlier` is over.
    pub fn waits_for(&self, later: &TaskId, earlier: &TaskId) -> bool {
        Order::of(self, later.period()).is_before(earlier, later)
    }

    /// The first task that `id` leads to, cancelled ones left out.
    pub fn next_after(&self, id: &TaskId) -> Option<&Task> {
        let ours = self.tasks.iter().position(|task| task.id == *id)?;
        let mut later = self.tasks.iter().skip(ours + 1).filter(|task| task.status != Status::Cancelled);
        later.find(|task| self.waits_for(&task.id, id))
    }

    /// The waiting tasks whose turn it is, `ending` taken as over already.
    pub fn turns_after(&self, ending: Option<&TaskId>) -> Vec<&Task> {
        let is_over = |task: &&Task| task.status.is_over() || Some(&task.id) == ending;
        let open: Vec<&Task> = self.tasks.iter().filter(|task| !is_over(task)).collect();
        let Some(first) = open.iter().map(|task| task.id.period()).min() else { return Vec::new() };
        let order = Order::of(self, first);
        let waiting = open.iter().filter(|task| task.status == Status::Waiting && task.id.period() == first);
        let is_turn = |task: &&&Task| !open.iter().any(|other| order.is_before(&other.id, &task.id));
        waiting.filter(is_turn).copied().collect()
    }

    pub(super) fn apply_order(&mut self, fact: &Fact<ProjectEvent>) {
        if let ProjectEvent::TaskInserted { task, after, plan } = &fact.event {
            self.insert(task, after, plan);
        }
        if let ProjectEvent::DefinitionChanged { definition, tasks } = &fact.event {
            let kept = self.kept_from_a_yes();
            *self = std::mem::take(self).following(Arc::clone(definition), tasks);
            self.count_silence_anew(&kept, fact.at);
        }
    }

    fn insert(&mut self, id: &TaskId, after: &TaskId, plan: &definition::Task) {
        let place = self.tasks.iter().position(|task| task.id == *after);
        self.tasks.insert(place.map_or(self.tasks.len(), |place| place + 1), Task::new(id.clone()));
        self.inserted.push((id.clone(), after.clone()));
        let Some(opened) = &mut self.opened else { return };
        for stage in &mut Arc::make_mut(&mut opened.definition).stages {
            if let Some(place) = stage.tasks.iter().position(|plan| plan.id == after.plan_id()) {
                stage.tasks.insert(place + 1, plan.clone());
            }
        }
    }

    /// The project with another version of its template and these tasks, each as it stands.
    #[must_use]
    pub(super) fn following(mut self, definition: Arc<Definition>, tasks: &[TaskId]) -> Self {
        let mut known: BTreeMap<TaskId, Task> =
            self.tasks.drain(..).map(|task| (task.id.clone(), task)).collect();
        let Some(opened) = &mut self.opened else { return self };
        let before = std::mem::replace(&mut opened.definition, definition);
        for id in tasks {
            let mut task = known.remove(id).unwrap_or_else(|| Task::new(id.clone()));
            let plan =
                |definition: &Definition| definition.tasks().find(|plan| plan.id == id.plan_id()).cloned();
            if let Some((old, new)) = plan(&before).zip(plan(&opened.definition)) {
                follow(&mut task, &old, &new);
            }
            self.tasks.push(task);
        }
        self
    }

    /// Tasks of a period, in their order.
    fn in_period(&self, period: u32) -> impl Iterator<Item = &TaskId> {
        self.tasks.iter().map(|task| &task.id).filter(move |id| id.period() == period)
    }
}

/// What the template knows by its place goes where that place is now: ticks, notes, and how often was reminded.
fn follow(task: &mut Task, old: &definition::Task, new: &definition::Task) {
    let moved = moved_ticks(&task.ticked, &old.checklist, &new.checklist);
    let note = |(from, to): (&u32, &u32)| Some((*to, task.notes.get(from)?.clone()));
    task.notes = moved.iter().filter_map(note).collect();
    task.ticked = moved.into_values().collect();
    let places = moved_reminders(&old.remind, &new.remind);
    let reminded = std::mem::take(&mut task.clocks.reminded).into_iter();
    task.clocks.reminded =
        reminded.filter_map(|((round, place), sent)| Some(((round, *places.get(&place)?), sent))).collect();
}

/// Where each reminder stands now: the very same one, else one about the same thing.
fn moved_reminders(before: &[Reminder], after: &[Reminder]) -> BTreeMap<u32, u32> {
    let about = |reminder: &Reminder| {
        let clock = std::mem::discriminant(&reminder.clock);
        (reminder.when, reminder.form.clone(), reminder.access.clone(), clock)
    };
    let mut free: Vec<(u32, &Reminder)> = (0..).zip(after).collect();
    let mut moved = BTreeMap::new();
    let is_same = |old: &Reminder, new: &Reminder| old == new;
    let is_alike = |old: &Reminder, new: &Reminder| about(old) == about(new);
    for fits in [&is_same as &dyn Fn(&Reminder, &Reminder) -> bool, &is_alike] {
        for (place, old) in (0..).zip(before) {
            let at = free.iter().position(|(_, new)| fits(old, new)).filter(|_| !moved.contains_key(&place));
            if let Some(at) = at {
                moved.insert(place, free.remove(at).0);
            }
        }
    }
    moved
}

/// Ticks go with the words of their line: where each stood, and where it stands.
fn moved_ticks(
    ticked: &BTreeSet<u32>,
    before: &[definition::Item],
    after: &[definition::Item],
) -> BTreeMap<u32, u32> {
    let text = |item: &u32| before.get(usize::try_from(*item).ok()?.checked_sub(1)?).map(|line| &line.text);
    let mut words: Vec<_> = ticked.iter().filter_map(|item| Some((*item, text(item)?))).collect();
    let mut moved = BTreeMap::new();
    for (item, line) in (1..).zip(after) {
        if let Some(at) = words.iter().position(|(_, words)| **words == line.text) {
            moved.insert(words.remove(at).0, item);
        }
    }
    moved
}

/// What comes before what in one period; everything of earlier periods comes before it.
struct Order {
    period: u32,
    /// Each task with all that has to be over before it; places in the list where it is a plain line.
    known: Known,
}

enum Known {
    Line(BTreeMap<TaskId, usize>),
    Graph(BTreeMap<TaskId, BTreeSet<TaskId>>),
}

impl Order {
    fn of(project: &Project, period: u32) -> Self {
        let plans = || project.opened.iter().flat_map(|opened| opened.definition.tasks());
        let known = if plans().all(|plan| plan.after.is_none()) {
            Known::Line(project.in_period(period).cloned().zip(0..).collect())
        } else {
            Known::Graph(closure(&directly(project, period)))
        };
        Self { period, known }
    }

    fn is_before(&self, earlier: &TaskId, later: &TaskId) -> bool {
        if earlier.period() != self.period || later.period() != self.period {
            return earlier.period() < later.period();
        }
        match &self.known {
            Known::Line(places) => places.get(earlier) < places.get(later),
            Known::Graph(before) => before.get(later).is_some_and(|before| before.contains(earlier)),
        }
    }
}

/// What stands right before each task of a period.
fn directly(project: &Project, period: u32) -> Before {
    let Some(opened) = &project.opened else { return Before::new() };
    let ids: BTreeSet<&TaskId> = project.in_period(period).collect();
    let mut before = Before::new();
    let mut last: Option<&TaskId> = None;
    for id in project.in_period(period) {
        let after = project.plan(id).and_then(|plan| plan.after.as_ref());
        let found: BTreeSet<TaskId> = match after {
            None => last.into_iter().cloned().collect(),
            Some(names) => {
                let stands = |name: &String| standing(&opened.definition, name, (period, &ids), 0);
                names.iter().flat_map(stands).collect()
            }
        };
        before.insert(id.clone(), found.into_iter().collect());
        last = Some(id);
    }
    for (place, (new, anchor)) in project.inserted.iter().enumerate() {
        // One that was put there later stands before this one, not after it.
        let younger: BTreeSet<&TaskId> = project.inserted[place..].iter().map(|(id, _)| id).collect();
        let follow = before.iter_mut().filter(|(id, _)| !younger.contains(id));
        for found in follow.flat_map(|(_, found)| found).filter(|found| *found == anchor) {
            *found = new.clone();
        }
    }
    before
}

/// The task of that name in the period, or, where the period has none, what stands before it there.
fn standing(
    definition: &Definition,
    name: &str,
    (period, ids): (u32, &BTreeSet<&TaskId>),
    depth: usize,
) -> Vec<TaskId> {
    let id = TaskId::of(name, period);
    if ids.contains(&id) {
        return vec![id];
    }
    let plans: Vec<&definition::Task> = definition.tasks().collect();
    let Some(at) = plans.iter().position(|plan| plan.id == name).filter(|_| depth < plans.len()) else {
        return Vec::new();
    };
    let previous = || at.checked_sub(1).map(|at| plans[at].id.clone());
    let names = plans[at].after.clone().unwrap_or_else(|| previous().into_iter().collect());
    names.iter().flat_map(|name| standing(definition, name, (period, ids), depth + 1)).collect()
}

/// Everything that comes before each task, however far.
fn closure(before: &Before) -> BTreeMap<TaskId, BTreeSet<TaskId>> {
    let all = before.keys().map(|id| {
        let mut found: BTreeSet<TaskId> = BTreeSet::new();
        let mut next: Vec<&TaskId> = before.get(id).into_iter().flatten().collect();
        while let Some(one) = next.pop() {
            if found.insert(one.clone()) {
                next.extend(before.get(one).into_iter().flatten());
            }
        }
        (id.clone(), found)
    });
    all.collect()
}

#[cfg(test)]
mod tests {
    use crate::domain::definition::Months;
    use crate::domain::project::testing::*;

    /// `brief`, then `text` and `picture` side by side, then `poster` when both are done.
    fn parallel() -> Given {
        let plan = |id: &str, after: &[&str]| {
            let mut plan = task(id, "pm");
            plan.auditor = None;
            plan.after = Some(after.iter().map(|id| (*id).to_owned()).collect());
            plan
        };
        let mut definition = definition();
        definition.stages[0].tasks = vec![
            plan("brief", &[]),
            plan("text", &["brief"]),
            plan("picture", &["brief"]),
            plan("poster", &["text", "picture"]),
        ];
        opened_as(definition)
    }

    fn done(given: &Given, id: &str) -> Given {
        given.given(start(id)).given(submit(id))
    }

    #[test]
    fn tasks_after_the_same_one_open_together_and_the_next_waits_for_both() {
        let both = done(&parallel(), "brief");
        assert_eq!(both.statuses(), ["completed", "ready", "ready", "waiting"]);
        let one = done(&both.given(start("picture")), "text");
        assert_eq!(one.statuses(), ["completed", "completed", "in_progress", "waiting"]);
        one.when(start("poster")).refused("not-its-turn");
        one.when(submit("picture")).then(&["task_submitted", "task_completed", "task_ready"]);
        let last = done(&one.given(submit("picture")), "poster");
        assert!(last.state.completed);
    }

    #[test]
    fn a_branch_that_is_cancelled_is_not_waited_for() {
        let both = done(&parallel(), "brief");
        let one = both.given(cancel("picture"));
        assert_eq!(one.statuses(), ["completed", "ready", "cancelled", "waiting"]);
        assert_eq!(done(&one, "text").statuses()[3], "ready");
    }

    #[test]
    fn only_what_waits_for_a_decision_stands_in_the_way_of_taking_it_back() {
        let asked = done(&parallel(), "brief").planned("text", |plan| {
            plan.approval = crate::domain::definition::Approval::Required;
        });
        let approved = done(&asked, "text").by("sofiia").given(approve("text", 1));
        let beside = approved.by("olena").given(start("picture")).by("sofiia");
        beside.when(undo("text", 1)).then(&["decision_undone"]);
        let joined = beside.by("olena").given(submit("picture"));
        assert_eq!(joined.statuses()[3], "ready");
        joined.clone().by("sofiia").when(undo("text", 1)).then(&["decision_undone", "task_unreadied"]);
        joined.given(start("poster")).by("sofiia").when(undo("text", 1)).refused("undo-next-started");
    }

    #[test]
    fn several_tasks_without_anything_before_them_open_with_the_project() {
        let mut definition = definition();
        let tasks = &mut definition.stages[0].tasks;
        tasks[1].after = Some(Vec::new());
        assert_eq!(opened_as(definition).statuses(), ["ready", "ready", "waiting"]);
    }

    #[test]
    fn in_a_period_without_a_task_what_stood_before_it_takes_its_place() {
        let mut definition = month_by_month(crate::domain::definition::NextRound::WhenThePmSaysSo);
        let tasks = &mut definition.stages[0].tasks;
        tasks[0].months = Months::First;
        tasks[1].after = Some(vec!["work".into()]);
        tasks[2].after = Some(vec!["report".into()]);
        let open = crate::domain::project::ProjectCommand::OpenPeriod { period: 2 };
        let state = opened_as(definition).given(open).state;
        assert!(state.waits_for(&"payment.2".into(), &"report.2".into()));
        assert!(!state.waits_for(&"report.2".into(), &"payment.2".into()));
        assert!(state.waits_for(&"report.2".into(), &"payment".into()), "a period waits for the one before");
    }
}
