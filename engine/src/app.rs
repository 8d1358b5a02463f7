//! App::execute: load, decide, react, append; again when somebody was faster.

use std::collections::BTreeSet;
use std::sync::{Arc, RwLock};

use esrs::AggregateState;
use esrs::store::EventStore;

use crate::domain::agency::{Agency, AgencyCommand};
use crate::domain::audit::AuditEvent;
use crate::domain::calendar::Calendar;
use crate::domain::client::{Client, ClientCommand};
use crate::domain::definition;
use crate::domain::envelope::{AnswerTerms, ClientCard, World};
use crate::domain::project::{Project, ProjectCommand};
use crate::domain::{
    Actor, Asked, ClientId, ContentId, Fact, PersonId, ProjectId, Refusal, StreamId, Timestamp,
};
use crate::store::change::{
    Append, Cause, Change, Content, NewMessage, NewPassword, NewSecret, Profile, TemplateText, TimerWrite,
    Written,
};
use crate::store::esrs::{Envelope, EsError, EsStore};
use crate::store::forget::Traces;
use crate::store::{Store, StoreError};
use crate::vault::Vault;
use crate::words::{Render, WordsError};

mod access;
mod agreement;
mod alarm;
mod albums;
mod audit;
mod ball;
mod cache;
mod compose;
mod decides;
mod erase;
mod fingerprint;
mod hand_in;
mod leave;
mod match_money;
mod password;
mod preview;
mod recompute;
mod templates;
mod write;

pub use access::{Access, GivenAccess};
use audit::{audit, refusal_in};
use cache::Cache;
pub use decides::Decides;
pub use erase::{Erasable, Reach};
use fingerprint::fingerprint;
pub use hand_in::{Brief, HandIn, HandedIn};
pub use leave::Holding;
pub use password::{Authenticator, Chosen, Entrance};
pub use preview::Ahead;
pub use templates::{Publish, TemplateVersion};
pub use write::ToClient;

/// How often a command is decided again when somebody was faster.
const TRIES: usize = 5;

/// Fills a buffer with bytes nobody can guess.
pub type Random = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// What the edge gives to the engine: words, the agency, the staff chat, randomness.
#[derive(Clone)]
pub struct Desk {
    pub render: Render,
    pub agency: Arc<definition::Agency>,
    pub staff_chat: Option<i64>,
    /// Where people reach this server's pages, such as `https://work.example.com`.
    pub public_url: String,
    pub random: Random,
    /// Seals accesses; without one none is taken (PF-86).
    pub vault: Option<Arc<Vault>>,
}

/// The one way in: every surface gives its commands here.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    desk: RwLock<Arc<Desk>>,
    projects: Cache<Project>,
    clients: Cache<Client>,
    agency: Cache<Agency>,
    people: RwLock<compose::People>,
    tokens: compose::Tokens,
}

/// A command on its way in.
#[derive(Clone, Debug)]
pub struct Ask<C> {
    /// Unique for ever; asked twice gives the first answer again, and another command under it is refused.
    pub command_id: String,
    pub at: Timestamp,
    pub by: Actor,
    pub command: C,
    pub along: Along,
}

/// What the same transaction writes beside the facts.
#[derive(Clone, Debug, Default)]
pub struct Along {
    /// The update that is settled with it.
    pub update: Option<i64>,
    /// The timer that fires with it.
    pub timer: Option<String>,
    /// The fact that the command follows from.
    pub cause: Option<i64>,
    pub contents: Vec<Content>,
    pub profiles: Vec<Profile>,
    pub messages: Vec<NewMessage>,
    pub templates: Vec<TemplateText>,
    /// Accesses, sealed already.
    pub secrets: Vec<NewSecret>,
    pub passwords: Vec<NewPassword>,
    /// What is erased with it.
    pub erases: Vec<ContentId>,
    pub drops_drafts: Vec<(ProjectId, String)>,
    pub wipes: Traces,
}

/// An attempt that reaches no stream.
#[derive(Clone, Debug)]
pub struct Attempt {
    pub command_id: String,
    pub at: Timestamp,
    pub by: Actor,
    pub what: String,
    pub refusal: Refusal,
    pub along: Along,
}

