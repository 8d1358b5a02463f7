//! People: who a Telegram user is to us, and what we keep of their profile.

use engine::domain::{ContentId, PersonId, Timestamp};
use engine::store::change::{Content, Profile};
use sha2::{Digest, Sha256};

use crate::bot::Bot;
use crate::fault::Fault;
use crate::parse::{File, Message, User};

/// The longest name that is kept.
const NAME: usize = 64;

/// A person who did something, and what to keep of the profile along with it.
#[derive(Clone, Debug)]
pub struct Somebody {
    pub person: PersonId,
    pub name: String,
    pub language: Option<String>,
    /// Set when the profile is new or has changed.
    pub news: Option<Profile>,
    pub is_staff: bool,
}

impl Somebody {
    /// The profile to write along, if any.
    pub fn profiles(&self) -> Vec<Profile> {
        self.news.iter().cloned().collect()
    }
}

impl Bot {
    /// Who this user is; a user whom nobody has seen gets an id that says nothing about them.
    pub(crate) async fn who(&self, user: &User) -> Result<Somebody, Fault> {
        let known = self.store().profile_by_telegram(user.id).await?;
        let Some(known) = known else {
            let person = PersonId(self.random_id("p"));
            let news = Profile {
                person: person.clone(),
                name: name(user),
                telegram_user: Some(user.id),
                username: user.username.as_deref().map(clean),
                language: user.language_code.clone(),
            };
            let (name, language) = (news.name.clone(), news.language.clone());
            return Ok(Somebody { person, name, language, news: Some(news), is_staff: false });
        };
        let staff = self.inner.app.agency_state().await?;
        // A name that the staff gave stays; Telegram's only fills a gap.
        let fresh = Profile {
            name: if known.name.trim().is_empty() { name(user) } else { known.name.clone() },
            username: user.username.as_deref().map(clean),
            language: user.language_code.clone().or_else(|| known.language.clone()),
            ..known.clone()
        };
        Ok(Somebody {
            person: known.person.clone(),
            name: fresh.name.clone(),
            language: fresh.language.clone(),
            is_staff: staff.people.contains_key(&known.person),
            news: (fresh != known).then_some(fresh),
        })
    }

    /// A short id that nobody can guess, such as `p-3kf…`.
    pub(crate) fn random_id(&self, start: &str) -> String {
        let mut bytes = [0_u8; 12];
        (self.inner.app.desk().random)(&mut bytes);
        format!("{start}-{}", hex::encode(bytes))
    }

    /// What a message holds, to be kept outside the log: one content, with the file if there is one.
    pub(crate) fn content(&self, message: &Message, person: &PersonId, at: Timestamp) -> Content {
        let file = message.file();
        let kind = match &file {
            Some(file) => file.kind.clone(),
            None if message.text.is_none() => message.unknown_kind().unwrap_or_else(|| "text".to_owned()),
            None => "text".to_owned(),
        };
        self.kept(kind, message.words(), file, Some(person), at)
    }

    /// A plain text to be kept outside the log.
    pub(crate) fn text_content(&self, kind: &str, text: String, at: Timestamp) -> Content {
        self.kept(kind.to_owned(), text, None, None, at)
    }

    fn kept(
        &self,
        kind: String,
        text: String,
        file: Option<File>,
        person: Option<&PersonId>,
        at: Timestamp,
    ) -> Content {
        let sha256 = match &file {
            Some(file) => hex::encode(Sha256::digest(&file.file_id)),
            None => hex::encode(Sha256::digest(&text)),
        };
        let file = file.unwrap_or_default();
        Content {
            content: ContentId(self.random_id("c")),
            person: person.cloned(),
            kind,
            text,
            file_id: Some(file.file_id).filter(|id| !id.is_empty()),
            file_name: file.name.as_deref().map(clean),
            mime: file.mime,
            size: file.size,
            sha256,
            created: at,
        }
    }
}

/// First and last name as people read them; a name that shows nothing becomes a dash.
pub fn name(user: &User) -> String {
    let first = user.first_name.as_deref().unwrap_or_default();
    let last = user.last_name.as_deref().unwrap_or_default();
    let whole = clean(&format!("{first} {last}"));
    let name: String = whole.chars().take(NAME).collect();
    if name.trim().is_empty() { "—".to_owned() } else { name.trim().to_owned() }
}

/// Text without control, direction and invisible characters, and with single blanks.
pub fn clean(text: &str) -> String {
    let shown = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| !is_hidden(*c));
    shown.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The joiner U+200D stays: emoji are made with it.
fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{200B}' | '\u{200C}' | '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{00AD}' | '\u{FEFF}'
            | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FFF9}'..='\u{FFFB}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(first: &str, last: &str) -> User {
        User { id: 1, first_name: Some(first.into()), last_name: Some(last.into()), ..User::default() }
    }

    #[test]
    fn a_name_loses_what_turns_or_hides_text() {
        assert_eq!(name(&user("Софія\u{202E}", "Коваль\n\u{200B}")), "Софія Коваль");
        assert_eq!(name(&user("👩\u{200D}💻", "")), "👩\u{200D}💻");
    }

    #[test]
    fn a_name_that_shows_nothing_becomes_a_dash() {
        assert_eq!(name(&user("\u{2066}\u{200F}", " ")), "—");
    }

    #[test]
    fn a_very_long_name_is_cut() {
        assert_eq!(name(&user(&"ж".repeat(500), "")).chars().count(), NAME);
    }
}
