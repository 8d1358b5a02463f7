//! Questions to the staff: the value of a field, the remark of a return; the answer comes as a reply.

use engine::app::{Answer, Ask as Order};
use engine::domain::definition::Text;
use engine::domain::effect::AskPurpose;
use engine::domain::field::takes;
use engine::domain::project::event::ContentRef;
use engine::domain::project::{Project, ProjectCommand, Status};
use engine::domain::{Actor, Arg, PressKind};
use engine::store::change::{Ask, NewMessage};
use projections::directory;

use crate::bot::Bot;
use crate::fault::Fault;
use crate::on_button::Press;
use crate::on_time::choices;
use crate::post::asking;

/// What a question needs: its key, its own arguments, the key of the hint, and what the answer means.
struct Question {
    key: &'static str,
    args: Vec<(String, Arg)>,
    hint: &'static str,
    purpose: AskPurpose,
}

impl Bot {
    /// Asks the presser for what the button needs, if the domain would take it.
    pub(crate) async fn ask_in_chat(&self, press: Press<'_>) -> Result<(String, bool), Fault> {
        let button = &press.button;
        let project = self.inner.app.project_state(&button.project).await?;
        let question = project.as_deref().and_then(|project| question(self, project, &press));
        let (Some(project), Some(question)) = (project, question) else {
            return self.would_not_do(&press).await;
        };
        if let Some(said) = self.may_not(&press).await? {
            return Ok(said);
        }
        let client = project.opened.as_ref().map(|opened| opened.client.clone());
        let names = directory::clients(self.store()).await?;
        let client = names.into_iter().find(|entry| Some(&entry.client) == client.as_ref());
        let mut args = question.args;
        let user = self.store().profile(&press.who.person).await?.and_then(|profile| profile.telegram_user);
        args.push(("person".to_owned(), named(&press.who.name, user)));
        args.push(("client".to_owned(), Arg::Text(client.map(|entry| entry.name).unwrap_or_default())));
        let mut along = press.turn.along();
        along.profiles = press.who.profiles();
        if let Some(text) = self.inner.voice.text(press.language, question.key, &args) {
            let hint = self.inner.voice.word(press.language, question.hint);
            let message = NewMessage::post(press.chat, &press.turn.step("ask"), question.key, text);
            let ask = Ask { person: press.who.person.clone(), purpose: question.purpose };
            let mut message =
                asking(message, ask, (&button.project, &button.task), Some(press.message), hint);
            message.slot = Some(press.turn.step("ask"));
            press.language.clone_into(&mut message.language);
            along.messages.push(message);
        }
        self.inner.app.settle(press.turn.command_id(), press.turn.at, along).await?;
        Ok((String::new(), false))
    }

    /// Setting no field at all asks the domain who may fill the task's fields now.
    async fn may_not(&self, press: &Press<'_>) -> Result<Option<(String, bool)>, Fault> {
        if matches!(press.button.press, PressKind::Return | PressKind::Time) {
            return Ok(None);
        }
        if let Some(command) = no_to(press) {
            return self.may_not_say_no(press, command).await;
        }
        let command = ProjectCommand::SetFields { task: press.button.task.clone(), values: Vec::new() };
        match self.try_out(press, command).await? {
            Answer::Refused(refusal) => {
                self.settle(press.turn).await?;
                self.alert(press.language, &refusal).await.map(Some)
            }
            Answer::Done { .. } | Answer::AlreadySo => Ok(None),
        }
    }

    /// Whether the rules would refuse a no, whatever its reason; nothing is done yet.
    async fn may_not_say_no(
        &self,
        press: &Press<'_>,
        command: ProjectCommand,
    ) -> Result<Option<(String, bool)>, Fault> {
        let order = order(press, command);
        match self.inner.app.rehearse_project(&press.button.project, order).await? {
            Some(refusal) => self.refuse(press.turn, press.who, &refusal, press.language).await.map(Some),
            None => Ok(None),
        }
    }

    /// The question makes no sense any more: the domain says why.
    async fn would_not_do(&self, press: &Press<'_>) -> Result<(String, bool), Fault> {
        if let Some(command) = no_to(press) {
            if let Some(said) = self.may_not_say_no(press, command).await? {
                return Ok(said);
            }
            self.settle(press.turn).await?;
            return Ok((self.inner.voice.word(press.language, "nothing-to-answer"), true));
        }
        let (task, round) = (press.button.task.clone(), Some(press.button.round));
        let command = if press.button.press == PressKind::Return {
            ProjectCommand::ReturnTask { task, round, remark: None }
        } else {
            ProjectCommand::SetFields { task, values: Vec::new() }
        };
        let answer = self.try_out(press, command).await?;
        self.settle(press.turn).await?;
        match answer {
            Answer::Refused(refusal) => self.alert(press.language, &refusal).await,
            Answer::Done { .. } | Answer::AlreadySo => {
                Ok((self.inner.voice.word(press.language, "nothing-to-answer"), true))
            }
        }
    }

    async fn try_out(&self, press: &Press<'_>, command: ProjectCommand) -> Result<Answer, Fault> {
        Ok(self.inner.app.project(&press.button.project, order(press, command)).await?)
    }
}