/// What became of a command.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Facts stand in the log: position of the first, and how many.
    Done { first: i64, count: i64, repeated: bool },
    /// Nothing had to change.
    AlreadySo,
    /// The rules say no; that stands in the audit stream.
    Refused(Refusal),
}

/// What became of one try to write.
enum Outcome {
    Is(Answer),
    /// The command stands in the log already.
    Repeated,
    /// A state that the decision relied on has moved on.
    Moved,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("others kept changing the same thing; try again")]
    Busy,
    #[error(transparent)]
    Words(#[from] WordsError),
    #[error("{0}")]
    Broken(String),
}

/// The timer that came too early, by a calendar of then: it is set anew for its right time.
fn again<A: Decides>(state: &A, asked: &Asked<A::Order>, timer: Option<&str>) -> Option<TimerWrite> {
    let key = timer?.to_owned();
    let (due, command) = state.wanted_timer(&key, &asked.world).filter(|(due, _)| *due > asked.at)?;
    Some(TimerWrite::Set { key, due, command, cause: Cause::None })
}

impl App {
    /// An app over an open store.
    pub fn new(store: Store, desk: Desk) -> Self {
        let inner = Inner {
            store,
            desk: RwLock::new(Arc::new(desk)),
            projects: Cache::default(),
            clients: Cache::default(),
            agency: Cache::default(),
            people: RwLock::default(),
            tokens: compose::Tokens::default(),
        };
        Self { inner: Arc::new(inner) }
    }

    /// The store below.
    pub fn store(&self) -> &Store {
        &self.inner.store
    }

    /// Words, agency and the rest, as they are now.
    pub fn desk(&self) -> Arc<Desk> {
        let desk = self.inner.desk.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        Arc::clone(&desk)
    }

    /// Other words from now on; nothing that was stored changes.
    pub fn set_desk(&self, desk: Desk) {
        let mut held = self.inner.desk.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        *held = Arc::new(desk);
    }

    /// A command to a project.
    pub async fn project(&self, id: &ProjectId, ask: Ask<ProjectCommand>) -> Result<Answer, AppError> {
        let answers = write::answers_client(&ask);
        let answer = self.execute::<Project>(id.stream(), id.as_str(), ask).await?;
        Box::pin(self.note_answer(id, &answer, answers)).await?;
        Ok(answer)
    }

    /// A command to a client.
    pub async fn client(&self, id: &ClientId, ask: Ask<ClientCommand>) -> Result<Answer, AppError> {
        if matches!(ask.command, ClientCommand::MatchMoney { .. }) {
            return Box::pin(self.match_money(id, ask)).await;
        }
        let (moves, at) = (matches!(ask.command, ClientCommand::ChooseZone { .. }), ask.at);
        let answer = self.execute::<Client>(id.stream(), id.as_str(), ask).await?;
        if moves
            && matches!(answer, Answer::Done { repeated: false, .. })
            // What waits for this client waits by another clock from now on (T4).
            && let Err(error) = self.recompute_timers(at).await
        {
            tracing::warn!(%error, "timers move to the client's clock when they are due");
        }
        Ok(answer)
    }

    /// A command about the staff.
    pub async fn agency(&self, ask: Ask<AgencyCommand>) -> Result<Answer, AppError> {
        self.execute::<Agency>(StreamId::agency(), "agency", ask).await
    }

    /// The project as it stands in the database now; `None` if there is none.
    pub async fn project_state(&self, id: &ProjectId) -> Result<Option<Arc<Project>>, AppError> {
        let state = self.fresh::<Project>(id.stream()).await?;
        Ok(state.opened.is_some().then_some(state))
    }

    /// The client as it stands in the database now; `None` if there is none.
    pub async fn client_state(&self, id: &ClientId) -> Result<Option<Arc<Client>>, AppError> {
        let state = self.fresh::<Client>(id.stream()).await?;
        Ok(state.client.is_some().then_some(state))
    }

    /// The staff as it stands in the database now.
    pub async fn agency_state(&self) -> Result<Arc<Agency>, AppError> {
        self.fresh::<Agency>(StreamId::agency()).await
    }

