//! Definition: what a template file becomes, checked, and pinned whole inside each project.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::fixed_time::FixedTime;
use super::money::Money;
use super::worktime::TimeKind;

/// A text in one or several languages, in the order of the file; language `""` means "any".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(pub Vec<(String, String)>);

impl Text {
    /// The same text for every language.
    pub fn plain(text: &str) -> Self {
        Self(vec![(String::new(), text.to_owned())])
    }

    /// The text in `language`, or else the first one there is.
    pub fn in_language(&self, language: &str) -> &str {
        let wanted = self.0.iter().find(|(l, _)| l == language);
        wanted.or_else(|| self.0.first()).map_or("", |(_, text)| text)
    }
}

/// A checked template with everything it refers to; `hash` is SHA-256 over the files it came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definition {
    pub service: String,
    pub title: Text,
    pub price: Option<Price>,
    pub repeats: Option<Repeats>,
    /// Languages of the agency, its own first.
    pub languages: Vec<String>,
    /// How long a ready task may lie before the PM hears that nobody starts it (PF-97).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accept_within: Option<Term>,
    /// What the agency asks for and allows at gates.
    #[serde(default, skip_serializing_if = "Rules::are_usual")]
    pub rules: Rules,
    pub stages: Vec<Stage>,
    pub forms: Vec<Form>,
    pub hash: String,
}

impl Definition {
    /// All tasks in their order.
    pub fn tasks(&self) -> impl Iterator<Item = &Task> {
        self.stages.iter().flat_map(|stage| stage.tasks.iter())
    }
}

/// What the agency asks for before work begins, and who may open a closed gate (REQUIREMENTS 1.6.4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// What must be known of the client before a project is opened (G1).
    pub handoff_needs: Vec<Handoff>,
    /// Who may let work go on without a brief (G2).
    pub brief: Override,
    /// Without the money (G3).
    pub payment: Override,
    /// Without the auditor's yes (G8).
    pub audit: Override,
    /// Roles that may look at an access, besides whoever works with it (PF-86).
    #[serde(default = "who_sees_accesses", skip_serializing_if = "is_usual_view")]
    pub see_accesses: Vec<String>,
}

fn who_sees_accesses() -> Vec<String> {
    ["pm", "head"].map(str::to_owned).to_vec()
}

fn is_usual_view(roles: &[String]) -> bool {
    roles == who_sees_accesses()
}

impl Default for Rules {
    fn default() -> Self {
        let (brief, payment, audit) = (Override::Nobody, Override::Head, Override::Head);
        Self { handoff_needs: Vec::new(), brief, payment, audit, see_accesses: who_sees_accesses() }
    }
}

impl Rules {
    fn are_usual(&self) -> bool {
        *self == Self::default()
    }
}

/// Who may open a gate by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Override {
    Nobody,
    Head,
}

/// Something that sales hand over with a client (PF-83).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Handoff {
    Price,
    /// The client's chat, linked and confirmed.
    Chat,
    /// Somebody at the client's.
    Contact,
    /// Somebody there who may approve.
    Approver,
    /// Somebody of ours who answers for the project.
    Pm,
}

impl Handoff {
    /// The word of agency.yaml, such as `approver`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Price => "price",
            Self::Chat => "chat",
            Self::Contact => "contact",
            Self::Approver => "approver",
            Self::Pm => "pm",
        }
    }
}

/// What the service costs, and per which period if it repeats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Price {
    pub amount: Money,
    pub per: Option<Every>,
}

/// The length of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Every {
    Week,
    TwoWeeks,
    Month,
    Quarter,
}

/// How a service repeats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repeats {
    pub every: Every,
    pub counted_from: CountedFrom,
    pub next_round: NextRound,
}

/// The day on which the first period starts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CountedFrom {
    ProjectStart,
    FirstDayOfMonth,
    Task(String),
    Button(String),
}

/// What opens the next period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NextRound {
    WhenPaid,
    Automatically,
    WhenThePmSaysSo,
}

/// A group of tasks with a goal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    pub id: String,
    pub title: Text,
    pub goal: Option<Text>,
    pub tasks: Vec<Task>,
}

