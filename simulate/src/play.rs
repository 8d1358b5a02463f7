//! The play: the clock jumps to whatever comes next, a timer or a player, until nothing comes any more.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{Days, NaiveTime};
use engine::app::{Along, Answer, Ask, HandIn, HandedIn};
use engine::domain::calendar::Calendar;
use engine::domain::definition::{Field, Gate, Kind};
use engine::domain::effect::TimerCommand;
use engine::domain::field::{Entered, Value};
use engine::domain::gate::{missing_to_finish, missing_to_start};
use engine::domain::project::event::{ContentRef, FilledBy};
use engine::domain::project::{AccessState, Project, ProjectCommand, ProjectEvent, Status};
use engine::domain::refusal::Missing;
use engine::domain::{Actor, Fact, PaymentId, PersonId, Refusal, Round, TaskId, Timestamp};
use engine::store::change::Content;
use engine::store::letters;
use engine::timekeeper;

use crate::agenda::{Act, Agenda, Deed};
use crate::entry::Entry;
use crate::load::Shifts;
use crate::report::{End, Given, Report};
use crate::sample::{self, Pen};
use crate::stage::{APPROVER, Stage, text};
use crate::told::{self, Teller};
use crate::wish::{Manner, SimulateError, Wish};
use crate::{client, staff};

/// More steps than any sensible template needs.
const MOST_STEPS: usize = 20_000;

/// Lives through a template and tells what happened.
///
/// # Errors
/// When the example project cannot be opened, a timer fails, or there is no end.
pub async fn simulate(wish: &Wish) -> Result<Report, SimulateError> {
    let calendar = wish.catalogue.agency().calendar.clone();
    let started = calendar.opening(calendar.instant(wish.start.and_time(NaiveTime::MIN)));
    let stage = Stage::set(wish, started).await?;
    let seen = (stage.prepared, 0);
    let mut play = Play {
        wish,
        teller: Teller::new(wish),
        calendar,
        project: Arc::default(),
        stage,
        now: started,
        agenda: Agenda::default(),
        waiting: BTreeSet::new(),
        sent_back: false,
        seen,
        shifts: Shifts::default(),
        entries: Vec::new(),
        given: Vec::new(),
        facts: Vec::new(),
    };
    play.take_note().await?;
    let end = play.run().await?;
    // What the quiet hours hold back is read in the morning.
    play.entries.sort_by_key(|entry| entry.at);
    let report = play.report(started, end);
    play.stage.app.store().close().await;
    Ok(report)
}

struct Play<'a> {
    wish: &'a Wish,
    stage: Stage,
    teller: Teller<'a>,
    calendar: Calendar,
    project: Arc<Project>,
    now: Timestamp,
    agenda: Agenda,
    /// Tasks that would go on if a gate were open, and of which that was told.
    waiting: BTreeSet<TaskId>,
    /// The client has sent a result back; once is enough.
    sent_back: bool,
    /// The last fact and the last message that were looked at.
    seen: (i64, i64),
    shifts: Shifts,
    entries: Vec<Entry>,
    given: Vec<Given>,
    facts: Vec<(Timestamp, ProjectEvent)>,
}

