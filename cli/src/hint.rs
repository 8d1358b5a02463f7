//! Hint: after a refusal, the command that helps, ready to paste.

use engine::domain::definition::{Field, FieldKind, Period, Text};
use engine::domain::project::{AccessState, Project};
use engine::domain::{Missing, PersonId, Refusal, TaskId, Timestamp};

/// What was asked of whom, when it was refused.
#[derive(Clone, Copy)]
pub struct About<'a> {
    /// As it is typed: the project's id.
    pub project: &'a str,
    pub task: Option<&'a TaskId>,
    pub state: Option<&'a Project>,
    pub now: Timestamp,
}

/// The command that brings the asker further; `None` where none does.
pub fn hint(refusal: &Refusal, about: Option<About<'_>>) -> Option<String> {
    first_missing(refusal, about).or_else(|| step(refusal, about))
}

/// The command that brings the first thing that is missing.
fn first_missing(refusal: &Refusal, about: Option<About<'_>>) -> Option<String> {
    let missing = refusal.missing().first()?;
    if let Refusal::HandoffIncomplete { .. } = refusal {
        let nowhere = About { project: "", task: None, state: None, now: Timestamp::UNIX_EPOCH };
        let mut each: Vec<String> = Vec::new();
        for hint in refusal.missing().iter().map(|missing| for_missing(missing, nowhere)) {
            if !each.contains(&hint) {
                each.push(hint);
            }
        }
        // What sales lack is mended in one go: a line for each.
        return Some(each.join("\nhint: "));
    }
    let of_task = !matches!(refusal, Refusal::FormIncomplete { .. });
    about.filter(|_| of_task).map(|about| for_missing(missing, about))
}

#[expect(clippy::too_many_lines, reason = "a list: a line for each refusal")]
fn step(refusal: &Refusal, about: Option<About<'_>>) -> Option<String> {
    match refusal {
        Refusal::NoProject => Some("signoff project list".to_owned()),
        Refusal::NoClient | Refusal::ClientExists { .. } | Refusal::ChatTaken { .. } => {
            Some("signoff client list".to_owned())
        }
        Refusal::NoPerson { .. } | Refusal::NotAllowed { .. } | Refusal::OnlyTheHead { .. } => {
            Some("signoff person list".to_owned())
        }
        Refusal::NotYourTask { people, .. }
        | Refusal::NotYourCheck { people, .. }
        | Refusal::NotYourMoney { people } => {
            people.first().map(|PersonId(person)| format!("add --as {person}"))
        }
        Refusal::LinkInvalid | Refusal::LinkExpired | Refusal::NoChatToConfirm | Refusal::NoChat => {
            Some(link())
        }
        Refusal::FormAgain { .. }
        | Refusal::FormClosed { .. }
        | Refusal::NoQuestion { .. }
        | Refusal::FormIncomplete { .. } => about.and_then(|about| for_form(refusal, about)),
        Refusal::ReasonNeeded { .. } | Refusal::CallNeedsComment => Some("add --comment \"…\"".to_owned()),
        Refusal::NoConflict { .. } => Some("signoff client show CLIENT".to_owned()),
        Refusal::NotItsTurn { .. } | Refusal::OutOfOrder { .. } | Refusal::WrongStatus { .. } => {
            about.map(|about| for_turn(refusal, about))
        }
        Refusal::BadLine(_)
        | Refusal::BadValue { .. }
        | Refusal::TwoReadings { .. }
        | Refusal::NoTimeEntry { .. }
        | Refusal::NoTimeKind { .. } => about.and_then(|about| for_typed(refusal, about)),
        Refusal::OwnWork { .. } => another_auditor(about?),
        Refusal::NoPayment { .. }
        | Refusal::PaymentClosed { .. }
        | Refusal::OtherCurrency { .. }
        | Refusal::TooMuchBack { .. }
        | Refusal::SameMoney { .. }
        | Refusal::MoneyTwice { .. }
        | Refusal::NoMoney { .. }
        | Refusal::MoneyLeft { .. }
        | Refusal::MoneyOfAnother { .. }
        | Refusal::AmountNeeded { .. }
        | Refusal::PeriodNotYet { payment: Some(_), .. } => for_money(refusal, about),
        Refusal::NoTask { .. }
        | Refusal::BadTime { .. }
        | Refusal::TimeUnread { .. }
        | Refusal::NoField { .. }
        | Refusal::NoButton { .. }
        | Refusal::NoItem { .. }
        | Refusal::NoGate { .. }
        | Refusal::NoRole { .. }
        | Refusal::ProjectExists { .. }
        | Refusal::CannotStart { .. }
        | Refusal::CannotFinish { .. }
        | Refusal::ButtonLocked { .. }
        | Refusal::ButtonUsed { .. }
        | Refusal::NotAnApprover { .. }
        | Refusal::AlreadyDecided { .. }
        | Refusal::Stale
        | Refusal::ForeignPress
        | Refusal::UndoTooLate { .. }
        | Refusal::UndoNextStarted { .. }
        | Refusal::UndoNotYours { .. }
        | Refusal::RemarksClosed
        | Refusal::ProjectOver
        | Refusal::ProjectPaused
        | Refusal::OutsideProject
        | Refusal::DayIsPast { .. }
        | Refusal::DayIsAhead { .. }
        | Refusal::NoPeriods
        | Refusal::PeriodNotYet { payment: None, .. }
        | Refusal::PasswordTooEasy { .. }
        | Refusal::WrongCode
        | Refusal::NoLanguage { .. }
        | Refusal::NoZone { .. }
        | Refusal::CommandIdTaken { .. }
        | Refusal::StaffAsApprover { .. }
        | Refusal::TelegramTaken { .. }
        | Refusal::HasLeft { .. }
        | Refusal::NoForm { .. }
        | Refusal::HandoffIncomplete { .. }
        | Refusal::NoOverride { .. }
        | Refusal::OtherService { .. }
        | Refusal::WouldVanish { .. }
        | Refusal::TaskExists { .. }
        | Refusal::HandoffOver { .. }
        | Refusal::DraftOfClient { .. }
        | Refusal::TemplateMoved { .. }
        | Refusal::BadId { .. } => about.map(show),
        Refusal::NoteNeeded { .. }
        | Refusal::NoAccess { .. }
        | Refusal::AccessEmpty { .. }
        | Refusal::NotYourAccess { .. }
        | Refusal::NoRight { .. } => at_the_beginning(refusal, about),
        Refusal::StillHolds { .. } => {
            Some("add --to PERSON, or --assign ROLE=PERSON for each role".to_owned())
        }
        Refusal::TooLateToInsert { started, .. } => Some(format!("add --after {started}")),
    }
}