/// One step of work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    pub id: String,
    /// Earlier ids of this task.
    pub was: Vec<String>,
    pub title: Text,
    pub kind: Kind,
    pub months: Months,
    /// The tasks that must be over before this one; `None` is the one before it in the list (SC-30).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Vec<String>>,
    /// Role that does the work.
    pub assignee: String,
    /// Role that checks the result before the client sees it.
    pub auditor: Option<String>,
    /// Planned work, in minutes.
    pub minutes: u32,
    /// What time is logged here for; empty is the work itself (PF-46).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub time: Vec<TimeKind>,
    /// Tasks whose results are shown here (PF-50).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inputs: Vec<String>,
    /// How long the task may take, counted from the moment it is ready (T5).
    pub due: Option<Term>,
    pub approval: Approval,
    pub approve_after_silence: Option<Term>,
    /// Rounds of rework that the price includes.
    pub rework_rounds: Option<u32>,
    /// Time can be logged here until the project ends.
    pub stays_open: bool,
    /// Message to the client when work starts; `None` is silence.
    pub start_message: Option<String>,
    /// Message to the client when the result is there; `None` is silence.
    pub finish_message: Option<String>,
    pub instructions: Option<Text>,
    pub checklist: Vec<Item>,
    /// What the assignee hands over; payment and meeting tasks bring their own fields here.
    pub result: Vec<Field>,
    pub buttons: Vec<Button>,
    pub start_needs: Vec<Gate>,
    pub finish_needs: Vec<Gate>,
    pub remind: Vec<Reminder>,
    pub pays_for: Option<Period>,
    pub amount: Option<Share>,
    /// Closes the project as lost when the field has this option.
    pub ends_project_if: Option<(String, String)>,
}

impl Task {
    /// The result field called `id`.
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.result.iter().find(|field| field.id == id)
    }

    /// The field that somebody calls so: by its id, or by one that it has in another version of the template.
    pub fn field_called(&self, name: &str) -> Option<&Field> {
        self.field(name).or_else(|| self.result.iter().find(|field| field.was.iter().any(|was| was == name)))
    }

    /// The same for a button.
    pub fn button_called(&self, name: &str) -> Option<&Button> {
        let renamed = || self.buttons.iter().find(|button| button.was.iter().any(|was| was == name));
        self.button(name).or_else(renamed)
    }

    /// The staff button called `id`.
    pub fn button(&self, id: &str) -> Option<&Button> {
        self.buttons.iter().find(|button| button.id == id)
    }
}

/// What sort of task it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Work,
    Payment,
    Report,
    Meeting,
}

/// In which periods the task takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Months {
    First,
    Every,
    FromSecond,
}

/// Whether the client decides on the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Approval {
    Required,
    None,
}

/// A length of time that says which days it means, such as `2 business days`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// In hundredths of the unit, so that `1.5 business days` stays exact.
    pub hundredths: u32,
    pub unit: Unit,
}

/// The unit of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    BusinessDays,
    BusinessHours,
    CalendarDays,
    CalendarHours,
}

/// A line of a checklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    pub text: Text,
    pub optional: bool,
    /// It is ticked only with a few words on what was agreed (PF-78).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub needs_note: bool,
    /// Its note is the list of risks of the project (PF-79).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub lists_risks: bool,
}

/// One field of a result or a brief.
#[expect(clippy::struct_excessive_bools, reason = "each is a key of the template file")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    pub id: String,
    /// Earlier ids of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub was: Vec<String>,
    pub title: Text,
    pub kind: FieldKind,
    pub required: bool,
    /// For links, files, topics and tables: how many at least.
    pub at_least: Option<u32>,
    pub client_sees: bool,
    /// For choices: id and what people read.
    pub options: Vec<(String, Text)>,
    /// For a choice for each: what is chosen for (PF-49).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<(String, Text)>,
    /// For tables (PF-53).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<Field>,
    /// For a column of days: the date range of the task's result that each of them lies in (PF-53).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<String>,
    pub hint: Option<Text>,
    pub is_expense: bool,
    pub sets_price: bool,
    /// For a brief: where the answer goes on the client's card.
    pub saves_to: Option<String>,
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    Text,
    LongText,
    Link,
    Links,
    File,
    Files,
    Number,
    Money,
    Percent,
    Date,
    DateRange,
    DateTime,
    Choice,
    Choices,
    YesNo,
    /// Topics with what is under them (PF-50).
    Topics,
    Table,
    /// One of the options for each of the items (PF-49).
    ChoiceForEach,
    /// What was finished in a period, collected by the engine; people may put their own words in its place (PF-67).
    Done,
}

