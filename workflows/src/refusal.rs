//! Puts refusals into words: one or two sentences that say what is missing and what to do.

use chrono::NaiveDate;
use engine::domain::definition::Text;
use engine::domain::field::{BadLine, LineProblem};
use engine::domain::refusal::Missing;
use engine::domain::{Arg, PersonId, Refusal, Refusal as R};
use engine::words::WordsError;

use crate::catalogue::Catalogue;
use crate::say::Speaker;

/// Telegram's limit of an alert, in UTF-16 units.
const ALERT: usize = 200;

/// How a person is called.
type NameOf<'a> = &'a dyn Fn(&PersonId) -> String;

impl Catalogue {
    /// The refusal as people read it, the same in chats and on the command line.
    ///
    /// Without words of its own the refusal speaks English.
    pub fn refusal(&self, language: &str, refusal: &Refusal, name_of: NameOf<'_>) -> String {
        refusal_text(&Speaker { catalogue: self, language, ids: true }, refusal, name_of)
    }

    /// The refusal for a chat: the same sentence without the ids that only the command line needs.
    pub fn refusal_in_chat(&self, language: &str, refusal: &Refusal, name_of: NameOf<'_>) -> String {
        refusal_text(&Speaker { catalogue: self, language, ids: false }, refusal, name_of)
    }

    /// The refusal for an alert of Telegram: without ids, at most 200 characters.
    pub fn refusal_alert(&self, language: &str, refusal: &Refusal, name_of: NameOf<'_>) -> String {
        let text = refusal_text(&Speaker { catalogue: self, language, ids: false }, refusal, name_of);
        shorten(&text, ALERT)
    }
}

fn refusal_text(speaker: &Speaker<'_>, refusal: &Refusal, name_of: NameOf<'_>) -> String {
    let words = Wording { speaker, name_of };
    words.say(refusal).unwrap_or_else(|_| refusal.to_string())
}

/// The name of the message and the values that go into it.
type Words = (&'static str, Vec<(&'static str, Arg)>);

struct Wording<'w> {
    speaker: &'w Speaker<'w>,
    name_of: NameOf<'w>,
}

