//! Handing a form in, from wherever its answers came: read, kept outside the log, and given to the project.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Along, Answer, App, AppError, Ask, Attempt};
use crate::domain::definition::Text;
use crate::domain::effect::{Arg, ResultLine};
use crate::domain::form::{self, Typed, Wrong, read_answers};
use crate::domain::project::event::{CardAnswer, ContentRef, FilledBy};
use crate::domain::project::forms::ReceivedForm;
use crate::domain::project::{Project, ProjectCommand};
use crate::domain::{Actor, ContentId, ProjectId, Refusal, Timestamp};
use crate::store::change::{Content, NewMessage};
use crate::words::{Saying, WordsError};

/// Answers on their way in.
#[derive(Clone, Debug)]
pub struct HandIn {
    pub project: ProjectId,
    pub form: String,
    pub typed: Typed,
    /// The sending whose link they came through; `None` for the staff.
    pub sending: Option<u32>,
    pub filled: FilledBy,
    pub by: Actor,
    pub command_id: String,
    pub at: Timestamp,
}

/// What became of them.
#[derive(Clone, Debug, PartialEq)]
pub enum HandedIn {
    Given(Answer),
    /// Nothing was handed in: these answers have to be mended first.
    Wrong(Vec<Wrong>),
}

/// A brief as it is kept outside the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brief {
    pub form: String,
    pub title: Text,
    pub answers: Vec<form::Answer>,
}

impl App {
    /// Reads the answers and hands them in, unless something is wrong with one of them.
    pub async fn hand_in(&self, given: HandIn) -> Result<HandedIn, AppError> {
        let Some(project) = self.project_state(&given.project).await? else {
            return Ok(HandedIn::Given(Answer::Refused(Refusal::NoProject)));
        };
        let Some(plan) = project.form(&given.form) else {
            let known = project.opened.iter().flat_map(|opened| &opened.definition.forms);
            let known = known.map(|form| form.id.clone()).collect();
            return Ok(HandedIn::Given(Answer::Refused(Refusal::NoForm { form: given.form, known })));
        };
        let (answers, wrong) = read_answers(plan, &given.typed, &self.currency(&project));
        if !wrong.is_empty() {
            return Ok(HandedIn::Wrong(wrong));
        }
        let (card, mut contents) = self.card(&answers, &given)?;
        let answered = answers.iter().map(|answer| answer.question.clone()).collect();
        // What a form of somebody else's asks is personal, too: its questions are not named in the log.
        let answered = if plan.questions.is_empty() { Vec::new() } else { answered };
        let brief = Brief { form: plan.id.clone(), title: plan.title.clone(), answers };
        let text = serde_json::to_string(&brief).map_err(|error| AppError::Broken(error.to_string()))?;
        let (content, reference) = self.kept("brief", text, &given);
        contents.push(content);
        let command = ProjectCommand::ReceiveForm {
            form: given.form,
            sending: given.sending,
            content: reference,
            answered,
            card,
            by: given.filled,
        };
        let along = Along { contents, ..Along::default() };
        let ask = Ask { command_id: given.command_id, at: given.at, by: given.by, command, along };
        Ok(HandedIn::Given(self.project(&given.project, ask).await?))
    }

    /// Whether the rules would let these people fill the form in, whatever the answers; nothing is written.
    pub async fn may_fill_in(&self, given: &HandIn) -> Result<Option<Refusal>, AppError> {
        let project = self.project_state(&given.project).await?;
        let plan = project.as_ref().and_then(|project| project.form(&given.form));
        let (_, content) = self.kept("brief", String::new(), given);
        let command = ProjectCommand::ReceiveForm {
            form: given.form.clone(),
            sending: given.sending,
            content,
            answered: plan.iter().flat_map(|plan| &plan.questions).map(|field| field.id.clone()).collect(),
            card: Vec::new(),
            by: given.filled,
        };
        let (command_id, by, along) = (given.command_id.clone(), given.by.clone(), Along::default());
        self.rehearse_project(&given.project, Ask { command_id, at: given.at, by, command, along }).await
    }

