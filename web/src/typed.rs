//! Typed: what a browser posted, put together with what was saved before.

use std::collections::BTreeMap;

use engine::domain::definition::{Field, Form};
use engine::domain::form::{Typed, as_shown};
use engine::store::forms::Draft;
use sha2::{Digest, Sha256};

/// Names of the inputs of questions start so.
pub(crate) const PREFIX: &str = "q.";

/// Names of the marks of what the inputs were made with start so.
pub(crate) const WAS: &str = "was.";

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
    /// The version of the draft that the page was made from; no page of ours leaves it out.
    pub version: Option<i64>,
    /// An entry for every question, empty where nothing was typed.
    pub typed: Typed,
    /// The marks of what the page was made with, by question.
    pub was: BTreeMap<String, String>,
}

/// Reads the body; names that are no questions are left out.
pub(crate) fn read(form: &Form, body: &[u8]) -> Posted {
    let blank = form.questions.iter().map(|question| (question.id.clone(), Vec::new()));
    let mut posted = Posted { wish: Wish::Save, version: None, typed: blank.collect(), was: BTreeMap::new() };
    for (name, value) in form_urlencoded::parse(body) {
        if let Some(entries) = name.strip_prefix(PREFIX).and_then(|id| posted.typed.get_mut(id)) {
            entries.push(value.replace("\r\n", "\n"));
            continue;
        }
        if let Some(id) = name.strip_prefix(WAS).filter(|id| posted.typed.contains_key(*id)) {
            posted.was.insert(id.to_owned(), value.into_owned());
            continue;
        }
        match (name.as_ref(), value.as_ref()) {
            ("do", "send") => posted.wish = Wish::Send,
            ("do", "autosave") => posted.wish = Wish::Autosave,
            ("version", version) => posted.version = Some(version.parse().unwrap_or(0)),
            _ => {}
        }
    }
    posted
}

/// A short mark of what the input of a question shows: the same marks, the same answer. White space does not count:
/// browsers change it.
pub(crate) fn mark(field: &Field, entries: &[String]) -> String {
    let shown: Vec<String> =
        as_shown(field, entries).iter().map(|entry| entry.split_whitespace().collect()).collect();
    hex::encode(&Sha256::digest(shown.join("\n").trim())[..6])
}

/// What becomes of a posted page and of what was saved since the page was made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Merged {
    pub answers: Typed,
    /// The questions whose answers are not those of the page.
    pub taken_over: Vec<String>,
    /// Where both sides wrote something of their own: what the other one wrote.
    pub others: Typed,
}

/// Puts a page and a draft together, question by question: whoever changed an answer keeps it. Where both did, an
/// explicit save keeps the page's answer, and saving in passing touches nothing.
pub(crate) fn merged(form: &Form, posted: &Posted, saved: Option<&Draft>) -> Merged {
    let mut merged = Merged { answers: posted.typed.clone(), ..Merged::default() };
    let Some(saved) = saved else { return merged };
    for field in &form.questions {
        let (Some(ours), nothing) = (posted.typed.get(&field.id), Vec::new()) else { continue };
        let theirs = saved.answers.get(&field.id).unwrap_or(&nothing);
        let side = side(field, posted, ours, (theirs, saved.version));
        if side == Side::Both {
            merged.others.insert(field.id.clone(), theirs.clone());
        }
        if side == Side::Theirs || (side == Side::Both && posted.wish == Wish::Autosave) {
            merged.answers.insert(field.id.clone(), theirs.clone());
            merged.taken_over.push(field.id.clone());
        }
    }
    merged
}

/// Who changed an answer since the page was made.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Ours,
    Theirs,
    Both,
}

fn side(field: &Field, posted: &Posted, ours: &[String], (theirs, version): (&[String], i64)) -> Side {
    let (our_mark, their_mark) = (mark(field, ours), mark(field, theirs));
    if our_mark == their_mark {
        return Side::Ours;
    }
    // Without marks only the version tells how old a page is, and what is empty was not touched.
    let empty = mark(field, &[]);
    let is_newest = posted.version.is_some_and(|page| page >= version);
    let overwrites = is_newest || (posted.version.is_none() && our_mark != empty);
    let unmarked = (our_mark != empty, their_mark != empty && !overwrites);
    let was = posted.was.get(&field.id);
    let (ours_changed, theirs_changed) = was.map_or(unmarked, |was| (*was != our_mark, *was != their_mark));
    match (ours_changed, theirs_changed) {
        (true, true) => Side::Both,
        (false, true) => Side::Theirs,
        (_, false) => Side::Ours,
    }
}