fn order(press: &Press<'_>, command: ProjectCommand) -> Order<ProjectCommand> {
    Order {
        command_id: press.turn.step("try"),
        at: press.turn.at,
        by: Actor::Person(press.who.person.clone()),
        command,
        along: engine::app::Along { profiles: press.who.profiles(), ..engine::app::Along::default() },
    }
}

/// What the presser means to say no to, before the reason is known.
fn no_to(press: &Press<'_>) -> Option<ProjectCommand> {
    let reason = ContentRef { content: "".into(), sha256: String::new() };
    if press.button.press == PressKind::Decline {
        return Some(ProjectCommand::DeclineTask { task: press.button.task.clone(), reason });
    }
    let returns = matches!(press.button.press, PressKind::ReturnHandoff { .. });
    returns.then_some(ProjectCommand::ReturnHandoff { reason })
}

/// The question that a button stands for; `None` if the task has moved on.
fn question(bot: &Bot, project: &Project, press: &Press<'_>) -> Option<Question> {
    let button = &press.button;
    let (task, plan) = (project.task(&button.task)?, project.plan(&button.task)?);
    let words = |text: &Text| Arg::Words(text.clone());
    let mut args = vec![("task".to_owned(), words(&plan.title))];
    match &button.press {
        PressKind::Return => {
            let purpose = AskPurpose::Return {
                project: button.project.clone(),
                task: button.task.clone(),
                round: button.round,
            };
            let fits = task.status == Status::InReview && task.round == button.round;
            fits.then_some(Question { key: "staff-ask-return", args, hint: "staff-return-hint", purpose })
        }
        PressKind::Time => {
            let purpose = AskPurpose::Time { project: button.project.clone(), task: button.task.clone() };
            let known = choices(bot, project, &button.task, press.language)?;
            args.push(("known".to_owned(), Arg::Text(known)));
            Some(Question { key: "staff-ask-time", args, hint: "staff-time-hint", purpose })
        }
        PressKind::Fill { field } => {
            let plan = plan.field(field)?;
            args.push(("field".to_owned(), words(&plan.title)));
            args.push(("kind".to_owned(), takes(plan, press.language)));
            let key = if plan.hint.is_some() { "staff-ask-field-with-hint" } else { "staff-ask-field" };
            args.extend(plan.hint.as_ref().map(|hint| ("hint".to_owned(), words(hint))));
            let purpose = AskPurpose::Field {
                project: button.project.clone(),
                task: button.task.clone(),
                field: field.clone(),
            };
            Some(Question { key, args, hint: "staff-field-hint", purpose })
        }
        PressKind::Note { item } => {
            let place = usize::try_from(*item).ok()?.checked_sub(1)?;
            args.push(("title".to_owned(), words(&plan.checklist.get(place)?.text)));
            let (project, task) = (button.project.clone(), button.task.clone());
            let purpose = AskPurpose::Note { project, task, item: *item };
            Some(Question { key: "staff-ask-note", args, hint: "staff-note-hint", purpose })
        }
        PressKind::Tried { item } => {
            args.push(("item".to_owned(), Arg::Words(project.access_title(item))));
            let fits =
                task.status.is_open() && project.accesses_awaited_by(plan).any(|awaited| awaited == item);
            let (project, task) = (button.project.clone(), button.task.clone());
            let purpose = AskPurpose::Tried { project, task, item: item.clone() };
            fits.then_some(Question { key: "staff-ask-tried", args, hint: "staff-tried-hint", purpose })
        }
        PressKind::Decline => {
            let purpose = AskPurpose::Decline { project: button.project.clone(), task: button.task.clone() };
            let fits = task.status == Status::Ready && !task.clocks.declined;
            fits.then_some(Question { key: "staff-ask-decline", args, hint: "staff-reason-hint", purpose })
        }
        PressKind::ReturnHandoff { offer } => {
            let fits = project.handoff.offers == *offer && project.handoff.word() != "returned";
            let purpose = AskPurpose::ReturnHandoff { project: button.project.clone() };
            let question =
                Question { key: "staff-ask-handoff-return", args, hint: "staff-reason-hint", purpose };
            fits.then_some(question)
        }
        PressKind::Approve
        | PressKind::SendBack
        | PressKind::Undo
        | PressKind::RemarksDone
        | PressKind::Start
        | PressKind::Pause
        | PressKind::Resume
        | PressKind::Submit
        | PressKind::Accept
        | PressKind::Choose { .. }
        | PressKind::Tick { .. }
        | PressKind::Button { .. }
        | PressKind::SendForm { .. }
        | PressKind::NeedHelp { .. }
        | PressKind::OpenForm { .. }
        | PressKind::Acknowledge { .. }
        | PressKind::AcceptHandoff { .. }
        | PressKind::OpenAccess { .. }
        | PressKind::ReadForm { .. } => None,
    }
}

pub(crate) fn named(name: &str, user: Option<i64>) -> Arg {
    user.map_or_else(|| Arg::Text(name.to_owned()), |user| Arg::Named(name.to_owned(), user))
}
