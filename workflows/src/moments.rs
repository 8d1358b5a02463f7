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
    /// Names of the variables, separated by blanks; on top come fields that the client sees
    /// and that cannot be empty then: required ones when it is finished, those that a button needs.
    ///
    /// `amount` and `until` belong to payments, `at` to meetings; a template that uses them elsewhere is told.
    pub fn variables(self) -> &'static str {
        match self {
            Self::Start => "task due service project pm hours next round period",
            Self::Finish | Self::Button => "task due service project pm hours next round period result",
            Self::StaffButton => "client task due service project pm hours next round period result person",
            Self::Reminder => "task due service project pm form days times amount period until",
            Self::StaffReminder => {
                "client task due service project pm person form days times amount period until"
            }
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

/// Whether a message that a template chooses may use the variable at some moment.
pub(crate) fn is_of_any_moment(variable: &str) -> bool {
    use Moment as M;
    let moments = [M::Start, M::Finish, M::Button, M::StaffButton, M::Reminder, M::StaffReminder];
    moments.into_iter().any(|moment| variables_of(moment).any(|known| known == variable))
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
    ("btn-approve", ""),
    ("btn-send-back", ""),
    ("btn-undo", ""),
    ("btn-comment-done", ""),
    ("btn-cancel", ""),
    ("btn-fill-brief", ""),
    ("btn-need-help", ""),
    ("btn-open-result", ""),
    ("btn-open-portal", ""),
    ("btn-invoice", ""),
    ("btn-already-paid", ""),
    ("btn-question", ""),
    ("btn-start", ""),
    ("btn-pause", ""),
    ("btn-resume", ""),
    ("btn-submit", ""),
    ("btn-submit-locked", ""),
    ("btn-accept", ""),
    ("btn-return", ""),
    ("word-yes", ""),
    ("word-no", ""),
    ("word-or", ""),
    ("word-quoted", "text"),
    ("word-files", "count"),
    ("status-waiting", ""),
    ("status-ready", ""),
    ("status-in-progress", ""),
    ("status-paused", ""),
    ("status-in-review", ""),
    ("status-awaiting-approval", ""),
    ("status-rework", ""),
    ("status-completed", ""),
    ("status-cancelled", ""),
    ("task-cancelled", ""),
    ("step-start", ""),
    ("step-pause", ""),
    ("step-resume", ""),
    ("step-submit", ""),
    ("step-accept", ""),
    ("step-return", ""),
    ("step-fill", ""),
    ("step-tick", ""),
    ("step-press", ""),
    ("step-confirm", ""),
    ("step-confirm-chat", ""),
    ("step-cancel", ""),
    ("step-assign", ""),
    ("step-approve", ""),
    ("step-send-back", ""),
    ("step-decline", ""),
    ("step-promise", ""),
    ("step-undo", ""),
    ("step-remark", ""),
    ("step-open", ""),
    ("step-client", ""),
    ("step-language", ""),
    ("step-link", ""),
    ("step-approver", ""),
    ("step-person", ""),
    ("kind-text", ""),
    ("kind-long-text", ""),
    ("kind-link", ""),
    ("kind-links", ""),
    ("kind-file", ""),
    ("kind-files", ""),
    ("kind-number", ""),
    ("kind-money", ""),
    ("kind-percent", ""),
    ("kind-date", ""),
    ("kind-date-range", ""),
    ("kind-date-time", ""),
    ("kind-choice", ""),
    ("kind-choices", ""),
    ("kind-yes-no", ""),
    ("missing-field", "title"),
    ("missing-more", "title wanted have"),
    ("missing-form", "form"),
    ("missing-paid-this", ""),
    ("missing-paid-next", ""),
    ("missing-gate", "gate"),
    ("missing-item", "item title"),
    ("missing-button", "title"),
    ("missing-button-locked", "button fields"),
    ("missing-role", "role"),
    ("missing-task", "title"),
    ("task-started", "task due service project pm hours next round period"),
    ("task-finished", "task due service project pm hours next round period result"),
    ("task-finished-info", "task due service project pm hours next round period result"),
    ("rework-finished", "task due service project pm hours next round period result"),
    ("brief-request", "form questions minutes"),
    ("brief-received", ""),
    ("month-starts", "period tasks next"),
    ("project-finished", "project"),
    ("approval-given", "person at"),
    ("approval-by-silence", "task days"),
    ("approval-deemed", "at"),
    ("approval-again", "task"),
    ("sendback-ask", "person task"),
    ("sendback-hint", ""),
    ("sendback-given", "person at"),
    ("sendback-noted", "remarks"),
    ("sendback-received", "remarks task due"),
    ("decision-undone", "person at"),
    ("chat-linked-waiting", ""),
    ("outage-reask", "from until"),
    ("digest-while-away", "count"),
    ("press-thanks", ""),
    ("press-thanks-approve", ""),
    ("press-thanks-send-back", ""),
    ("press-done", ""),
    ("undo-done", ""),
    ("undo-late", ""),
    ("nothing-to-answer", ""),
    ("press-as-yourself", ""),
    ("question-received", "pm until"),
    ("question-received-off", "pm until"),
    ("staff-task-ready", "client task project service person due hours round status result missing remarks"),
    ("staff-card", "client task project service person due hours round status result"),
    (
        "staff-card-missing",
        "client task project service person due hours round status result missing remarks",
    ),
    ("staff-card-rework", "client task project service person due hours round status result missing remarks"),
    ("content-photo", ""),
    ("content-voice", ""),
    ("content-video", ""),
    ("content-audio", ""),
    ("content-animation", ""),
    ("content-sticker", ""),
    ("content-location", ""),
    ("content-contact", ""),
    ("content-poll", ""),
    ("content-file", ""),
    ("content-other", ""),
    ("remark-aside", "person text"),
    ("lost-removed", ""),
    ("lost-blocked", ""),
    ("lost-deactivated", ""),
    ("lost-never-started", ""),
    ("lost-restricted", ""),
    ("lost-not-found", ""),
    ("lost-closed", ""),
    ("failed-file", ""),
    ("failed-gone", ""),
    ("failed-formatting", ""),
    ("failed-long", ""),
    ("failed-buttons", ""),
    ("failed-topic", ""),
    ("failed-silence", ""),
    ("failed-strange", ""),
    ("topic-chosen", ""),
    ("staff-topic-lost", "client"),
    ("staff-topic-lost-here", ""),
    ("staff-auto-delete", "client days"),
    ("staff-approver-left", "client person"),
    ("staff-approver-back", "client person"),
    ("staff-nobody", ""),
    ("staff-check-needed", "client task project service person due hours round status result auditor"),
    ("staff-update-dead", "update"),
    ("staff-inputs-lost", "from until"),
    ("staff-accepted", "client task project service person due hours round status result"),
    ("staff-check-returned", "client task project service person due hours round status result"),
    ("staff-returned", "client task project service person due hours round status result remarks"),
    ("staff-approved", "client task project service person due hours round status result"),
    ("staff-sent-back", "client task project service person due hours round status result remarks"),
    ("staff-remarks", "client task project service person due hours round status result remarks"),
    ("staff-no-remarks", "client task project service person due hours round status result"),
    ("staff-undone", "client task project service person due hours round status result"),
    ("staff-gate-confirmed", "client task project service person due hours round status result gate"),
    ("staff-cancelled", "client task project service person due hours round status result reason"),
    ("staff-project-opened", "client project service"),
    ("staff-project-finished", "client project service"),
    ("staff-chat-linked", "client id title person"),
    ("staff-chat-lost", "client reason"),
    ("staff-chat-restored", "client"),
    ("staff-client-wrote", "client person text"),
    ("staff-send-failed", "client task reason"),
    ("staff-unknown-outcome", "client task reason"),
    ("staff-undelivered", "client task reason"),
    ("staff-ask-field", "person field kind client task"),
    ("staff-ask-field-with-hint", "person field kind hint client task"),
    ("staff-ask-return", "person task client"),
    ("staff-field-hint", ""),
    ("staff-return-hint", ""),
    ("staff-gate-closed", "task missing"),
    ("staff-brief-received", "client"),
    ("staff-overdue", "client task project person due days"),
    ("staff-unaccepted", "client task project person due since pm"),
    ("staff-declined", "client task project person due reason pm"),
    ("staff-approval-deemed", "client task project person days pm"),
    ("staff-promise-missed", "client project service task by text pm"),
    ("staff-project-paused", "client project service person reason"),
    ("staff-project-resumed", "client project service person"),
    ("staff-timer-dead", "timer"),
    ("staff-client-waiting", "client until"),
    ("staff-payment-received", "client amount"),
    ("refusal-project-exists", "project"),
    ("refusal-no-project", ""),
    ("refusal-no-client", ""),
    ("refusal-client-exists", "client"),
    ("refusal-no-task", "task"),
    ("refusal-no-field", "task field known"),
    ("refusal-no-button", "task button known"),
    ("refusal-no-item", "task item have"),
    ("refusal-no-gate", "task gate known"),
    ("refusal-no-role", "role known"),
    ("refusal-no-person", "person"),
    ("refusal-wrong-status", "task status wanted"),
    ("refusal-not-its-turn", "task before"),
    ("refusal-cannot-start", "task missing"),
    ("refusal-cannot-finish", "task missing"),
    ("refusal-button-locked", "button missing"),
    ("refusal-button-used", "button"),
    ("refusal-bad-value", "given field kind"),
    ("refusal-bad-value-choice", "given field known"),
    ("refusal-two-readings", "given field first second"),
    ("refusal-not-your-task", "task people"),
    ("refusal-not-your-task-nobody", "task"),
    ("refusal-not-your-check", "task people"),
    ("refusal-not-your-check-nobody", "task"),
    ("refusal-own-work", "task"),
    ("refusal-not-allowed", "wanted"),
    ("refusal-not-an-approver", "people"),
    ("refusal-not-an-approver-nobody", ""),
    ("refusal-staff-as-approver", "person"),
    ("refusal-already-decided-approved", "person at"),
    ("refusal-already-decided-sent-back", "person at"),
    ("refusal-already-decided-silence", "at"),
    ("refusal-stale", ""),
    ("refusal-foreign-press", ""),
    ("refusal-undo-too-late", "minutes"),
    ("refusal-undo-next-started", "next"),
    ("refusal-undo-not-yours", "person"),
    ("refusal-remarks-closed", ""),
    ("refusal-reason-needed", "wanted"),
    ("refusal-project-over", ""),
    ("refusal-project-paused", ""),
    ("refusal-day-is-past", "day"),
    ("refusal-link-invalid", ""),
    ("refusal-link-expired", ""),
    ("refusal-no-chat-to-confirm", ""),
    ("refusal-chat-taken", "client"),
    ("refusal-no-language", "language known"),
    ("refusal-bad-id", "id"),
    ("refusal-command-id-taken", "id"),
];

/// Whether Telegram shows the message as an alert: at most 200 characters.
pub(crate) fn is_alert(key: &str) -> bool {
    ["press-", "undo-", "nothing-to-answer"].iter().any(|start| key.starts_with(start))
}

/// Whether the message stands in an empty input field: at most 64 characters.
pub(crate) fn is_hint(key: &str) -> bool {
    ["sendback-hint", "staff-field-hint", "staff-return-hint"].contains(&key)
}