/// Notes and accesses.
fn at_the_beginning(refusal: &Refusal, about: Option<About<'_>>) -> Option<String> {
    if let Refusal::NotYourAccess { .. } | Refusal::NoRight { .. } = refusal {
        return Some("add --as PERSON, of one of these roles".to_owned());
    }
    let project = about?.project;
    if let Refusal::NoteNeeded { task, item, .. } = refusal {
        return Some(format!("signoff task tick {project}/{task} {item} --note \"…\""));
    }
    if let Refusal::AccessEmpty { item } = refusal {
        return Some(format!("signoff access ask {project} {item}"));
    }
    Some(format!("signoff access list {project}"))
}

/// Payments that are not there, closed, or of another kind.
fn for_money(refusal: &Refusal, about: Option<About<'_>>) -> Option<String> {
    if let Refusal::SameMoney { .. } | Refusal::MoneyTwice { .. } = refusal {
        return Some("add --again".to_owned());
    }
    if let Refusal::AmountNeeded { payment } = refusal {
        return receive(about, payment).map(|typed| typed + " --amount \"24000 UAH\"");
    }
    if let Refusal::NoMoney { .. } | Refusal::MoneyLeft { .. } | Refusal::MoneyOfAnother { .. } = refusal {
        return Some("signoff payment list".to_owned());
    }
    if let Refusal::PeriodNotYet { payment: Some(payment), .. } = refusal {
        return receive(about, payment.as_str());
    }
    about.map(|about| format!("signoff payment list {} --all", about.project))
}

fn link() -> String {
    "signoff client link CLIENT".to_owned()
}