    /// What the rules would say to a command to a project now, if they say no; nothing is written.
    pub async fn rehearse_project(
        &self,
        id: &ProjectId,
        ask: Ask<ProjectCommand>,
    ) -> Result<Option<Refusal>, AppError> {
        self.rehearse::<Project>(id.stream(), ask).await
    }

    /// The same for a command to a client.
    pub async fn rehearse_client(
        &self,
        id: &ClientId,
        ask: Ask<ClientCommand>,
    ) -> Result<Option<Refusal>, AppError> {
        self.rehearse::<Client>(id.stream(), ask).await
    }

    async fn rehearse<A: Decides>(
        &self,
        stream: StreamId,
        ask: Ask<A::Order>,
    ) -> Result<Option<Refusal>, AppError> {
        let state = self.fresh::<A>(stream).await?;
        let mut change = Change::default();
        let world = self.world::<A>(&state, &ask, &mut change, true).await?;
        let asked = Asked { command_id: ask.command_id, at: ask.at, by: ask.by, world, command: ask.command };
        Ok(A::handle_command(&state, asked).err())
    }

    /// Writes only what lies beside facts.
    pub async fn settle(&self, command_id: String, at: Timestamp, along: Along) -> Result<(), AppError> {
        self.inner.store.write(beside(command_id, at, along)).await?;
        Ok(())
    }

    async fn execute<A: Decides>(
        &self,
        stream: StreamId,
        subject: &str,
        ask: Ask<A::Order>,
    ) -> Result<Answer, AppError> {
        let fingerprint = fingerprint(&stream.to_string(), &ask.by, &ask.command)
            .map_err(|error| AppError::Broken(error.to_string()))?;
        for attempt in 0..TRIES {
            let state =
                if attempt == 0 { self.known::<A>(stream).await? } else { self.fresh::<A>(stream).await? };
            let mut change = beside(ask.command_id.clone(), ask.at, ask.along.clone());
            change.fingerprint = Some(fingerprint.clone());
            change.relies_on.push((stream, state.version()));
            let world = self.world::<A>(&state, &ask, &mut change, attempt > 0).await?;
            let asked = Asked {
                command_id: ask.command_id.clone(),
                at: ask.at,
                by: ask.by.clone(),
                world,
                command: ask.command.clone(),
            };
            let outcome = match A::handle_command(&state, asked.clone()) {
                Ok(facts) if facts.is_empty() => {
                    change.timers.extend(again::<A>(&state, &asked, change.settles_timer.as_deref()));
                    self.write_nothing(change).await?
                }
                Ok(facts) => self.write_facts::<A>(&state, &asked, facts, ask.along.cause, change).await?,
                Err(refusal) => {
                    let about = (stream, subject, A::order_name(&ask.command));
                    self.write_refusal(about, &asked, refusal, change).await?
                }
            };
            match outcome {
                Outcome::Is(answer) => return Ok(answer),
                Outcome::Repeated => return self.repeated::<A>((stream, subject), &ask, &fingerprint).await,
                Outcome::Moved => {}
            }
            tracing::debug!(%stream, attempt, "somebody was faster; deciding again");
        }
        Err(AppError::Busy)
    }

    /// The world as the decision sees it; what it relies on goes into the change.
    async fn world<A: Decides>(
        &self,
        state: &A,
        ask: &Ask<A::Order>,
        change: &mut Change,
        fresh: bool,
    ) -> Result<World, AppError> {
        let agency = self.pick::<Agency>(StreamId::agency(), fresh).await?;
        change.relies_on.push((StreamId::agency(), agency.version));
        let roles = ask.by.person().and_then(|person| agency.people.get(person)).cloned().unwrap_or_default();
        let mut world = World {
            calendar: Arc::new(self.desk().agency.calendar.clone()),
            staff: agency,
            roles,
            approvers: BTreeSet::new(),
            client: None,
            answer: AnswerTerms {
                warn_after: self.desk().agency.warn_pm_after,
                within: self.desk().agency.answer_within,
                signed_by: self.desk().agency.messages_signed_by,
            },
            reached: None,
        };
        if let Some(id) = state.client_of(&ask.command) {
            let client = self.pick::<Client>(id.stream(), fresh).await?;
            change.relies_on.push((id.stream(), client.version));
            world.approvers.clone_from(&client.approvers);
            if client.zone.is_some() {
                world.calendar = Arc::new(Calendar { client_zone: client.zone, ..(*world.calendar).clone() });
            }
            world.client = client.client.is_some().then(|| ClientCard {
                client: id,
                name: client.name.clone(),
                language: client.language.clone(),
                chat: client.confirmed_chat(),
                zone: client.zone,
                contacts: client.contacts(),
            });
            let slot = state.awaits_delivery(&ask.command).filter(|_| client.hears());
            world.reached = match slot {
                Some(slot) => self.inner.store.reached(&slot).await?,
                None => None,
            };
        }
        Ok(world)
    }