/// An action of the staff on a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    pub id: String,
    /// Earlier ids of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub was: Vec<String>,
    pub title: Text,
    /// Fields that must be filled before the button exists (PF-61).
    pub needs: Vec<String>,
    /// The button is there once the client has filled in this form: one request at a time (PF-86).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needs_form: Option<String>,
    /// One press and no more.
    pub once: bool,
    pub send_form: Option<String>,
    pub tell_client: Option<String>,
    pub tell_staff: Option<String>,
    /// A message that the client is asked to agree to with one press (PF-80).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ask_agreement: Option<String>,
    /// An access that the client is asked for, on a page of its own (PF-86).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ask_access: Option<String>,
    /// What people call that access; its id without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_title: Option<Text>,
}

/// A condition on a step.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gate {
    Form(String),
    Paid(Period),
    Field(String),
    Button(String),
    /// An account or a site that we were let into, tried by us (G4).
    Access(String),
    /// The client approved the result of that task, and what is published is exactly that (G9).
    Approved(String),
    /// The client agreed to the text of this message (PF-80).
    Acknowledged(String),
}

/// Which period a payment is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    This,
    Next,
}

/// How much of the price a payment asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Share {
    /// In hundredths of a percent.
    Percent(u32),
    Amount(Money),
    Rest,
}

/// A reminder: who is told when something has not happened, and how often.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminder {
    pub when: ReminderWhen,
    pub form: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<String>,
    pub clock: ReminderClock,
    pub tell_client: Option<String>,
    pub tell_staff: Option<String>,
    /// Every so long, at most so many times.
    pub repeat: Option<(Term, u32)>,
    pub then_tell_staff: Option<String>,
}

/// What has not happened yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReminderWhen {
    FormNotReceived,
    ApprovalNotGiven,
    PaymentNotReceived,
    TaskNotStarted,
    TaskNotFinished,
    /// The client has not agreed to a text that a button of this task sent (PF-80).
    RulesNotAcknowledged,
    /// The client was asked for an access and has not given it (PF-87).
    AccessNotReceived,
}

/// From where a reminder counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReminderClock {
    After(Term),
    BeforeDue(Term),
    BeforePeriodEnd(Term),
}

/// A brief: the client's questionnaire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    pub id: String,
    pub title: Text,
    pub intro: Option<Text>,
    pub questions: Vec<Field>,
    pub google_form: Option<String>,
}

/// The agency file: who works here, when, and what we promise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agency {
    pub name: String,
    /// ISO 4217, such as `UAH`.
    pub currency: String,
    /// The first one is what a client gets unless the client's card says otherwise.
    pub languages: Vec<String>,
    pub calendar: super::calendar::Calendar,
    pub answer_within: Option<Term>,
    pub warn_pm_after: Option<Term>,
    pub messages_signed_by: SignedBy,
    /// How long a ready task may lie before the PM hears of it.
    pub accept_within: Term,
    pub by_the_clock: ByTheClock,
    pub rules: Rules,
    pub roles: Vec<Role>,
    pub rates: Rates,
}

/// Whose name a client reads over a message that is written from here (SC-23).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignedBy {
    /// The PM of the project, so that a client knows one name; the author where there is no PM.
    #[default]
    Pm,
    /// Whoever wrote it.
    Author,
}

/// What the staff hear at fixed times.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByTheClock {
    /// What is late, due today, waiting for a check or for the client; on business days only (SC-29).
    pub day_overview: Option<FixedTime>,
    /// What each project came to this month; on the last business day before, if its own is free (T8).
    pub month_report: Option<FixedTime>,
}

/// A role that templates speak of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    pub id: String,
    pub title: Text,
    /// The person suggested for it.
    pub usually: Option<String>,
}

/// What an hour of work costs the agency inside; only reports read it (PF-48).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rates {
    pub roles: BTreeMap<String, Money>,
    /// Instead of that of the role.
    pub people: BTreeMap<String, Money>,
}

impl Rates {
    /// What an hour of the person costs who works as `role`.
    pub fn of(&self, person: &str, role: Option<&str>) -> Option<&Money> {
        self.people.get(person).or_else(|| self.roles.get(role?))
    }
}