    /// Tells the staff, at most once an hour, that answers from elsewhere are not complete, and where to complete them.
    pub async fn note_incomplete(
        &self,
        given: &HandIn,
        wrong: &[Wrong],
        address: String,
    ) -> Result<(), AppError> {
        let Some(project) = self.project_state(&given.project).await? else { return Ok(()) };
        let (Some(form), Some(opened)) = (project.form(&given.form), &project.opened) else { return Ok(()) };
        let client = self.client_state(&opened.client).await?;
        let client = client.map(|client| client.name.clone()).unwrap_or_default();
        let missing = form::missing(form, wrong);
        let refusal = Refusal::FormIncomplete {
            form: form.id.clone(),
            title: form.title.clone(),
            missing: missing.clone(),
        };
        let args = [
            ("client", Arg::Text(client)),
            ("project", Arg::Text(given.project.to_string())),
            ("form", Arg::Words(form.title.clone())),
            ("missing", Arg::Missing(missing)),
        ];
        let sending = given.sending.unwrap_or_default();
        let hour = given.at.timestamp() / 3_600;
        let command_id = format!("incomplete:{}:{}:{sending}:{hour}", given.project, form.id);
        let button = ("btn-complete-brief", address);
        let messages =
            self.to_staff(&command_id, "staff-brief-incomplete", &args, button)?.into_iter().collect();
        let along = Along { messages, ..Along::default() };
        let (at, by, what) = (given.at, given.by.clone(), "receive_form".to_owned());
        self.note_attempt(Attempt { command_id, at, by, what, refusal, along }).await
    }

    /// A message to the staff with a button that opens an address.
    fn to_staff(
        &self,
        dedupe: &str,
        key: &str,
        args: &[(&str, Arg)],
        (label, address): (&str, String),
    ) -> Result<Option<NewMessage>, AppError> {
        let desk = self.desk();
        let Some(chat) = desk.staff_chat else { return Ok(None) };
        let language = desk.agency.languages.first().cloned().unwrap_or_default();
        let args: Vec<(String, Arg)> =
            args.iter().map(|(name, arg)| ((*name).to_owned(), arg.clone())).collect();
        let said = (desk.render)(Saying { language: &language, key, args: &args })?;
        let label = (desk.render)(Saying { language: &language, key: label, args: &[] })?.text;
        let mut message = NewMessage::post(chat, dedupe, key, said);
        message.payload.buttons = vec![vec![(label, address)]];
        message.language = language;
        Ok(Some(message))
    }

    /// A brief that came back; nothing if it was erased.
    pub async fn brief(&self, content: &ContentId) -> Result<Option<Brief>, AppError> {
        let Some(content) = self.store().content(content).await? else { return Ok(None) };
        let brief = serde_json::from_str(&content.text);
        brief.map(Some).map_err(|_| AppError::Broken("a brief cannot be read".to_owned()))
    }

    /// The answers of a form that came back, as they would be typed again; none if they were erased.
    pub async fn answers_again(&self, received: &ReceivedForm) -> Result<Typed, AppError> {
        let brief = self.brief(&received.content.content).await?;
        let answers = brief.map(|brief| brief.answers).unwrap_or_default();
        Ok(answers.iter().map(|answer| (answer.question.clone(), answer.as_typed())).collect())
    }

    /// The currency of amounts that name none.
    pub fn currency(&self, project: &Project) -> String {
        let price = project.opened.as_ref().and_then(|opened| opened.price.as_ref());
        price.map_or_else(|| self.desk().agency.currency.clone(), |price| price.currency.clone())
    }

    /// An answer as people read it.
    pub fn answer_in_words(&self, answer: &form::Answer, language: &str) -> Result<String, WordsError> {
        let value = Some(answer.value.clone());
        let line = ResultLine { options: answer.options.clone(), ..ResultLine::plain(answer.kind, value) };
        let args = [("result".to_owned(), Arg::Result(vec![line]))];
        Ok((self.desk().render)(Saying { language, key: "word-value", args: &args })?.text)
    }

    /// The answers that belong on the client's card, in the agency's own language.
    fn card(
        &self,
        answers: &[form::Answer],
        given: &HandIn,
    ) -> Result<(Vec<CardAnswer>, Vec<Content>), AppError> {
        let language = self.desk().agency.languages.first().cloned().unwrap_or_default();
        let (mut card, mut contents) = (Vec::new(), Vec::new());
        for answer in answers {
            let Some(field) = answer.saves_to.clone() else { continue };
            let words = self.answer_in_words(answer, &language)?;
            let (content, reference) = self.kept("card", words, given);
            contents.push(content);
            card.push(CardAnswer { question: answer.question.clone(), field, content: reference });
        }
        Ok((card, contents))
    }

    fn kept(&self, kind: &str, text: String, given: &HandIn) -> (Content, ContentRef) {
        let mut id = [0_u8; 16];
        (self.desk().random)(&mut id);
        let content = Content {
            content: ContentId(format!("b-{}", hex::encode(id))),
            person: given.by.person().cloned(),
            kind: kind.to_owned(),
            sha256: hex::encode(Sha256::digest(&text)),
            text,
            file_id: None,
            file_name: None,
            mime: None,
            size: None,
            created: given.at,
        };
        let reference = ContentRef { content: content.content.clone(), sha256: content.sha256.clone() };
        (content, reference)
    }
}