    async fn write_nothing(&self, change: Change) -> Result<Outcome, AppError> {
        if !self.inner.store.command(&change.command_id).await?.is_empty() {
            return Ok(Outcome::Repeated);
        }
        Ok(match self.inner.store.write(change).await? {
            Written::Done { .. } | Written::Repeated { .. } => Outcome::Is(Answer::AlreadySo),
            Written::Conflict => Outcome::Moved,
        })
    }

    async fn write_facts<A: Decides>(
        &self,
        state: &Arc<A>,
        asked: &Asked<A::Order>,
        facts: Vec<Fact<A::Fact>>,
        cause: Option<i64>,
        mut change: Change,
    ) -> Result<Outcome, AppError> {
        let Some(stream) = facts.first().map(|fact| fact.stream) else { return Ok(Outcome::Moved) };
        let after = facts.iter().fold((**state).clone(), |state, fact| A::apply_event(state, fact.clone()));
        change.appends.push(Append {
            stream,
            aggregate: A::NAME,
            expected: Some(state.version()),
            events: compose::events::<A>(&facts, 0, cause)?,
        });
        compose::effects::<A>(self, asked, &facts, (state, &after), 0, &mut change).await?;
        change.appends.extend(change.wipes.dropped(&asked.by, asked.at)?);
        self.forget_people(&change);
        let cards = compose::of_cards(&change, self.desk().staff_chat);
        match self.inner.store.write(change).await? {
            Written::Done { first, count } => {
                self.inner.tokens.keep(cards);
                self.inner.remember::<A>(stream, Arc::new(after));
                Ok(Outcome::Is(Answer::Done { first, count, repeated: false }))
            }
            Written::Repeated { .. } => Ok(Outcome::Repeated),
            Written::Conflict => Ok(Outcome::Moved),
        }
    }

    async fn write_refusal<C>(
        &self,
        (stream, subject, command): (StreamId, &str, String),
        asked: &Asked<C>,
        refusal: Refusal,
        mut change: Change,
    ) -> Result<Outcome, AppError> {
        let subject = subject.to_owned();
        // A refused command changes nobody's profile; only who is known by having spoken stays known.
        change.profiles.retain(|profile| Some(&profile.person) == asked.by.person());
        // What nothing refers to could be found by nobody, not even to be erased.
        change.contents.clear();
        change.secrets.clear();
        change.passwords.clear();
        change.drops_contents.clear();
        change.drops_drafts.clear();
        change.wipes = Traces::default();
        let event = AuditEvent::CommandRefused { stream, subject, command, refusal: refusal.clone() };
        change.appends.push(audit(&event, &asked.by, asked.at)?);
        Ok(match self.inner.store.write(change).await? {
            Written::Done { .. } => Outcome::Is(Answer::Refused(refusal)),
            Written::Repeated { .. } => Outcome::Repeated,
            Written::Conflict => Outcome::Moved,
        })
    }