/// The step that has to be made first.
fn for_turn(refusal: &Refusal, about: About<'_>) -> String {
    if let Refusal::NotItsTurn { before, .. } | Refusal::OutOfOrder { task: before, .. } = refusal {
        return next_step(about, &TaskId(before.clone()));
    }
    about.task.map_or_else(|| show(about), |task| next_step(about, task))
}

/// What to type instead.
fn for_typed(refusal: &Refusal, about: About<'_>) -> Option<String> {
    if let Refusal::BadLine(bad) = refusal {
        return another_value(about, &bad.field);
    }
    if let Refusal::BadValue { field, .. } | Refusal::TwoReadings { field, .. } = refusal {
        return another_value(about, field);
    }
    if let Refusal::NoTimeKind { known, .. } = refusal {
        return known.first().map(|kind| format!("add --kind {kind}"));
    }
    Some(format!("signoff time list {}", about.project))
}

fn another_value(about: About<'_>, field: &str) -> Option<String> {
    let field = about.state?.plan(about.task?)?.field(field)?;
    Some(set(about, field))
}

fn another_auditor(about: About<'_>) -> Option<String> {
    let role = about.state?.plan(about.task?)?.auditor.as_ref()?;
    Some(format!("signoff project assign {} {role}=PERSON", about.project))
}

fn for_form(refusal: &Refusal, about: About<'_>) -> Option<String> {
    if let Refusal::FormAgain { form, .. } = refusal {
        return Some(brief(about, "send", form) + " --again");
    }
    if let Refusal::FormClosed { form, .. } | Refusal::NoQuestion { form, .. } = refusal {
        return Some(brief(about, "show", form));
    }
    let Refusal::FormIncomplete { form, missing, .. } = refusal else { return None };
    let first = missing.first().map_or("QUESTION", question);
    Some(format!("{} {first}=…", brief(about, "set", form)))
}

fn question(missing: &Missing) -> &str {
    if let Missing::Field { field, .. } | Missing::More { field, .. } = missing { field } else { "QUESTION" }
}

fn brief(about: About<'_>, verb: &str, form: &str) -> String {
    format!("signoff brief {verb} {} {form}", about.project)
}

fn show(about: About<'_>) -> String {
    format!("signoff project show {}", about.project)
}

fn for_missing(missing: &Missing, about: About<'_>) -> String {
    let task = about.task.map_or("TASK", TaskId::as_str);
    let place = format!("{}/{task}", about.project);
    let field = |id: &str| about.state.and_then(|state| state.plan(about.task?)?.field(id));
    match missing {
        Missing::Field { field: id, .. } | Missing::More { field: id, .. } => match field(id) {
            Some(field) => set(about, field),
            None => format!("signoff task set {place} {id}=…"),
        },
        Missing::Gate { gate } if money_behind(gate, about).is_some() => {
            money_behind(gate, about).unwrap_or_default()
        }
        Missing::Gate { gate } if gate.starts_with("form:") => {
            let form = gate.trim_start_matches("form:");
            let sent = about.state.is_some_and(|state| state.sent_form(form).sendings > 0);
            brief(about, if sent { "show" } else { "send" }, form)
        }
        Missing::Gate { gate } if gate.starts_with("acknowledged:") => match asks(gate, about) {
            Some(button) => format!("signoff task press {place} {button}"),
            None => show(about),
        },
        Missing::Gate { gate } if unasked(gate, about).is_some() => unasked(gate, about).unwrap_or_default(),
        Missing::Gate { gate } => format!("signoff task confirm {place} {gate} --comment \"…\""),
        Missing::Outside { field, .. } => format!("signoff task set {place} {field}=@FILE"),
        Missing::OtherFile { field, .. } => format!("signoff task set {place} {field}=./FILE"),
        Missing::Handoff { need } => match need.as_str() {
            "accepted" => format!("signoff handoff accept {}", about.project),
            "mended" => format!("signoff handoff offer {} --promised-by-date DATE", about.project),
            "price" => "add --price \"24000 UAH\"".to_owned(),
            "pm" => "add --assign pm=PERSON".to_owned(),
            "chat" => "signoff client link CLIENT".to_owned(),
            _ => "signoff client approver CLIENT --telegram-user NUMBER".to_owned(),
        },
        Missing::Checklist { item, .. } => format!("signoff task tick {place} {item}"),
        Missing::Button { button, opens_with, .. } => match opens_with.first().and_then(|id| field(id)) {
            Some(field) => set(about, field),
            None => format!("signoff task press {place} {button}"),
        },
        Missing::Role { role } => format!("signoff project assign {} {role}=PERSON", about.project),
        Missing::Task { task, .. } | Missing::Approval { task, .. } => next_step(about, task),
    }
}