/// What the script of the page has to know after a save in passing: the version from which it goes on, and the marks
/// of the answers that are the page's own. An older page stays older, so that it goes on emptying nothing.
pub(crate) fn receipt(form: &Form, posted: &Posted, merged: &Merged, version: i64) -> String {
    let version = if merged.taken_over.is_empty() { version } else { posted.version.unwrap_or(0) };
    let kept = form
        .questions
        .iter()
        .filter(|field| posted.was.contains_key(&field.id) && !merged.taken_over.contains(&field.id));
    let line = |field: &Field| {
        let entries = merged.answers.get(&field.id).map_or(&[][..], Vec::as_slice);
        format!("\n{} {}", field.id, mark(field, entries))
    };
    let lines: String = kept.map(line).collect();
    format!("{version}{lines}")
}

#[cfg(test)]
mod tests {
    use engine::domain::definition::{Field, FieldKind, Text};

    use super::*;

    fn form() -> Form {
        let question = |id: &str| Field {
            id: id.into(),
            was: Vec::new(),
            title: Text::plain(id),
            kind: FieldKind::Text,
            required: true,
            at_least: None,
            client_sees: false,
            options: Vec::new(),
            items: Vec::new(),
            columns: Vec::new(),
            within: None,
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
        assert_eq!((posted.wish, posted.version), (Wish::Send, Some(7)));
        assert_eq!(posted.typed["a"], ["Кава"]);
        assert_eq!((posted.typed.len(), posted.typed["b"].len()), (2, 0));
    }

    fn typed(a: &str, b: &str) -> Typed {
        [("a", a), ("b", b)].map(|(id, text)| (id.to_owned(), vec![text.to_owned()])).into()
    }

    fn draft(answers: Typed, version: i64) -> Draft {
        Draft { answers, version, saved: engine::domain::Timestamp::UNIX_EPOCH, by_client: true }
    }

    /// A page that was made with `was`, on which `now` stands.
    fn page(was: Option<&Typed>, now: Typed, wish: Wish, version: i64) -> Posted {
        let mark_of = |typed: &Typed| {
            form().questions.iter().map(|field| (field.id.clone(), mark(field, &typed[&field.id]))).collect()
        };
        Posted { wish, version: Some(version), typed: now, was: was.map(mark_of).unwrap_or_default() }
    }

    #[test]
    fn an_older_page_does_not_empty_what_another_device_filled() {
        let saved = draft(typed("", "other"), 2);
        let older = page(None, typed("new", ""), Wish::Save, 1);
        assert_eq!(merged(&form(), &older, Some(&saved)).answers, typed("new", "other"));
        let same = page(None, typed("new", ""), Wish::Save, 2);
        assert_eq!(merged(&form(), &same, Some(&saved)).answers, same.typed);
        let script = Posted { version: None, ..page(None, typed("new", ""), Wish::Send, 0) };
        assert_eq!(
            merged(&form(), &script, Some(&draft(typed("old", "other"), 2))).answers,
            typed("new", "other")
        );
    }

    #[test]
    fn what_nobody_touched_on_an_older_page_is_taken_from_the_draft() {
        let (was, saved) = (typed("old", "same"), draft(typed("newer", "same"), 2));
        for wish in [Wish::Save, Wish::Send, Wish::Autosave] {
            let merged = merged(&form(), &page(Some(&was), typed("old", "mine"), wish, 1), Some(&saved));
            assert_eq!(merged.answers, typed("newer", "mine"));
            assert_eq!((merged.taken_over, merged.others), (vec!["a".to_owned()], Typed::new()));
        }
    }

    #[test]
    fn what_both_sides_wrote_is_shown_and_never_overwritten_in_passing() {
        let (was, saved) = (typed("old", ""), draft(typed("theirs", ""), 2));
        let both = |wish, was| merged(&form(), &page(was, typed("mine", ""), wish, 1), Some(&saved));
        for was in [Some(&was), None] {
            let (explicit, passing) = (both(Wish::Send, was), both(Wish::Autosave, was));
            assert_eq!(explicit.answers, typed("mine", ""));
            assert_eq!(passing.answers, typed("theirs", ""));
            assert_eq!(explicit.others["a"], ["theirs"]);
            assert_eq!(passing.others, explicit.others);
        }
    }

    #[test]
    fn after_a_save_in_passing_the_page_knows_what_is_its_own() {
        let (was, saved) = (typed("old", "same"), draft(typed("newer", "same"), 2));
        let posted = page(Some(&was), typed("old", "mine"), Wish::Autosave, 1);
        let merged = merged(&form(), &posted, Some(&saved));
        let mark = mark(&form().questions[1], &["mine".to_owned()]);
        assert_eq!(receipt(&form(), &posted, &merged, 3), format!("1\nb {mark}"));
    }
}
