//! `/login` in one's own chat with the bot: a link to the board, whatever others do at its door (RELIABILITY 6.4).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use engine::store::change::NewMessage;
use engine::store::sessions::Offer;
use engine::words::Saying;
use sha2::{Digest, Sha256};

use crate::bot::Bot;
use crate::fault::Fault;
use crate::handle::Turn;
use crate::parse::Message;

const KIND: &str = "staff-sign-in";

impl Bot {
    /// Telegram says who writes: the link is for whichever browser they open it in. Only the staff hear anything, and
    /// only where nobody else reads along.
    pub(crate) async fn on_login(&self, turn: Turn, message: &Message) -> Result<(), Fault> {
        let somebody = self.who(&message.from.clone().unwrap_or_default()).await?;
        if message.chat.kind.as_deref() != Some("private") || !somebody.is_staff {
            return self.settle(turn).await;
        }
        let mut bytes = [0_u8; 32];
        (self.inner.app.desk().random)(&mut bytes);
        let token = URL_SAFE_NO_PAD.encode(bytes);
        let token_sha256 = hex::encode(Sha256::digest(&token));
        let offer = Offer { token_sha256, browser_sha256: None, most: None };
        self.store().offer_sign_in(&somebody.person, offer, turn.at).await?;
        let language = somebody.language.unwrap_or_else(|| self.staff_language());
        let say = |key| (self.inner.voice.say)(Saying { language: &language, key, args: &[] });
        let said = say(KIND);
        let label = say("btn-sign-in");
        let (Ok(text), Ok(label)) = (said, label) else { return self.settle(turn).await };
        let mut answer = NewMessage::post(message.chat.id, &turn.step(KIND), KIND, text);
        let address = format!("{}/login/{token}", self.inner.app.desk().public_url);
        answer.payload.buttons = vec![vec![(label.text, address)]];
        answer.language = language;
        let mut along = turn.along();
        along.messages.push(answer);
        Ok(self.inner.app.settle(turn.command_id(), turn.at, along).await?)
    }
}