/// The button that asks the client to agree.
fn asks(gate: &str, about: About<'_>) -> Option<String> {
    let rules = gate.strip_prefix("acknowledged:")?;
    let plan = about.state?.plan(about.task?)?;
    let button = plan.buttons.iter().find(|button| button.ask_agreement.as_deref() == Some(rules))?;
    Some(button.id.clone())
}

/// The command that asks the client for an access which nobody asked for yet.
fn unasked(gate: &str, about: About<'_>) -> Option<String> {
    let item = gate.strip_prefix("access:")?;
    let is_new = about.state?.access_state(item) == AccessState::NotAsked;
    is_new.then(|| format!("signoff access ask {} {item}", about.project))
}

/// The command that opens a gate on money: writing the money down.
fn money_behind(gate: &str, about: About<'_>) -> Option<String> {
    let which = match gate {
        "paid:this-period" => Period::This,
        "paid:next-period" => Period::Next,
        _ => return None,
    };
    let payment = about.state?.payment_behind(about.task?, which)?;
    receive(Some(about), payment.id.as_str())
}

fn receive(about: Option<About<'_>>, payment: &str) -> Option<String> {
    about.map(|about| format!("signoff payment receive {}/{payment}", about.project))
}

fn set(about: About<'_>, field: &Field) -> String {
    let task = about.task.map_or("TASK", TaskId::as_str);
    format!("signoff task set {}/{task} {}={}", about.project, field.id, example(field, about.now))
}

/// A value that the field would take.
fn example(field: &Field, now: Timestamp) -> String {
    let day = |days: i64| (now + chrono::TimeDelta::days(days)).format("%Y-%m-%d").to_string();
    match field.kind {
        FieldKind::Text | FieldKind::LongText => "\"…\"".to_owned(),
        FieldKind::Link => "https://…".to_owned(),
        FieldKind::Links => "\"https://… https://…\"".to_owned(),
        FieldKind::File | FieldKind::Files => "./FILE".to_owned(),
        FieldKind::Number => "12".to_owned(),
        FieldKind::Percent => "10".to_owned(),
        FieldKind::Money => "\"5000 UAH\"".to_owned(),
        // Money has come; all else is still to come.
        FieldKind::Date if field.id == "paid_on" => day(0),
        FieldKind::Date => day(1),
        FieldKind::DateRange => format!("{}..{}", day(1), day(10)),
        FieldKind::DateTime => format!("\"{} 10:00\"", day(1)),
        FieldKind::Choice | FieldKind::Choices => {
            let options: Vec<&str> = field.options.iter().map(|(id, _)| id.as_str()).collect();
            options.first().copied().unwrap_or("…").to_owned()
        }
        FieldKind::YesNo => "yes".to_owned(),
        FieldKind::Topics => "\"…: …; …\"".to_owned(),
        FieldKind::Table => "@rows.tsv".to_owned(),
        FieldKind::ChoiceForEach => {
            let id =
                |known: &[(String, Text)]| known.first().map_or_else(|| "…".to_owned(), |(id, _)| id.clone());
            format!("\"{}: {}\"", id(&field.items), id(&field.options))
        }
        FieldKind::Done => "@report.txt".to_owned(),
    }
}

/// The step that a task is waiting for.
fn next_step(about: About<'_>, task: &TaskId) -> String {
    use engine::domain::project::Status;
    let status = about.state.and_then(|state| state.task(task)).map(|task| task.status);
    let step = match status {
        Some(Status::Ready | Status::Rework) => "start",
        Some(Status::InProgress) => "submit",
        Some(Status::Paused) => "resume",
        Some(Status::InReview) => "accept",
        Some(Status::Waiting | Status::AwaitingApproval | Status::Completed | Status::Cancelled) | None => {
            return show(about);
        }
    };
    format!("signoff task {step} {}/{task}", about.project)
}
