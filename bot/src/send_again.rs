//! Sending a form again needs a second yes: the question with its button (PF-89).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::Duration;
use engine::app::Along;
use engine::domain::{Arg, PressKind, Refusal};
use engine::store::change::{NewButton, NewMessage};
use sha2::{Digest, Sha256};

use crate::ask::named;
use crate::bot::Bot;
use crate::fault::Fault;
use crate::on_button::Press;

/// The question is forgotten after a day.
const HOURS: i64 = 24;

impl Bot {
    /// Puts the question into the staff chat, if that is why the press was refused.
    pub(crate) async fn ask_to_send_again(&self, press: &Press<'_>, refusal: &Refusal) -> Result<(), Fault> {
        let Refusal::FormAgain { form, title, at, sendings, .. } = refusal else { return Ok(()) };
        let user = self.store().profile(&press.who.person).await?.and_then(|profile| profile.telegram_user);
        let args = [
            ("person".to_owned(), named(&press.who.name, user)),
            ("form".to_owned(), Arg::Words(title.clone())),
            ("at".to_owned(), Arg::Moment(*at)),
        ];
        let Some(text) = self.inner.voice.text(press.language, "staff-form-again", &args) else {
            return Ok(());
        };
        let mut bytes = [0_u8; 16];
        (self.inner.app.desk().random)(&mut bytes);
        let token = URL_SAFE_NO_PAD.encode(bytes);
        let mut message = NewMessage::post(press.chat, &press.turn.step("again"), "staff-form-again", text);
        let label = self.inner.voice.word(press.language, "btn-send-again");
        message.payload.buttons = vec![vec![(label, format!("1g{token}"))]];
        message.project = Some(press.button.project.clone());
        message.task = Some(press.button.task.clone());
        press.language.clone_into(&mut message.language);
        message.buttons = vec![NewButton {
            token_sha256: hex::encode(Sha256::digest(&token)),
            project: press.button.project.clone(),
            task: press.button.task.clone(),
            round: press.button.round,
            press: PressKind::SendForm { form: form.clone(), known: *sendings },
            only: None,
            expires: press.turn.at + Duration::hours(HOURS),
        }];
        let along = Along { messages: vec![message], ..Along::default() };
        Ok(self.inner.app.settle(press.turn.step("again"), press.turn.at, along).await?)
    }
}
