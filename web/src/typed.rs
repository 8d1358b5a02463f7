//! Typed: what a browser posted, put together with what was saved before.

use engine::domain::definition::Form;
use engine::domain::form::Typed;

/// Names of the inputs of questions start so.
pub(crate) const PREFIX: &str = "q.";

/// What the client wants with the answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    /// The script saves in passing.
    Autosave,
    Save,
    Send,
}

/// A posted form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Posted {
    pub wish: Wish,
    /// The version of the draft that the page was made from.
    pub version: i64,
    /// An entry for every question, empty where nothing was typed.
    pub typed: Typed,
}

/// Reads the body; names that are no questions are left out.
pub(crate) fn read(form: &Form, body: &[u8]) -> Posted {
    let blank = form.questions.iter().map(|question| (question.id.clone(), Vec::new()));
    let mut posted = Posted { wish: Wish::Save, version: 0, typed: blank.collect() };
    for (name, value) in form_urlencoded::parse(body) {
        if let Some(entries) = name.strip_prefix(PREFIX).and_then(|id| posted.typed.get_mut(id)) {
            entries.push(value.replace("\r\n", "\n"));
            continue;
        }
        match (name.as_ref(), value.as_ref()) {
            ("do", "send") => posted.wish = Wish::Send,
            ("do", "autosave") => posted.wish = Wish::Autosave,
            ("version", version) => posted.version = version.parse().unwrap_or(0),
            _ => {}
        }
    }
    posted
}

/// What is kept: the page's answers; where the page is older than the draft, it does not empty what others filled.
pub(crate) fn merged(posted: &Typed, saved: Option<&Typed>, page_is_older: bool) -> Typed {
    let Some(saved) = saved.filter(|_| page_is_older) else { return posted.clone() };
    let is_empty = |entries: &Vec<String>| entries.iter().all(|entry| entry.trim().is_empty());
    let mut kept = saved.clone();
    kept.extend(
        posted.iter().filter(|(_, entries)| !is_empty(entries)).map(|(id, all)| (id.clone(), all.clone())),
    );
    kept
}

#[cfg(test)]
mod tests {
    use engine::domain::definition::{Field, FieldKind, Text};

    use super::*;

    fn form() -> Form {
        let question = |id: &str| Field {
            id: id.into(),
            title: Text::plain(id),
            kind: FieldKind::Text,
            required: true,
            at_least: None,
            client_sees: false,
            options: Vec::new(),
            hint: None,
            is_expense: false,
            sets_price: false,
            saves_to: None,
        };
        let questions = vec![question("a"), question("b")];
        Form { id: "f".into(), title: Text::plain("f"), intro: None, questions, google_form: None }
    }

    #[test]
    fn a_posted_form_is_read_and_strangers_are_left_out() {
        let posted = read(&form(), "q.a=%D0%9A%D0%B0%D0%B2%D0%B0&q.zzz=1&do=send&version=7&b=2".as_bytes());
        assert_eq!((posted.wish, posted.version), (Wish::Send, 7));
        assert_eq!(posted.typed["a"], ["Кава"]);
        assert_eq!((posted.typed.len(), posted.typed["b"].len()), (2, 0));
    }

    #[test]
    fn an_older_page_does_not_empty_what_another_device_filled() {
        let typed = |a: &str, b: &str| -> Typed {
            [("a", a), ("b", b)].map(|(id, text)| (id.to_owned(), vec![text.to_owned()])).into()
        };
        let (page, saved) = (typed("new", ""), typed("old", "other"));
        assert_eq!(merged(&page, Some(&saved), true), typed("new", "other"));
        assert_eq!(merged(&page, Some(&saved), false), page);
    }
}
