//! Accesses of the client: asked for, received, looked at, deleted; what they say is never in the log (PF-86).

use super::ProjectCommand;
use super::event::ProjectEvent;
use super::rules::may_lead;
use super::state::Project;
use crate::domain::definition::{self, Gate, Text};
use crate::domain::{Actor, Asked, Fact, Refusal, Round, TaskId, Timestamp};

/// An access as it stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Access {
    pub sendings: u32,
    /// Addresses of this sending and of those before it are closed.
    pub closed: u32,
    /// Since when it is waited for: the anchor of its reminder. Asking again does not move it.
    pub asked: Option<Timestamp>,
    pub received: Option<Timestamp>,
    /// It lies encrypted in the database.
    pub kept: bool,
}

/// How far an access has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessState {
    NotAsked,
    Asked,
    Received,
    /// Somebody of ours has tried it (G4).
    Confirmed,
    /// None is needed, said the PM.
    NotNeeded,
}

impl AccessState {
    /// The word for machines, such as `not_asked`.
    pub fn word(self) -> &'static str {
        match self {
            Self::NotAsked => "not_asked",
            Self::Asked => "asked",
            Self::Received => "received",
            Self::Confirmed => "confirmed",
            Self::NotNeeded => "not_needed",
        }
    }
}

/// What people read: `search_console` is search console.
pub fn words(item: &str) -> String {
    item.replace('_', " ")
}

type Order = Asked<ProjectCommand>;

/// The client is asked for it by an address of its own.
pub fn ask(project: &Project, asked: &Order, item: &str) -> Result<Vec<ProjectEvent>, Refusal> {
    let task = known(project, item)?;
    if !works_with(project, asked, item) {
        may_lead(project, asked, "access")?;
    }
    if project.completed {
        return Err(Refusal::ProjectOver);
    }
    Ok(vec![asked_for(project, task, item)])
}

/// A button asks for it, but only while nobody has: a second press sends the client nothing.
pub fn ask_once(project: &Project, item: &str) -> Result<Option<ProjectEvent>, Refusal> {
    let task = known(project, item)?;
    let is_first = project.access_state(item) == AccessState::NotAsked;
    Ok(is_first.then(|| asked_for(project, task, item)))
}

fn asked_for(project: &Project, task: TaskId, item: &str) -> ProjectEvent {
    let sending = project.accesses.get(item).map_or(0, |access| access.sendings) + 1;
    ProjectEvent::AccessAsked { task, access: item.to_owned(), sending }
}

/// It came: through an open address, or by the staff.
pub fn receive(
    project: &Project,
    asked: &Order,
    item: &str,
    sending: Option<u32>,
) -> Result<Vec<ProjectEvent>, Refusal> {
    known(project, item)?;
    if project.completed {
        return Err(Refusal::ProjectOver);
    }
    match sending {
        Some(sending) if !project.is_access_open(item, sending) => return Err(Refusal::LinkExpired),
        Some(_) if asked.by == Actor::LinkHolder => {}
        Some(_) | None if works_with(project, asked, item) => {}
        Some(_) | None => may_lead(project, asked, "access")?,
    }
    Ok(vec![ProjectEvent::AccessReceived { access: item.to_owned(), sending }])
}

/// A named role looks at it. Each look has a name: the operator of the machine has none.
pub fn view(project: &Project, asked: &Order, item: &str) -> Result<Vec<ProjectEvent>, Refusal> {
    known(project, item)?;
    let rules = project.opened.as_ref().map(|opened| &opened.definition.rules);
    let roles = rules.map(|rules| rules.see_accesses.clone()).unwrap_or_default();
    let by = asked.by.person();
    let holds =
        |role: &String| by.is_some() && (asked.world.roles.contains(role) || by == project.holder(role));
    if !roles.iter().any(holds) && !works_with(project, asked, item) {
        return Err(Refusal::NotYourAccess { roles });
    }
    if !project.accesses.get(item).is_some_and(|access| access.kept) {
        return Err(Refusal::AccessEmpty { item: item.to_owned() });
    }
    Ok(vec![ProjectEvent::AccessViewed { access: item.to_owned() }])
}

/// Once nothing more is to be done, nothing is kept.
pub fn purge(project: &Project) -> Vec<ProjectEvent> {
    let kept = project.accesses.iter().filter(|(_, access)| access.kept);
    let items: Vec<String> = kept.map(|(item, _)| item.clone()).collect();
    if items.is_empty() { Vec::new() } else { vec![ProjectEvent::AccessesPurged { accesses: items }] }
}

/// The first task that needs the access, or a refusal that names those there are.
fn known(project: &Project, item: &str) -> Result<TaskId, Refusal> {
    let found =
        project.tasks.iter().find(|task| project.plan(&task.id).is_some_and(|plan| needs(plan, item)));
    let known = || project.access_items();
    found
        .map(|task| task.id.clone())
        .ok_or_else(|| Refusal::NoAccess { item: item.to_owned(), known: known() })
}

