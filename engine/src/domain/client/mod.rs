//! A client: the organisation that pays, its chat and who may decide for it.

pub mod command;
pub mod event;
pub mod react;
pub mod state;

mod add_client;
pub mod answer;
mod approvers;
mod card;
mod chat;
mod erase;
mod link_chat;
pub mod money;
mod presence;
mod record_message;
mod write_to_client;

pub use command::ClientCommand;
pub use event::ClientEvent;
pub use state::Client;

use super::{Asked, Refusal, Right};

/// The facts that follow from a command, or the refusal.
pub fn decide(client: &Client, asked: &Asked<ClientCommand>) -> Result<Vec<ClientEvent>, Refusal> {
    use ClientCommand as C;
    if let C::AddClient { client: id, name, language, languages } = &asked.command {
        return add_client::decide(client, id, name, language, languages);
    }
    if client.client.is_none() {
        return Err(Refusal::NoClient);
    }
    match &asked.command {
        C::AddClient { .. } => Ok(Vec::new()),
        C::ChooseLanguage { language, languages } => {
            may_manage(asked, "language")?;
            add_client::choose_language(client, language, languages)
        }
        C::ChooseZone { zone } => {
            may_manage(asked, "language")?;
            add_client::choose_zone(client, zone)
        }
        C::OfferLink { token_sha256, expires } => link_chat::offer(asked, token_sha256, *expires),
        C::LinkChat { .. } => link_chat::link(client, asked),
        C::ConfirmChat => link_chat::confirm(client, asked),
        C::MigrateChat { from, to } => Ok(chat::migrate(client, *from, *to)),
        C::LoseChat { chat, reason } => Ok(chat::lose(client, *chat, reason)),
        C::RestoreChat { chat } => Ok(chat::restore(client, *chat)),
        C::NotePresence { chat, person, here } => Ok(presence::decide(client, *chat, person, *here)),
        C::NameApprover { person } => approvers::name(client, asked, person),
        C::RemoveApprover { person } => approvers::remove(client, asked, person),
        C::RecordMessage { chat, message, person, content, edited, project, task } => {
            let (project, task) = (project.as_ref(), task.as_ref());
            let said = record_message::Said { chat: *chat, message: *message, content, project, task };
            Ok(record_message::decide(client, person, said, *edited))
        }
        C::RecordAnswer { chat, message, content, project } => {
            let project = project.as_ref();
            let said = record_message::Said { chat: *chat, message: *message, content, project, task: None };
            record_message::colleague(client, asked, said)
        }
        C::WriteToClient { project, pm, content, by } => {
            write_to_client::decide(client, asked, (project.as_ref(), pm.as_ref()), (content, *by))
        }
        C::NoteAnswer { how, note } => answer::answered(client, asked, *how, note.as_ref()),
        C::TellUnanswered { message, late } => Ok(answer::tell(client, asked, *message, *late)),
        C::FillCard { from, answers } => card::fill(client, asked, from, answers),
        C::NoteMoney { .. } => money::arrive(client, asked),
        C::MatchMoney { .. } => money::matched(client, asked),
        C::DismissMoney { number, reason } => money::dismiss(client, asked, *number, reason.as_ref()),
        C::EraseAnswers { erased } => erase::decide(client, asked, *erased),
        C::ResolveCard { field, take } => card::resolve(client, asked, field, *take),
    }
}

/// PMs, the head, the owner and the operator look after clients.
fn may_manage(asked: &Asked<ClientCommand>, wanted: &str) -> Result<(), Refusal> {
    Right::Lead.insist(asked, wanted)
}

/// Whoever works here, and the operator, may answer a client.
fn may_answer(asked: &Asked<ClientCommand>) -> Result<(), Refusal> {
    Right::Staff.insist(asked, "answer")
}

#[cfg(test)]
mod testing {
    use std::collections::BTreeSet;
    use std::sync::Arc;

    use chrono::{Duration, TimeZone, Utc};

    use super::*;
    use crate::domain::calendar::weekdays;
    use crate::domain::envelope::AnswerTerms;
    use crate::domain::project::event::ContentRef;
    use crate::domain::{Actor, Fact, Origin, StreamId, Timestamp, World};

    pub fn noon() -> Timestamp {
        Utc.with_ymd_and_hms(2026, 11, 23, 10, 0, 0).unwrap()
    }

    pub fn asked(command: ClientCommand, hours: i64) -> Asked<ClientCommand> {
        let world = World {
            calendar: Arc::new(weekdays()),
            staff: Arc::default(),
            roles: BTreeSet::new(),
            approvers: BTreeSet::new(),
            client: None,
            answer: AnswerTerms::default(),
            reached: None,
        };
        Asked {
            command_id: "c".into(),
            at: noon() + Duration::hours(hours),
            by: Actor::Operator,
            world,
            command,
        }
    }

    pub fn add() -> ClientCommand {
        let languages = vec!["uk".to_owned(), "en".to_owned()];
        ClientCommand::AddClient {
            client: "ranok".into(),
            name: "Кава «Ранок»".into(),
            language: "uk".into(),
            languages,
        }
    }

    pub fn offer(token: &str) -> ClientCommand {
        ClientCommand::OfferLink { token_sha256: token.into(), expires: noon() + Duration::hours(24) }
    }

    pub fn link(token: &str) -> ClientCommand {
        ClientCommand::LinkChat {
            token_sha256: token.into(),
            chat: -100,
            chat_kind: "group".into(),
            title: content(),
            person: "sofiia".into(),
            chat_client: None,
        }
    }

    /// The same by a person; olena and maksym work here.
    pub fn by(person: &str, command: ClientCommand) -> Asked<ClientCommand> {
        let mut asked = asked(command, 1);
        asked.by = Actor::Person(person.into());
        let people = ["olena", "maksym"].map(|person| (person.into(), BTreeSet::new()));
        asked.world.staff =
            Arc::new(crate::domain::agency::Agency { people: people.into(), ..Default::default() });
        asked
    }

    /// A client that waits for an answer.
    pub fn waiting() -> Client {
        let (person, content) = ("sofiia".into(), content());
        let wrote = ClientCommand::RecordMessage {
            chat: -100,
            message: 7,
            person,
            content,
            edited: false,
            project: None,
            task: None,
        };
        given(&[add(), offer("a"), link("a"), wrote])
    }

    pub fn content() -> ContentRef {
        ContentRef { content: "t".into(), sha256: "0".into() }
    }

    pub fn given(commands: &[ClientCommand]) -> Client {
        let mut state = Client::default();
        for command in commands {
            for event in decide(&state, &asked(command.clone(), 0)).unwrap() {
                let fact = Fact {
                    position: 1,
                    stream: StreamId::of("client", "ranok"),
                    version: state.version + 1,
                    command_id: "c".into(),
                    cause: None,
                    origin: Origin::Input,
                    by: Actor::Operator,
                    at: noon(),
                    event,
                };
                state = state.with(&fact);
            }
        }
        state
    }
}