impl Play<'_> {
    async fn run(&mut self) -> Result<End, SimulateError> {
        let last = self.wish.until.and_then(|day| day.checked_add_days(Days::new(1)));
        let last = last.map(|day| self.calendar.instant(day.and_time(NaiveTime::MIN)));
        for _ in 0..MOST_STEPS {
            if let Some(end) = self.is_over() {
                return Ok(end);
            }
            let (timer, act) = (self.next_timer().await?, self.agenda.next_at());
            let Some(next) = timer.into_iter().chain(act).min() else {
                return Ok(End::Stuck(self.teller.waited_for(&self.project)));
            };
            if let Some((last, day)) = last.zip(self.wish.until)
                && next >= last
            {
                return Ok(End::Until(day));
            }
            self.now = self.now.max(next);
            if timer.is_some_and(|timer| timer <= self.now) {
                self.fire().await?;
            } else if let Some((_, act)) = self.agenda.take() {
                self.act(act).await?;
            }
            self.take_note().await?;
        }
        Err(SimulateError::Endless)
    }

    fn is_over(&self) -> Option<End> {
        if self.project.completed {
            return Some(End::Finished);
        }
        self.project.repeats()?;
        let periods = self.wish.periods;
        let through = self.project.last_period() >= periods && self.project.is_through(periods);
        through.then_some(End::Periods(periods))
    }

    async fn next_timer(&self) -> Result<Option<Timestamp>, SimulateError> {
        let pending = self.stage.app.store().pending_timers().await?;
        // What the agency itself does for ever, such as a daily digest, keeps no project going.
        let is_ours = |command: &TimerCommand| {
            matches!(command, TimerCommand::Project { .. } | TimerCommand::Client { .. })
        };
        let ours = pending.iter().filter(|timer| timer.command().is_ok_and(|command| is_ours(&command)));
        let due = ours.map(|timer| timer.due);
        Ok(due.min())
    }

    async fn fire(&mut self) -> Result<(), SimulateError> {
        let report = timekeeper::tick(&self.stage.app, self.now).await?;
        if report.failed == 0 {
            return Ok(());
        }
        let shown = self.stage.app.store().timers(50).await?;
        let error =
            shown.into_iter().find_map(|shown| Some(format!("{}: {}", shown.timer.key, shown.error?)));
        Err(SimulateError::Timer(error.unwrap_or_default()))
    }

    /// Everything new: told, counted, and answered by the players.
    async fn take_note(&mut self) -> Result<(), SimulateError> {
        let (store, id) = (self.stage.app.store().clone(), self.stage.project.clone());
        self.project = self.stage.app.project_state(&id).await?.unwrap_or_default();
        let events = store.events(self.seen.0, 1_000).await?;
        let mut letters = letters::written(&store, self.seen.1).await?;
        let last = letters.last().map_or(self.seen.1, |letter| letter.id);
        letters.retain(|letter| letter.position.is_none_or(|position| position > self.stage.prepared));
        self.seen.0 = events.last().map_or(self.seen.0, |event| event.position);
        self.seen.1 = last;
        letters::arrive(&store, last).await?;
        for event in events {
            if event.stream == id.stream() {
                let fact = event.fact::<ProjectEvent>()?;
                self.note(&fact);
            }
            let (about, others) =
                letters.into_iter().partition(|letter| letter.position == Some(event.position));
            letters = others;
            self.entries.extend(self.teller.letters(about));
        }
        self.entries.extend(self.teller.letters(letters));
        self.go_on();
        Ok(())
    }

    fn note(&mut self, fact: &Fact<ProjectEvent>) {
        self.entries.extend(self.teller.fact(&self.project, fact));
        self.shifts.note(&fact.event, self.calendar.local(fact.at).date());
        staff::plan(&mut self.agenda, &self.project, &self.calendar, fact);
        client::plan(&mut self.agenda, self.wish.manner, &self.project, &self.calendar, fact);
        self.facts.push((fact.at, fact.event.clone()));
    }

    /// Whoever waited for a gate notices within half an hour that it is open.
    fn go_on(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        for id in waiting {
            let Some(task) = self.project.task(&id) else { continue };
            let soon = self.calendar.plus(self.now, staff::minutes(30));
            match task.status {
                Status::Ready if missing_to_start(&self.project, task).is_empty() => {
                    self.agenda.add(soon, Act::Start(id));
                }
                Status::InProgress if missing_to_finish(&self.project, task).is_empty() => {
                    self.agenda.add(soon, Act::HandOver(id));
                }
                Status::Ready | Status::InProgress => {
                    self.waiting.insert(id);
                }
                Status::Waiting
                | Status::Paused
                | Status::InReview
                | Status::AwaitingApproval
                | Status::Rework
                | Status::Completed
                | Status::Cancelled => {}
            }
        }
    }

    async fn act(&mut self, act: Act) -> Result<(), SimulateError> {
        match act {
            Act::Start(task) => self.start(task).await,
            Act::Press(task, button) => self.press(task, &button).await,
            Act::HandOver(task) => self.hand_over(task).await,
            Act::Check(task) => self.check(task).await,
            Act::Invoice(payment) => self.invoice(payment).await,
            Act::OpenPeriod(period) => self.open_period(period).await,
            Act::FillIn(form) => self.fill_in(form).await,
            Act::Decide(task, round) => self.decide(task, round).await,
            Act::Remark(task, round) => self.remark(task, round).await,
            Act::Pay(payment) => self.pay(payment).await,
            Act::Agree(task, rules, sending) => self.agree(task, rules, sending).await,
            Act::GiveAccess(item, sending) => self.give_access(item, sending).await,
        }
    }

    fn status(&self, task: &TaskId) -> Option<Status> {
        self.project.task(task).map(|task| task.status)
    }

    async fn start(&mut self, task: TaskId) -> Result<(), SimulateError> {
        let status = self.status(&task);
        if !matches!(status, Some(Status::Ready | Status::Rework)) {
            return Ok(());
        }
        self.appoint(&task).await?;
        let missing = self.project.task(&task).map(|state| missing_to_start(&self.project, state));
        if let Some(missing) = missing.filter(|missing| status == Some(Status::Ready) && !missing.is_empty())
        {
            if self.try_accesses(&task, &missing).await? {
                self.agenda.add(self.now, Act::Start(task));
                return Ok(());
            }
            self.wait(task.clone(), &missing);
            return self.send_forms(&task).await;
        }
        let by = self.assignee(&task);
        self.order(by, ProjectCommand::StartTask { task }, Vec::new()).await
    }

    /// The assignee tries each access that the task waits for; whether there were any.
    async fn try_accesses(&mut self, task: &TaskId, missing: &[Missing]) -> Result<bool, SimulateError> {
        let gates =
            self.project.plan(task).map(|plan| [&plan.start_needs[..], &plan.finish_needs[..]].concat());
        // What the client was asked for, or will be by a button, cannot be tried before it is there.
        let at_work = self.project.tasks.iter().filter(|task| task.status == Status::InProgress);
        let plans = at_work.filter_map(|task| self.project.plan(&task.id));
        let asks: Vec<&str> =
            plans.flat_map(|plan| &plan.buttons).filter_map(|button| button.ask_access.as_deref()).collect();
        let is_here = |item: &str| match self.project.access_state(item) {
            AccessState::NotAsked => !asks.contains(&item),
            AccessState::Asked => false,
            AccessState::Received | AccessState::Confirmed | AccessState::NotNeeded => true,
        };
        let waits = |gate: &Gate| {
            matches!(gate, Gate::Access(item) if is_here(item)) && missing.contains(&gate.missing())
        };
        let found: Vec<Gate> = gates.unwrap_or_default().into_iter().filter(waits).collect();
        for gate in &found {
            let name = format!("access-{task}-{}", self.facts.len());
            let (comment, content) = text(&name, "Доступ працює", self.now);
            let command = ProjectCommand::ConfirmGate { task: task.clone(), gate: gate.clone(), comment };
            self.order(self.assignee(task), command, vec![content]).await?;
        }
        Ok(!found.is_empty())
    }

    /// A form that a task waits for before it starts has to be sent by the PM, if no earlier button did it.
    async fn send_forms(&mut self, task: &TaskId) -> Result<(), SimulateError> {
        let needs = self.project.plan(task).map(|plan| plan.start_needs.clone()).unwrap_or_default();
        for gate in needs {
            let Gate::Form(form) = gate else { continue };
            if self.project.sent_form(&form).sendings == 0 {
                let command = ProjectCommand::SendForm { task: task.clone(), form, known: None };
                let by = staff::holder(&self.project, &["pm", "head"]);
                self.order(by, command, Vec::new()).await?;
            }
        }
        Ok(())
    }

    /// The time of a meeting is agreed before the client is invited.
    async fn appoint(&mut self, task: &TaskId) -> Result<(), SimulateError> {
        let Some((state, plan)) = self.project.task(task).zip(self.project.plan(task)) else { return Ok(()) };
        let is_meeting = plan.kind == Kind::Meeting && plan.field("at").is_some();
        if !is_meeting || state.values.contains_key("at") {
            return Ok(());
        }
        let at = staff::handed_over(&self.calendar, plan, state.due, self.now);
        let local = self.calendar.local(at).format("%Y-%m-%d %H:00").to_string();
        let values = vec![("at".to_owned(), Entered::Text(local))];
        let command = ProjectCommand::SetFields { task: task.clone(), values };
        self.order(self.assignee(task), command, Vec::new()).await?;
        self.look().await
    }

    async fn press(&mut self, task: TaskId, button: &str) -> Result<(), SimulateError> {
        let found = self.project.plan(&task).and_then(|plan| plan.button(button)).cloned();
        let Some(button) = found.filter(|_| self.status(&task) == Some(Status::InProgress)) else {
            return Ok(());
        };
        if button.send_form.as_ref().is_some_and(|form| self.project.sent_form(form).sendings > 0) {
            return Ok(());
        }
        if button.ask_agreement.as_ref().is_some_and(|rules| self.project.is_acknowledged(rules)) {
            return Ok(());
        }
        if button.needs_form.as_ref().is_some_and(|form| self.project.received_form(form).is_none()) {
            return Ok(());
        }
        let is_asked = |item: &String| self.project.access_state(item) != AccessState::NotAsked;
        if button.ask_access.as_ref().is_some_and(is_asked) {
            return Ok(());
        }
        self.fill(&task, |field| button.needs.contains(&field.id)).await?;
        let command = ProjectCommand::PressButton { task: task.clone(), button: button.id };
        self.order(self.assignee(&task), command, Vec::new()).await
    }

    /// Everything filled in and ticked; handed over if nothing else is missing.
    async fn hand_over(&mut self, task: TaskId) -> Result<(), SimulateError> {
        if self.status(&task) != Some(Status::InProgress) {
            return Ok(());
        }
        self.fill(&task, |_| true).await?;
        let plan = self.project.plan(&task).cloned();
        for (item, line) in (1u32..).zip(plan.iter().flat_map(|plan| &plan.checklist)) {
            let is_ticked = self.project.task(&task).is_some_and(|task| task.ticked.contains(&item));
            if !line.optional && !is_ticked {
                let noted = line.needs_note.then(|| {
                    text(&format!("note-{task}-{item}"), sample::note(&self.wish.language), self.now)
                });
                let (note, contents) = noted.map(|(note, content)| (note, vec![content])).unzip();
                let tick = ProjectCommand::TickItem { task: task.clone(), item, done: true, note };
                self.order(self.assignee(&task), tick, contents.unwrap_or_default()).await?;
            }
        }
        self.look().await?;
        let Some(state) = self.project.task(&task) else { return Ok(()) };
        let missing = missing_to_finish(&self.project, state);
        if !missing.is_empty() {
            if self.try_accesses(&task, &missing).await? {
                self.agenda.add(self.now, Act::HandOver(task));
                return Ok(());
            }
            self.wait(task, &missing);
            return Ok(());
        }
        self.order(self.assignee(&task), ProjectCommand::SubmitTask { task }, Vec::new()).await
    }

    /// Gives values to the empty fields that are wanted, and in a later round a new one to what the client looks at.
    async fn fill(&mut self, task: &TaskId, wanted: impl Fn(&Field) -> bool) -> Result<(), SimulateError> {
        let project = Arc::clone(&self.project);
        let Some((state, plan)) = project.task(task).zip(project.plan(task)) else { return Ok(()) };
        let currency = self.stage.app.currency(&project);
        let renewed = plan.result.iter().find(|field| field.client_sees).filter(|_| state.round > 1);
        // Days that lie within a renewed period are renewed with it.
        let follows = |field: &Field, renewed: &Field| {
            field.id == renewed.id
                || field.columns.iter().any(|column| column.within.as_ref() == Some(&renewed.id))
        };
        let is_new = |field: &Field| {
            !state.values.contains_key(&field.id) || renewed.is_some_and(|renewed| follows(field, renewed))
        };
        let begun = |field: &Field| match state.values.get(&field.id) {
            Some(Value::DateRange(from, _)) => Some((field.id.clone(), *from)),
            Some(_) | None => None,
        };
        let pen = Pen {
            language: &self.wish.language,
            currency: &currency,
            task,
            round: state.round,
            now: self.now,
            today: self.calendar.local(self.now).date(),
            begun: plan.result.iter().filter(|field| !is_new(field)).filter_map(begun).collect(),
        };
        let (mut values, mut contents) = (Vec::new(), Vec::new());
        for field in plan.result.iter().filter(|field| wanted(field) && is_new(field)) {
            let (value, files) = pen.value(field, plan);
            values.push((field.id.clone(), value));
            contents.extend(files);
        }
        if values.is_empty() {
            return Ok(());
        }
        self.order(self.assignee(task), ProjectCommand::SetFields { task: task.clone(), values }, contents)
            .await
    }

    async fn check(&mut self, task: TaskId) -> Result<(), SimulateError> {
        if self.status(&task) != Some(Status::InReview) {
            return Ok(());
        }
        let by = staff::checker(&self.project, &task);
        self.order(by, ProjectCommand::AcceptTask { task, round: None }, Vec::new()).await
    }

    async fn invoice(&mut self, payment: PaymentId) -> Result<(), SimulateError> {
        let open = self.project.payment(&payment).filter(|known| known.invoice.is_none() && !known.is_paid());
        let Some(open) = open else { return Ok(()) };
        let (by, number) = (self.accountant(), format!("{}-{payment}", self.project_number()));
        // A payment that a task is about is invoiced by the task's own field.
        let in_task = open.task.clone().filter(|task| self.status(task) == Some(Status::InProgress));
        if let Some(task) = in_task {
            let values = vec![("invoice".to_owned(), Entered::Text(number))];
            return self.order(by, ProjectCommand::SetFields { task, values }, Vec::new()).await;
        }
        let command =
            ProjectCommand::InvoicePayment { payment, number, amount: None, date: None, file: None };
        self.order(by, command, Vec::new()).await
    }

    fn project_number(&self) -> String {
        self.calendar.local(self.now).format("%y%m").to_string()
    }

    async fn pay(&mut self, payment: PaymentId) -> Result<(), SimulateError> {
        if self.project.payment(&payment).is_none_or(engine::domain::project::payment::Payment::is_paid) {
            return Ok(());
        }
        let command =
            ProjectCommand::ReceivePayment { payment, amount: None, on: None, reason: None, again: false };
        self.order(self.accountant(), command, Vec::new()).await
    }

    async fn open_period(&mut self, period: u32) -> Result<(), SimulateError> {
        if period > self.wish.periods {
            return Ok(());
        }
        let by = staff::holder(&self.project, &["pm", "head"]);
        self.order(by, ProjectCommand::OpenPeriod { period }, Vec::new()).await
    }

    async fn fill_in(&mut self, form: String) -> Result<(), SimulateError> {
        let state = self.project.sent_form(&form);
        let Some(plan) = self.project.form(&form).filter(|_| state.is_out()) else { return Ok(()) };
        let today = self.calendar.local(self.now).date();
        let currency = self.stage.app.currency(&self.project);
        let typed = sample::answers(plan, &self.wish.language, &currency, today);
        let deed = Deed::FillIn { form: form.clone(), typed: typed.clone() };
        self.given.push(Given { at: self.now, by: Actor::LinkHolder, deed });
        let given = HandIn {
            project: self.stage.project.clone(),
            form,
            typed,
            sending: Some(state.sendings),
            filled: FilledBy::Client,
            by: Actor::LinkHolder,
            command_id: self.stage.command_id(),
            at: self.now,
        };
        match self.stage.app.hand_in(given).await? {
            HandedIn::Given(answer) => self.heard(answer),
            HandedIn::Wrong(wrong) => {
                let questions: Vec<String> = wrong.into_iter().map(|wrong| wrong.question).collect();
                let words = format!("the form does not take an answer for {}", questions.join(", "));
                self.entries.push(self.teller.line(self.now, "refused", None, words));
            }
        }
        Ok(())
    }

    async fn decide(&mut self, task: TaskId, round: Round) -> Result<(), SimulateError> {
        let waits = self.project.task(&task).is_some_and(|task| task.round == round);
        if !waits || self.status(&task) != Some(Status::AwaitingApproval) {
            return Ok(());
        }
        let sends_back = self.wish.manner == Manner::Typical && !std::mem::replace(&mut self.sent_back, true);
        let command = if sends_back {
            ProjectCommand::SendBack { task, round }
        } else {
            ProjectCommand::Approve { task, round }
        };
        self.order(approver(), command, Vec::new()).await
    }

    /// The client agrees to the text exactly as it was sent.
    async fn agree(&mut self, task: TaskId, rules: String, sending: u32) -> Result<(), SimulateError> {
        let sent = (&task, rules.as_str(), sending);
        let Some(shown) = self.stage.app.shown_rules(&self.stage.project, sent, self.now).await? else {
            return Ok(());
        };
        let reference = ContentRef { content: shown.content.clone(), sha256: shown.sha256.clone() };
        let command = ProjectCommand::AcknowledgeRules { task, rules, sending, shown: reference };
        self.order(approver(), command, vec![shown]).await
    }

    /// What the client would write is nobody's business, so nothing is sealed here.
    async fn give_access(&mut self, item: String, sending: u32) -> Result<(), SimulateError> {
        if !self.project.is_access_open(&item, sending) {
            return Ok(());
        }
        let command = ProjectCommand::ReceiveAccess { item, sending: Some(sending) };
        self.order(Actor::LinkHolder, command, Vec::new()).await
    }

    async fn remark(&mut self, task: TaskId, round: Round) -> Result<(), SimulateError> {
        let words = sample::remark(&self.wish.language);
        let (remark, content) = text(&format!("remark-{task}-{round}"), words, self.now);
        self.order(approver(), ProjectCommand::AddRemark { task, round, remark }, vec![content]).await
    }

    fn assignee(&self, task: &TaskId) -> Actor {
        self.project.assignee(task).cloned().map_or(Actor::Operator, Actor::Person)
    }

    fn accountant(&self) -> Actor {
        staff::holder(&self.project, &["accountant", "pm"])
    }

    fn wait(&mut self, task: TaskId, missing: &[Missing]) {
        let words = format!("waits for {}", told::missing(missing).join(", "));
        self.entries.push(self.teller.line(self.now, "waits", Some(&task), words));
        self.waiting.insert(task);
    }

    /// The state as the last order left it.
    async fn look(&mut self) -> Result<(), SimulateError> {
        let state = self.stage.app.project_state(&self.stage.project).await?;
        self.project = state.unwrap_or_default();
        Ok(())
    }

    async fn order(
        &mut self,
        by: Actor,
        command: ProjectCommand,
        contents: Vec<Content>,
    ) -> Result<(), SimulateError> {
        let deed = Deed::Order { command: Box::new(command.clone()), contents: contents.clone() };
        self.given.push(Given { at: self.now, by: by.clone(), deed });
        let along = Along { contents, ..Along::default() };
        let ask = Ask { command_id: self.stage.command_id(), at: self.now, by, command, along };
        let answer = self.stage.app.project(&self.stage.project, ask).await?;
        self.heard(answer);
        Ok(())
    }

    /// A no is part of the calendar: somebody would be told it.
    fn heard(&mut self, answer: Answer) {
        if let Answer::Refused(refusal) = answer {
            let words = self.refused(&refusal);
            self.entries.push(self.teller.line(self.now, "refused", None, words));
        }
    }

    fn refused(&self, refusal: &Refusal) -> String {
        let name = |person: &PersonId| person.0.clone();
        self.wish.catalogue.refusal_in_chat(&self.wish.language, refusal, &name)
    }

    fn report(&self, started: Timestamp, end: End) -> Report {
        let definition = &self.wish.definition;
        Report {
            service: definition.service.clone(),
            title: definition.title.in_language(&self.wish.language).to_owned(),
            manner: self.wish.manner.word(),
            language: self.wish.language.clone(),
            zone: self.calendar.zone.to_string(),
            started: self.calendar.local(started),
            ended: self.entries.last().map_or(self.calendar.local(self.now), |entry| entry.at),
            end,
            entries: self.entries.clone(),
            load: self.shifts.load(&self.project, &self.calendar),
            given: self.given.clone(),
            facts: self.facts.clone(),
        }
    }
}

fn approver() -> Actor {
    Actor::Person(PersonId(APPROVER.to_owned()))
}
