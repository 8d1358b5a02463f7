//! The people of a scene: each looks at the chats as a person does, and does the next step once it can be seen.

use engine::domain::Round;
use journeys::desk::STAFF_CHAT;
use journeys::house::{GROUP, SOFIIA};
use sandbox::MessageView;

use super::server::Scene;

const OLENA: i64 = 1001;
pub const MAKSYM: i64 = 1002;
/// The client sends each step back once and approves it then.
const ROUNDS: Round = 2;

/// The way of a step through one round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Move {
    Start,
    AskForField,
    Fill,
    Submit,
    Accept,
    SendBack,
    Remark,
    CloseRemarks,
    Approve,
}

/// Something that somebody did in a chat, and the fact that must follow from it, once.
#[derive(Clone, Debug)]
pub struct Deed {
    /// The id of the update that tells the bot of it.
    pub update: i64,
    /// The kind of the fact; `None` if only a question follows.
    pub fact: Option<&'static str>,
}

impl Deed {
    pub fn new(update: i64, fact: &'static str) -> Self {
        Self { update, fact: Some(fact) }
    }
}

/// The people, and how far they are.
pub struct Office {
    next: Move,
    step: usize,
    steps: usize,
    round: Round,
    /// The message under which the last button was pressed.
    pressed: i64,
    /// The last question that was answered.
    answered: i64,
    pub deeds: Vec<Deed>,
    /// How many decisions of the client are among the deeds.
    pub decisions: usize,
}

impl Office {
    pub fn new(steps: usize) -> Self {
        let (pressed, answered, deeds) = (0, 0, Vec::new());
        Self { next: Move::Start, step: 0, steps, round: 1, pressed, answered, deeds, decisions: 0 }
    }

    /// Does the next thing if it can be seen in the chats; `false` if everybody has to wait.
    pub fn act(&mut self, scene: &Scene) -> bool {
        if self.step == self.steps {
            return false;
        }
        let update = scene.sandbox.summary().next_update_id;
        if !self.make(scene, self.next) {
            return false;
        }
        self.deeds.push(Deed { update, fact: self.next.fact() });
        self.advance();
        true
    }

    fn make(&mut self, scene: &Scene, what: Move) -> bool {
        match what {
            Move::Start => self.press(scene, MAKSYM, STAFF_CHAT, "▶\u{fe0f} Почати"),
            Move::AskForField => {
                self.press(scene, MAKSYM, STAFF_CHAT, "✎ Кількість")
                    || self.press(scene, MAKSYM, STAFF_CHAT, "✓ Кількість")
            }
            Move::Fill => self.answer(scene, MAKSYM, STAFF_CHAT),
            Move::Submit => self.press(scene, MAKSYM, STAFF_CHAT, "Здати"),
            Move::Accept => self.press(scene, OLENA, STAFF_CHAT, "✅ Прийняти"),
            Move::SendBack => self.press(scene, SOFIIA, GROUP, "✏\u{fe0f} Доопрацювати"),
            Move::Remark => self.answer(scene, SOFIIA, GROUP),
            Move::CloseRemarks => self.close_remarks(scene),
            Move::Approve => self.press(scene, SOFIIA, GROUP, "✅ Затвердити"),
        }
    }

    fn title(&self) -> String {
        format!("«Крок {:02}»", self.step)
    }

    fn advance(&mut self) {
        self.decisions += usize::from(matches!(self.next, Move::SendBack | Move::Approve));
        self.next = match self.next {
            Move::Start => Move::AskForField,
            Move::AskForField => Move::Fill,
            Move::Fill => Move::Submit,
            Move::Submit => Move::Accept,
            Move::Accept if self.round < ROUNDS => Move::SendBack,
            Move::Accept => Move::Approve,
            Move::SendBack => Move::Remark,
            Move::Remark => Move::CloseRemarks,
            Move::CloseRemarks => {
                self.round += 1;
                Move::Start
            }
            Move::Approve => {
                (self.step, self.round) = (self.step + 1, 1);
                Move::Start
            }
        };
    }

    /// Presses the button under the latest message about this step that has it.
    fn press(&mut self, scene: &Scene, person: i64, chat: i64, label: &str) -> bool {
        let Some((message, data)) = button(scene, chat, label, &self.title()) else { return false };
        scene.sandbox.press_raw(person, chat, message, &data).expect("pressed");
        self.pressed = message;
        true
    }

    /// The line that takes the remarks does not name the step.
    fn close_remarks(&self, scene: &Scene) -> bool {
        let Some((message, data)) = button(scene, GROUP, "Готово, це все", "") else {
            return false;
        };
        scene.sandbox.press_raw(SOFIIA, GROUP, message, &data).expect("pressed");
        true
    }

    /// Answers the latest question that followed from the last press.
    fn answer(&mut self, scene: &Scene, person: i64, chat: i64) -> bool {
        let is_asked = |found: &MessageView| {
            found.force_reply && found.reply_to == Some(self.pressed) && found.id > self.answered
        };
        let Some(question) = latest(scene, chat, is_asked) else { return false };
        let text = format!("{}{}", self.step + 1, self.round);
        scene.sandbox.send_text(person, chat, &text, Some(question.id)).expect("said");
        self.answered = question.id;
        true
    }
}

impl Move {
    fn fact(self) -> Option<&'static str> {
        match self {
            Self::Start => Some("task_started"),
            Self::AskForField => None,
            Self::Fill => Some("field_set"),
            Self::Submit => Some("task_submitted"),
            Self::Accept => Some("task_accepted"),
            Self::SendBack => Some("task_sent_back"),
            Self::Remark => Some("remark_added"),
            Self::CloseRemarks => Some("remarks_closed"),
            Self::Approve => Some("task_approved"),
        }
    }
}

/// Presses the button with exactly this label under the latest message with these words; answers the press.
pub fn press(scene: &Scene, person: i64, chat: i64, label: &str, words: &str) -> Option<String> {
    let (message, data) = button(scene, chat, label, words)?;
    Some(scene.sandbox.press_raw(person, chat, message, &data).expect("pressed"))
}

fn button(scene: &Scene, chat: i64, label: &str, words: &str) -> Option<(i64, String)> {
    let has = |found: &MessageView| found.buttons.iter().flatten().any(|button| button.label == label);
    let message = latest(scene, chat, |found| found.text.contains(words) && has(found))?;
    let button = message.buttons.into_iter().flatten().find(|button| button.label == label)?;
    Some((message.id, button.data?))
}

/// The latest message of the bot in a chat that fits.
pub fn latest(scene: &Scene, chat: i64, fits: impl Fn(&MessageView) -> bool) -> Option<MessageView> {
    let messages = scene.sandbox.messages(chat).into_iter().rev();
    messages.filter(|message| message.is_bot && !message.deleted).find(|message| fits(message))
}