impl Wording<'_> {
    fn say(&self, refusal: &Refusal) -> Result<String, WordsError> {
        let (key, args) = self.words(refusal)?;
        let key = if key.is_empty() { format!("refusal-{}", refusal.code()) } else { key.to_owned() };
        self.speaker.plain(&key, &args)
    }

    /// The values of each refusal; an empty key is `refusal-CODE`.
    #[expect(clippy::too_many_lines, reason = "a list: a line for each refusal")]
    fn words(&self, refusal: &Refusal) -> Result<Words, WordsError> {
        let args = match refusal {
            R::NoProject
            | R::WrongCode
            | R::OutsideProject
            | R::NoClient
            | R::Stale
            | R::ForeignPress
            | R::RemarksClosed
            | R::ProjectOver
            | R::ProjectPaused
            | R::NoPeriods
            | R::LinkInvalid
            | R::LinkExpired
            | R::NoChatToConfirm
            | R::NoChat
            | R::CallNeedsComment => Vec::new(),
            R::ProjectExists { project } => vec![("project", text(project))],
            R::ClientExists { client } | R::ChatTaken { client } => vec![("client", text(client))],
            R::NoTask { task } => vec![("task", text(task))],
            R::NoField { task, field: name, known } => unknown(task, ("field", name), known),
            R::NoButton { task, button: name, known } => unknown(task, ("button", name), known),
            R::NoGate { task, gate: name, known } => unknown(task, ("gate", name), known),
            R::NoItem { task, item, have } => no_item(task, *item, *have),
            R::NoRole { role: name, known } => one_of("role", name, known),
            R::NoZone { zone } => vec![("zone", text(zone))],
            R::NoPerson { person } => vec![("person", text(person))],
            R::PasswordTooEasy { shortest, longest } => {
                vec![("shortest", number(*shortest)), ("longest", number(*longest))]
            }
            R::NoLanguage { language: name, known } => one_of("language", name, known),
            R::BadId { id } | R::CommandIdTaken { command_id: id } => vec![("id", text(id))],
            R::WrongStatus { .. }
            | R::NotItsTurn { .. }
            | R::CannotStart { .. }
            | R::CannotFinish { .. }
            | R::ButtonLocked { .. }
            | R::ButtonUsed { .. }
            | R::OwnWork { .. }
            | R::NotYourTask { .. }
            | R::NotYourCheck { .. } => return self.about_work(refusal),
            R::HandoffIncomplete { missing } => vec![("missing", self.missing(missing)?)],
            R::WouldVanish { .. }
            | R::NoOverride { .. }
            | R::OnlyTheHead { .. }
            | R::TaskExists { .. }
            | R::TooLateToInsert { .. }
            | R::OtherService { .. }
            | R::OutOfOrder { .. } => return self.about_order(refusal),
            R::NoteNeeded { .. }
            | R::HandoffOver { .. }
            | R::NoAccess { .. }
            | R::AccessEmpty { .. }
            | R::NotYourAccess { .. } => return Ok(self.about_the_beginning(refusal)),
            R::BadValue { .. }
            | R::TwoReadings { .. }
            | R::BadLine(_)
            | R::NoTimeKind { .. }
            | R::BadTime { .. }
            | R::TimeUnread { .. }
            | R::NoTimeEntry { .. } => return self.about_typed(refusal),
            R::NoRight { wanted, roles } => {
                self.a_step(wanted).into_iter().chain([("roles", self.roles(roles))]).collect()
            }
            R::TemplateMoved { path, version, base } => {
                vec![("file", text(path)), ("version", number(*version)), ("base", number(*base))]
            }
            R::NotAllowed { wanted } | R::ReasonNeeded { wanted } => self.a_step(wanted),
            R::NotAnApprover { people } => return Ok(self.not_an_approver(people)),
            R::AlreadyDecided { person, at, approved } => {
                return Ok(self.already_decided(person.as_ref(), Arg::Moment(*at), *approved));
            }
            R::DayIsPast { day } | R::DayIsAhead { day } => self.a_day(*day),
            R::UndoTooLate { minutes } => vec![("minutes", number(*minutes))],
            R::UndoNextStarted { next_title } => vec![("next", Arg::Words(next_title.clone()))],
            R::NoPayment { .. }
            | R::NotYourMoney { .. }
            | R::PaymentClosed { .. }
            | R::OtherCurrency { .. }
            | R::AmountNeeded { .. }
            | R::TooMuchBack { .. }
            | R::SameMoney { .. }
            | R::NoMoney { .. }
            | R::MoneyTwice { .. }
            | R::MoneyLeft { .. }
            | R::MoneyOfAnother { .. }
            | R::PeriodNotYet { .. } => return Ok(self.about_money(refusal)),
            R::UndoNotYours { person }
            | R::StaffAsApprover { person }
            | R::TelegramTaken { person }
            | R::HasLeft { person } => self.a_person(person),
            R::StillHolds { person, holds } => {
                let held =
                    holds.iter().map(|(project, role)| format!("{project} ({})", self.speaker.role(role)));
                let held = text(&held.collect::<Vec<_>>().join(", "));
                self.a_person(person).into_iter().chain([("held", held)]).collect()
            }
            R::NoForm { .. }
            | R::NoQuestion { .. }
            | R::NoConflict { .. }
            | R::FormAgain { .. }
            | R::FormClosed { .. }
            | R::DraftOfClient { .. }
            | R::FormIncomplete { .. } => return self.about_a_form(refusal),
        };
        Ok(("", args))
    }

    fn a_step(&self, wanted: &str) -> Vec<(&'static str, Arg)> {
        vec![("wanted", self.word("step", wanted))]
    }

    fn roles(&self, roles: &[String]) -> Arg {
        let roles: Vec<String> = roles.iter().map(|role| self.speaker.role(role)).collect();
        text(&roles.join(", "))
    }

    fn a_day(&self, day: NaiveDate) -> Vec<(&'static str, Arg)> {
        vec![("day", text(&crate::locale::date(self.speaker.language, day)))]
    }

    fn a_person(&self, person: &PersonId) -> Vec<(&'static str, Arg)> {
        vec![("person", text(&(self.name_of)(person)))]
    }

    /// What is said about a step on a task that is not possible now, or not for this person.
    fn about_work(&self, refusal: &Refusal) -> Result<Words, WordsError> {
        use Refusal as R;
        if let R::ButtonUsed { button, title } = refusal {
            return Ok(("", vec![("button", self.quoted(button, title)?)]));
        }
        if let R::OwnWork { task, title } = refusal {
            return Ok(("", vec![("task", self.quoted(task, title)?)]));
        }
        if let R::WrongStatus { task, title, status, wanted } = refusal {
            let (status, wanted) = (self.word("status", status), self.word("step", wanted));
            let task = self.quoted(task, title)?;
            return Ok(("", vec![("task", task), ("status", status), ("wanted", wanted)]));
        }
        if let R::NotItsTurn { task, title, before, before_title } = refusal {
            let (task, before) = (self.quoted(task, title)?, self.quoted(before, before_title)?);
            return Ok(("", vec![("task", task), ("before", before)]));
        }
        if let R::CannotStart { task, title, missing } | R::CannotFinish { task, title, missing } = refusal {
            return Ok(("", vec![("task", self.quoted(task, title)?), ("missing", self.missing(missing)?)]));
        }
        if let R::ButtonLocked { button, title, missing, .. } = refusal {
            let (button, missing) = (self.quoted(button, title)?, self.missing(missing)?);
            return Ok(("", vec![("button", button), ("missing", missing)]));
        }
        if let R::NotYourTask { task, title, people } = refusal {
            return self.reserved("refusal-not-your-task-nobody", task, title, people);
        }
        let R::NotYourCheck { task, title, people } = refusal else { return Ok(("", Vec::new())) };
        self.reserved("refusal-not-your-check-nobody", task, title, people)
    }

    /// What is said about gates that nobody opens, and about tasks that cannot stand where they should.
    fn about_order(&self, refusal: &Refusal) -> Result<Words, WordsError> {
        use Refusal as R;
        if let R::NoOverride { gate } | R::OnlyTheHead { gate } = refusal {
            return Ok(("", vec![("gate", text(&self.speaker.gate(gate)?))]));
        }
        if let R::TooLateToInsert { after, after_title, started, started_title } = refusal {
            let (after, started) = (self.quoted(after, after_title)?, self.quoted(started, started_title)?);
            return Ok(("", vec![("after", after), ("started", started)]));
        }
        if let R::OutOfOrder { task, title, before, before_title } = refusal {
            let (task, before) = (self.quoted(task, title)?, self.quoted(before, before_title)?);
            return Ok(("", vec![("task", task), ("before", before)]));
        }
        if let R::OtherService { service, given } = refusal {
            return Ok(("", vec![("service", text(service)), ("given", text(given))]));
        }
        if let R::WouldVanish { tasks } = refusal {
            let quoted = tasks.iter().map(|(id, title)| {
                let title = self.speaker.title(title);
                self.speaker.quoted(&title, id)
            });
            let tasks: Result<Vec<String>, WordsError> = quoted.collect();
            return Ok(("", vec![("tasks", text(&tasks?.join(", ")))]));
        }
        let R::TaskExists { task } = refusal else { return Ok(("", Vec::new())) };
        Ok(("", vec![("task", text(task))]))
    }

    /// What is said about something typed: a value, a line of many, a length of time.
    fn about_typed(&self, refusal: &Refusal) -> Result<Words, WordsError> {
        if let R::BadValue { field, title, kind, given, known } = refusal {
            return Ok(self.bad_value(self.quoted(field, title)?, given, kind, known));
        }
        if let R::TwoReadings { field, title, given, first, second } = refusal {
            return Ok(("", readings(self.quoted(field, title)?, [given, first, second])));
        }
        if let R::BadLine(bad) = refusal { self.bad_line(bad) } else { self.about_time(refusal) }
    }

    /// What is said about working time.
    fn about_time(&self, refusal: &Refusal) -> Result<Words, WordsError> {
        if let R::NoTimeKind { task, title, kind, known } = refusal {
            let first = text(known.first().map_or("", String::as_str));
            let known = names(&known.iter().map(|word| self.time_kind(word)).collect::<Result<Vec<_>, _>>()?);
            if kind.is_empty() {
                return Ok(("refusal-no-time-kind-unsaid", vec![("known", known), ("first", first)]));
            }
            let task = self.quoted(task, title)?;
            return Ok(("", vec![("task", task), ("known", known), ("kind", text(kind))]));
        }
        if let R::BadTime { longest, .. } = refusal {
            return Ok(("", vec![("hours", number(longest / 60))]));
        }
        if let R::TimeUnread { given } = refusal {
            return Ok(("", vec![("given", text(given))]));
        }
        let R::NoTimeEntry { entry, have } = refusal else { return Ok(("", Vec::new())) };
        Ok(("", vec![("entry", number(*entry)), ("have", number(*have))]))
    }

    /// `call`, and what it is called in the reader's language.
    fn time_kind(&self, word: &str) -> Result<String, WordsError> {
        let called = self.speaker.plain(&format!("time-{}", word.replace('_', "-")), &[])?;
        Ok(if called == word { called } else { format!("{word} ({called})") })
    }

    /// What is said about notes, hand-overs and accesses.
    fn about_the_beginning(&self, refusal: &Refusal) -> Words {
        if let R::NoteNeeded { item, text, .. } = refusal {
            return ("", vec![("item", number(*item)), ("title", Arg::Words(text.clone()))]);
        }
        if let R::HandoffOver { started, started_title } = refusal {
            let title = self.speaker.title(started_title);
            let started = if self.speaker.ids { format!("{title} ({started})") } else { title };
            return ("", vec![("started", text(&started))]);
        }
        if let R::NoAccess { item, known } = refusal {
            return ("", one_of("item", item, known));
        }
        if let R::NotYourAccess { roles } = refusal {
            return ("", vec![("roles", self.roles(roles))]);
        }
        let R::AccessEmpty { item } = refusal else { return ("", Vec::new()) };
        ("", vec![("item", text(item))])
    }

    fn not_an_approver(&self, people: &[PersonId]) -> Words {
        if people.is_empty() {
            return ("refusal-not-an-approver-nobody", Vec::new());
        }
        ("", vec![("people", self.people(people))])
    }

    /// What is said about payments and periods.
    fn about_money(&self, refusal: &Refusal) -> Words {
        if let Refusal::NoPayment { payment, known } = refusal {
            return ("", vec![("payment", text(payment)), ("known", names(known))]);
        }
        if let Refusal::NotYourMoney { people } = refusal {
            let key = if people.is_empty() { "refusal-not-your-money-nobody" } else { "" };
            return (key, vec![("people", self.people(people))]);
        }
        if let Refusal::PaymentClosed { payment, state } = refusal {
            return ("", vec![("payment", text(payment)), ("state", self.word("payment-state", state))]);
        }
        if let Refusal::OtherCurrency { payment, wanted, given } = refusal {
            return ("", vec![("payment", text(payment)), ("wanted", text(wanted)), ("given", text(given))]);
        }
        if let Refusal::TooMuchBack { payment, received } = refusal {
            return ("", vec![("payment", text(payment)), ("amount", Arg::Money(received.clone()))]);
        }
        if let Refusal::SameMoney { payment, amount, on } = refusal {
            let day = text(&crate::locale::date(self.speaker.language, *on));
            return (
                "",
                vec![("payment", text(payment)), ("amount", Arg::Money(amount.clone())), ("day", day)],
            );
        }
        if let Some(words) = self.about_loose_money(refusal) {
            return words;
        }
        if let Refusal::AmountNeeded { payment } = refusal {
            return ("", vec![("payment", text(payment))]);
        }
        if let Refusal::PeriodNotYet { next, payment: Some(payment) } = refusal {
            let args = vec![("next", number(*next)), ("payment", text(payment.as_str()))];
            return ("refusal-period-not-yet-unpaid", args);
        }
        let next = if let Refusal::PeriodNotYet { next, .. } = refusal { *next } else { 0 };
        ("", vec![("next", number(next))])
    }

    /// What is said about money that fits no payment.
    fn about_loose_money(&self, refusal: &Refusal) -> Option<Words> {
        if let Refusal::NoMoney { number: wanted, known } = refusal {
            let known: Vec<String> = known.iter().map(ToString::to_string).collect();
            return Some(("", vec![("number", number(*wanted)), ("known", names(&known))]));
        }
        if let Refusal::MoneyTwice { number: known, amount, on } = refusal {
            let day = text(&crate::locale::date(self.speaker.language, *on));
            let amount = Arg::Money(amount.clone());
            return Some(("", vec![("number", number(*known)), ("amount", amount), ("day", day)]));
        }
        if let Refusal::MoneyLeft { number: known, left } = refusal {
            return Some(("", vec![("number", number(*known)), ("amount", Arg::Money(left.clone()))]));
        }
        let Refusal::MoneyOfAnother { client } = refusal else { return None };
        Some(("", vec![("client", text(client))]))
    }

    /// The work of somebody else, or of nobody yet.
    fn reserved(
        &self,
        nobody: &'static str,
        task: &str,
        title: &Text,
        people: &[PersonId],
    ) -> Result<Words, WordsError> {
        let args = vec![("task", self.quoted(task, title)?), ("people", self.people(people))];
        Ok((if people.is_empty() { nobody } else { "" }, args))
    }

    fn about_a_form(&self, refusal: &Refusal) -> Result<Words, WordsError> {
        if let R::FormAgain { title, at, received, .. } = refusal {
            let key = if *received { "refusal-form-again-received" } else { "refusal-form-again-sent" };
            return Ok((key, vec![("form", Arg::Words(title.clone())), ("at", Arg::Moment(*at))]));
        }
        if let R::DraftOfClient { title, at, .. } = refusal {
            return Ok(("", vec![("form", Arg::Words(title.clone())), ("at", Arg::Moment(*at))]));
        }
        if let R::FormIncomplete { title, missing, .. } = refusal {
            let missing = self.missing(missing)?;
            return Ok(("", vec![("form", Arg::Words(title.clone())), ("missing", missing)]));
        }
        if let R::FormClosed { title, .. } = refusal {
            return Ok(("", vec![("form", Arg::Words(title.clone()))]));
        }
        if let R::NoForm { form: name, known } = refusal {
            return Ok(("", vec![("form", text(name)), ("known", names(known))]));
        }
        if let R::NoQuestion { title, question, known, .. } = refusal {
            let form = ("form", Arg::Words(title.clone()));
            return Ok(("", vec![form, ("question", text(question)), ("known", names(known))]));
        }
        if let R::NoConflict { field: name, known } = refusal {
            return Ok(("", vec![("field", text(name)), ("known", names(known))]));
        }
        Ok(("", Vec::new()))
    }

    fn already_decided(&self, person: Option<&PersonId>, at: Arg, approved: bool) -> Words {
        let key =
            if approved { "refusal-already-decided-approved" } else { "refusal-already-decided-sent-back" };
        let Some(person) = person else { return ("refusal-already-decided-silence", vec![("at", at)]) };
        let name = (self.name_of)(person);
        (key, vec![("person", text(&name)), ("at", at)])
    }

    fn bad_value(&self, field: Arg, given: &str, kind: &str, known: &[String]) -> Words {
        let mut args = vec![("field", field), ("given", text(given))];
        if known.is_empty() {
            args.push(("kind", self.word("kind", kind)));
            return ("", args);
        }
        args.push(("known", names(known)));
        ("refusal-bad-value-choice", args)
    }

    /// Which line, what is wrong with it, and what would fit.
    fn bad_line(&self, bad: &BadLine) -> Result<Words, WordsError> {
        let BadLine { field, title, line, problem, column, kind, given, known } = bad;
        let column = column.as_ref().map_or_else(|| text("—"), |column| Arg::Words(column.clone()));
        let wanted = if known.is_empty() { self.word("kind", kind) } else { names(known) };
        let wanted = if known.is_empty() && kind.is_empty() { text("—") } else { wanted };
        let args = [
            ("field", self.quoted(field, title)?),
            ("line", number(*line)),
            ("column", column),
            ("given", text(given)),
            ("known", wanted),
        ];
        let key = match problem {
            LineProblem::NoTopic => "refusal-bad-line-no-topic",
            LineProblem::NothingUnder => "refusal-bad-line-nothing-under",
            LineProblem::TooManyCells => "refusal-bad-line-too-many-cells",
            LineProblem::EmptyCell => "refusal-bad-line-empty-cell",
            LineProblem::Unfit if matches!(args[2].1, Arg::Words(_)) => "refusal-bad-line-unfit",
            LineProblem::Unfit => "refusal-bad-line-no-option",
            LineProblem::NoItem => "refusal-bad-line-no-item",
            LineProblem::Outside => "refusal-bad-line-outside",
            LineProblem::TooManyLines => "refusal-bad-line-too-many-lines",
            LineProblem::TooLong => "refusal-bad-line-too-long",
        };
        Ok((key, args.into()))
    }

    fn quoted(&self, id: &str, title: &Text) -> Result<Arg, WordsError> {
        Ok(Arg::Text(self.speaker.quoted(&self.speaker.title(title), id)?))
    }

    fn missing(&self, missing: &[Missing]) -> Result<Arg, WordsError> {
        Ok(Arg::Text(self.speaker.missing(missing)?))
    }

    fn people(&self, people: &[PersonId]) -> Arg {
        Arg::Names(people.iter().map(|person| (self.name_of)(person)).collect())
    }

    /// A word of the rules, such as a status or a step; one without a translation stays as it is.
    fn word(&self, group: &str, word: &str) -> Arg {
        let key = format!("{group}-{}", word.replace(['_', ' ', '/'], "-"));
        if self.speaker.catalogue.has(&key) { Arg::Key(key) } else { text(word) }
    }
}