fn gates(plan: &definition::Task) -> impl Iterator<Item = &str> {
    plan.start_needs.iter().chain(&plan.finish_needs).filter_map(item_of)
}

/// The access that a gate waits for, if it is one.
pub fn item_of(gate: &Gate) -> Option<&str> {
    match gate {
        Gate::Access(item) => Some(item.as_str()),
        Gate::Form(_)
        | Gate::Paid(_)
        | Gate::Field(_)
        | Gate::Button(_)
        | Gate::Approved(_)
        | Gate::Acknowledged(_) => None,
    }
}

fn needs(plan: &definition::Task, item: &str) -> bool {
    gates(plan).any(|gate| gate == item)
}

/// Whether the asker does a task that needs it.
fn works_with(project: &Project, asked: &Order, item: &str) -> bool {
    let by = asked.by.person();
    let mut tasks = project.tasks.iter().filter_map(|task| Some((task, project.plan(&task.id)?)));
    by.is_some() && tasks.any(|(task, plan)| needs(plan, item) && project.assignee(&task.id) == by)
}

impl Project {
    /// Every access that a task needs, in the order of the tasks.
    pub fn access_items(&self) -> Vec<String> {
        let mut items: Vec<String> = Vec::new();
        for plan in self.opened.iter().flat_map(|opened| opened.definition.tasks()) {
            for item in gates(plan) {
                if !items.iter().any(|known| known == item) {
                    items.push(item.to_owned());
                }
            }
        }
        items
    }

    /// What people call an access: as the template says where it asks for it, else its id.
    pub fn access_title(&self, item: &str) -> Text {
        let tasks = self.opened.iter().flat_map(|opened| opened.definition.tasks());
        let mut asking =
            tasks.flat_map(|plan| &plan.buttons).filter(|button| button.ask_access.as_deref() == Some(item));
        let named = asking.find_map(|button| button.access_title.clone());
        named.unwrap_or_else(|| Text::plain(&words(item)))
    }

    /// Accesses that a task waits for and that nobody has tried yet.
    pub fn accesses_awaited_by<'a>(&'a self, plan: &'a definition::Task) -> impl Iterator<Item = &'a str> {
        let is_open = |item: &&str| match self.access_state(item) {
            AccessState::NotAsked | AccessState::Asked | AccessState::Received => true,
            AccessState::Confirmed | AccessState::NotNeeded => false,
        };
        gates(plan).filter(is_open)
    }

    /// How far an access has come.
    pub fn access_state(&self, item: &str) -> AccessState {
        let gate = Gate::Access(item.to_owned());
        if self.overrides.iter().any(|passed| passed.gate.as_ref() == Some(&gate)) {
            return AccessState::NotNeeded;
        }
        if self.tasks.iter().any(|task| task.confirmed.contains(&gate)) {
            return AccessState::Confirmed;
        }
        match self.accesses.get(item) {
            Some(Access { received: Some(_), .. }) => AccessState::Received,
            Some(Access { sendings: 1.., .. }) => AccessState::Asked,
            Some(_) | None => AccessState::NotAsked,
        }
    }

    /// Since when the client has been asked for it in vain, and the first sending of that time: each has its own
    /// reminders (PF-87).
    pub fn access_awaited(&self, item: &str) -> Option<(Round, Timestamp)> {
        let access = self.accesses.get(item).filter(|_| self.access_state(item) == AccessState::Asked)?;
        Some((access.closed + 1, access.asked?))
    }

    /// Whether the address of a sending still takes an access.
    pub fn is_access_open(&self, item: &str, sending: u32) -> bool {
        let access = self.accesses.get(item);
        access.is_some_and(|access| sending > access.closed && sending <= access.sendings) && !self.completed
    }

