//! Which variables a message may use, moment by moment: the contract between templates, messages and the engine.

/// A moment at which a template sends a message of its choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// To the client, when work on a task starts.
    Start,
    /// To the client, with the result.
    Finish,
    /// To the client, when the staff press a button.
    Button,
    /// To the staff, when one of them presses a button.
    StaffButton,
    /// To the client, when something has not happened.
    Reminder,
    /// To the staff, when something has not happened.
    StaffReminder,
}

impl Moment {
    /// Names of the variables, separated by blanks; fields that the client sees come on top.
    ///
    /// `amount` and `until` belong to payments, `at` to meetings; a template that uses them elsewhere is told.
    pub fn variables(self) -> &'static str {
        match self {
            Self::Start => "task due service project pm hours next round period",
            Self::Finish | Self::Button => "task due service project pm hours next round period result",
            Self::StaffButton => "client task due service project pm hours next round period result person",
            Self::Reminder => "task due service project pm form days times amount period until",
            Self::StaffReminder => "client task due service project pm person form days times amount period until",
        }
    }

    /// The moment in words that end a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Self::Start => "when a task like this starts",
            Self::Finish => "when a task like this is finished",
            Self::Button | Self::StaffButton => "when this button is pressed",
            Self::Reminder | Self::StaffReminder => "in a reminder",
        }
    }
}

/// Names of the variables of a message that a template chooses; see [`system_variables`] for the others.
pub fn variables_of(moment: Moment) -> impl Iterator<Item = &'static str> {
    moment.variables().split_whitespace()
}

/// Names of the variables of a message that the system sends by itself; `None` for any other message.
pub fn system_variables(key: &str) -> Option<impl Iterator<Item = &'static str>> {
    SYSTEM.iter().find(|(known, _)| *known == key).map(|(_, variables)| variables.split_whitespace())
}

/// Messages that the system sends by itself, and the variables each may use.
pub(crate) const SYSTEM: &[(&str, &str)] = &[
];

/// Messages shown by Telegram as an alert: at most 200 characters.
pub(crate) const ALERTS: [&str; 0] = [];