    /// The first answer to a command that was written before; another command under its id is refused.
    async fn repeated<A: Decides>(
        &self,
        (stream, subject): (StreamId, &str),
        ask: &Ask<A::Order>,
        fingerprint: &str,
    ) -> Result<Answer, AppError> {
        let before = self.inner.store.fingerprint(&ask.command_id).await?;
        if before.is_none_or(|before| before == fingerprint) {
            return self.first_answer(&ask.command_id).await;
        }
        let refusal = Refusal::CommandIdTaken { command_id: ask.command_id.clone() };
        let (subject, command) = (subject.to_owned(), A::order_name(&ask.command));
        let event = AuditEvent::CommandRefused { stream, subject, command, refusal: refusal.clone() };
        let Along { update, timer, .. } = &ask.along;
        let along = Along { update: *update, timer: timer.clone(), ..Along::default() };
        // A name of its own, the same each time: the attempt is noted once.
        let mut change = beside(format!("{}#{fingerprint:.16}", ask.command_id), ask.at, along);
        change.appends.push(audit(&event, &ask.by, ask.at)?);
        self.inner.store.write(change).await?;
        Ok(Answer::Refused(refusal))
    }

    async fn first_answer(&self, command_id: &str) -> Result<Answer, AppError> {
        let facts = self.inner.store.command(command_id).await?;
        let Some(first) = facts.first() else {
            return Err(AppError::Broken(format!("command {command_id} was answered, but not in the log")));
        };
        if first.aggregate == "audit" {
            return Ok(Answer::Refused(refusal_in(first)?));
        }
        let count = i64::try_from(facts.len()).unwrap_or(i64::MAX);
        Ok(Answer::Done { first: first.position, count, repeated: true })
    }

    async fn pick<A: Decides>(&self, stream: StreamId, fresh: bool) -> Result<Arc<A>, AppError> {
        if fresh { self.fresh::<A>(stream).await } else { self.known::<A>(stream).await }
    }

    /// The state as this process knows it; a commit shows whether that is still true.
    async fn known<A: Decides>(&self, stream: StreamId) -> Result<Arc<A>, AppError> {
        match self.inner.cache::<A>().get(stream) {
            Some(state) => Ok(state),
            None => self.fresh::<A>(stream).await,
        }
    }

    /// The state as it stands in the database now.
    async fn fresh<A: Decides>(&self, stream: StreamId) -> Result<Arc<A>, AppError> {
        let state = match self.inner.cache::<A>().get(stream) {
            None => self.load::<A>(stream).await?,
            Some(known) => {
                let news = self.inner.store.stream(stream, known.version()).await?;
                if news.is_empty() {
                    return Ok(known);
                }
                let mut state = (*known).clone();
                for stored in &news {
                    state = A::apply_event(state, stored.fact::<A::Fact>()?);
                }
                state
            }
        };
        let state = Arc::new(state);
        self.inner.remember::<A>(stream, Arc::clone(&state));
        Ok(state)
    }

    /// The whole stream, folded through the `esrs` seam.
    async fn load<A: Decides>(&self, stream: StreamId) -> Result<A, AppError> {
        let store = EsStore::<A>::new(self.inner.store.clone(), Envelope::default());
        let facts = store.by_aggregate_id(stream.0).await.map_err(|error| match error {
            EsError::Store(error) => AppError::Store(error),
            EsError::Conflict | EsError::Undeletable => AppError::Broken(error.to_string()),
        })?;
        Ok(AggregateState::<A>::with_id(stream.0).apply_store_events(facts, A::apply_event).into_inner())
    }

    /// The display names of people.
    pub async fn names(
        &self,
        people: &[PersonId],
    ) -> Result<std::collections::HashMap<PersonId, String>, AppError> {
        Ok(self.inner.store.names(people).await?)
    }
}

impl Inner {
    fn cache<A: Decides>(&self) -> &Cache<A> {
        A::cache(self)
    }

    fn remember<A: Decides>(&self, stream: StreamId, state: Arc<A>) {
        self.cache::<A>().put(stream, state);
    }
}

fn beside(command_id: String, at: Timestamp, along: Along) -> Change {
    Change {
        command_id,
        messages: along.messages,
        contents: along.contents,
        profiles: along.profiles,
        templates: along.templates,
        secrets: along.secrets,
        passwords: along.passwords,
        drops_contents: along.erases,
        drops_drafts: along.drops_drafts,
        wipes: along.wipes,
        settles_update: along.update,
        settles_timer: along.timer,
        at,
        ..Change::default()
    }
}