    pub(super) fn apply_access(&mut self, fact: &Fact<ProjectEvent>) {
        if let ProjectEvent::AccessAsked { access: item, sending, .. } = &fact.event {
            let access = self.accesses.entry(item.clone()).or_default();
            access.sendings = *sending;
            // What came did not work, or nobody waited before: a wait of its own begins.
            if access.received.take().is_some() || access.asked.is_none() {
                access.asked = Some(fact.at);
            }
        }
        if let ProjectEvent::AccessReceived { access: item, .. } = &fact.event {
            let access = self.accesses.entry(item.clone()).or_default();
            (access.closed, access.received, access.kept) = (access.sendings, Some(fact.at), true);
        }
        if let ProjectEvent::AccessesPurged { accesses } = &fact.event {
            for (_, access) in self.accesses.iter_mut().filter(|(item, _)| accesses.contains(item)) {
                access.kept = false;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::definition::{Reminder, ReminderClock, ReminderWhen, Term, Unit};
    use crate::domain::project::testing::*;

    fn with_access() -> Given {
        completed("brief").planned("plan", |plan| plan.start_needs = vec![gate()])
    }

    fn asking(item: &str) -> ProjectCommand {
        ProjectCommand::AskAccess { item: item.into() }
    }

    fn receiving(sending: Option<u32>) -> ProjectCommand {
        ProjectCommand::ReceiveAccess { item: "instagram".into(), sending }
    }

    fn looking() -> ProjectCommand {
        ProjectCommand::ViewAccess { item: "instagram".into() }
    }

    fn state(given: &Given) -> &'static str {
        given.state.access_state("instagram").word()
    }

    #[test]
    fn an_access_goes_from_not_asked_to_confirmed() {
        let given = with_access().by("maksym");
        assert_eq!((state(&given), given.state.access_items()), ("not_asked", vec!["instagram".to_owned()]));
        given.clone().by("taras").when(asking("instagram")).refused("not-allowed");
        given.when(asking("facebook")).refused("no-access");
        let asked = given.given(asking("instagram"));
        assert_eq!(state(&asked), "asked");
        let received = asked.by_link().given(receiving(Some(1)));
        assert_eq!(state(&received), "received");
        received.when(receiving(Some(1))).refused("link-expired");
        let tried = ProjectCommand::ConfirmGate { task: "plan".into(), gate: gate(), comment: content() };
        assert_eq!(state(&received.by("maksym").given(tried)), "confirmed");
    }

    fn chased() -> Given {
        let reminder = Reminder {
            when: ReminderWhen::AccessNotReceived,
            form: None,
            access: Some("instagram".into()),
            clock: ReminderClock::After(Term { hundredths: 200, unit: Unit::BusinessDays }),
            tell_client: Some("access-reminder".into()),
            tell_staff: None,
            repeat: None,
            then_tell_staff: Some("staff-access-stuck".into()),
        };
        with_access().planned("plan", |plan| plan.remind = vec![reminder]).by("maksym")
    }

    fn waits(given: &Given) -> Vec<String> {
        given.timers().into_iter().filter(|timer| timer.contains("remind/")).collect()
    }

    #[test]
    fn an_access_that_was_asked_for_is_asked_for_again_until_it_is_there() {
        let given = chased();
        assert_eq!(waits(&given), Vec::<String>::new(), "nobody was asked");
        let asked = given.given(asking("instagram"));
        assert_eq!(waits(&asked), ["Wed 11-25 10:00 remind/plan/1/0/0"]);
        let twice = asked.clone().later(7_200).given(asking("instagram"));
        assert_eq!(waits(&twice), waits(&asked), "asking again starts no second clock");
        let remind = ProjectCommand::Remind { task: "plan".into(), round: 1, reminder: 0, rung: 0 };
        let late = asked.clone().at("2026-11-25 10:00");
        late.when(remind.clone()).then(&["reminder_sent"]);
        let here = asked.by_link().given(receiving(Some(1)));
        assert_eq!(waits(&here), Vec::<String>::new());
        here.clone().at("2026-11-25 10:00").when(remind).then(&[]);
        // It did not work: asked for once more, it has a clock of its own.
        let again = here.at("2026-11-27 12:00").by("maksym").given(asking("instagram"));
        assert_eq!(state(&again), "asked");
        assert_eq!(waits(&again), ["Tue 12-01 12:00 remind/plan/2/0/0"]);
    }

    #[test]
    fn a_button_asks_for_an_access_once() {
        let given = in_progress("ads").planned("plan", |plan| plan.finish_needs = vec![gate()]).planned(
            "ads",
            |plan| {
                plan.buttons[0].ask_access = Some("instagram".into());
                plan.buttons[0].needs.clear();
                plan.buttons[0].once = false;
            },
        );
        given.when(press("ads", "launched")).then(&["button_pressed", "access_asked"]);
        given.given(press("ads", "launched")).when(press("ads", "launched")).refused("button-used");
    }

    fn gate() -> Gate {
        Gate::Access("instagram".into())
    }

    #[test]
    fn only_named_roles_and_whoever_works_with_it_look_at_it() {
        let kept = with_access().given(receiving(None));
        for person in ["olena", "ihor", "maksym"] {
            kept.clone().by(person).when(looking()).then(&["access_viewed"]);
        }
        for person in ["taras", "nadiia", "sofiia"] {
            kept.clone().by(person).when(looking()).refused("not-your-access");
        }
        kept.clone()
            .ruled(|rules| rules.see_accesses = vec!["head".into()])
            .by("olena")
            .when(looking())
            .refused("not-your-access");
        with_access().when(looking()).refused("access-empty");
    }

    #[test]
    fn nothing_is_kept_of_a_project_that_is_over() {
        let over = ProjectCommand::CloseProject { reason: content() };
        let kept = with_access().by("olena").given(receiving(None));
        kept.when(over.clone()).then(&["project_closed", "accesses_purged"]);
        kept.given(over.clone()).when(looking()).refused("access-empty");
        with_access().by("olena").when(over).then(&["project_closed"]);
    }
}