/// A name that the task does not have, with those that it has.
fn unknown(task: &str, (what, name): (&'static str, &str), known: &[String]) -> Vec<(&'static str, Arg)> {
    vec![("task", text(task)), (what, text(name)), ("known", names(known))]
}

/// What was typed, and the two things that it may mean.
fn readings(field: Arg, [given, first, second]: [&String; 3]) -> Vec<(&'static str, Arg)> {
    vec![("field", field), ("given", text(given)), ("first", text(first)), ("second", text(second))]
}

fn no_item(task: &str, item: u32, have: u32) -> Vec<(&'static str, Arg)> {
    vec![("task", text(task)), ("item", number(item)), ("have", number(have))]
}

/// A name that is none of those that there are.
fn one_of(what: &'static str, name: &str, known: &[String]) -> Vec<(&'static str, Arg)> {
    vec![(what, text(name)), ("known", names(known))]
}

fn text(text: &str) -> Arg {
    Arg::Text(text.to_owned())
}

fn number(number: u32) -> Arg {
    Arg::Number(i64::from(number))
}

fn names(names: &[String]) -> Arg {
    Arg::Text(if names.is_empty() { "—".to_owned() } else { names.join(", ") })
}

/// The text within the limit, cut after a word.
fn shorten(text: &str, limit: usize) -> String {
    if text.encode_utf16().count() <= limit {
        return text.to_owned();
    }
    let mut units = 0;
    let fits = text.char_indices().take_while(|(_, character)| {
        units += character.len_utf16();
        units < limit
    });
    let end = fits.last().map_or(0, |(at, character)| at + character.len_utf8());
    let cut = text[..end].rfind(' ').filter(|at| *at > end / 2).unwrap_or(end);
    format!("{}…", text[..cut].trim_end_matches([',', ' ', '.']))
}
