//! What templates may refer to: roles, forms and messages; and the check that a name leads somewhere.

use std::collections::BTreeMap;

use engine::domain::definition::{Form, Role, Rules, Term};

use crate::files::Files;
use crate::messages::Words;
use crate::moments::{Moment, is_of_any_moment};
use crate::nearest::nearest;
use crate::problem::{Notes, Problem};
use crate::remind::Auditor;
use crate::trouble::Trouble;
use crate::yaml::Node;

/// What templates may refer to.
pub(crate) struct Known<'w> {
    pub roles: Vec<Role>,
    pub forms: &'w BTreeMap<String, Form>,
    pub words: &'w Words,
    /// The files themselves, to show a place in a message.
    pub files: &'w Files,
    /// Languages of the agency, its own first.
    pub languages: &'w [String],
    /// How long a ready task may lie, as agency.yaml says.
    pub accept_within: Option<Term>,
    /// What agency.yaml asks for and allows at gates.
    pub rules: Rules,
}

/// A moment at which a message is sent, with the fields of the task that are there then.
pub(crate) struct When {
    pub moment: Moment,
    pub also: Vec<String>,
}

impl When {
    /// A moment that knows no more than it always does.
    pub fn plain(moment: Moment) -> Self {
        Self { moment, also: Vec::new() }
    }

    fn variables(&self) -> Vec<&str> {
        let always = self.moment.variables().split_whitespace();
        always.chain(self.also.iter().map(String::as_str)).collect()
    }

    /// Whether the message may be right, and only chosen for the wrong moment or before its field was renamed.
    fn may_suit_another(&self, variable: &str) -> bool {
        let reminds = matches!(self.moment, Moment::Reminder | Moment::StaffReminder);
        !reminds || is_of_any_moment(variable)
    }
}

impl Notes<'_> {
    /// A role of the agency.
    pub fn role(&mut self, known: &Known<'_>, node: &Node) -> Option<String> {
        let given = self.word(node)?;
        if known.roles.is_empty() {
            // agency.yaml says why there are none; one problem for that is enough.
            return Some(given.to_owned());
        }
        let titled =
            |role: &&Role| role.title.0.iter().any(|(_, title)| title.to_lowercase() == given.to_lowercase());
        if let Some(role) = known.roles.iter().find(titled).filter(|role| role.id != given) {
            let trouble = Trouble::error("unknown-role").with("name", given).fix(Some(&role.id));
            self.note(&node.point(), trouble);
            return None;
        }
        self.find(node, "unknown-role", given, known.roles.iter().map(|role| role.id.as_str()))
    }

    /// A role, or `none`: nobody checks.
    pub fn auditor(&mut self, known: &Known<'_>, node: &Node) -> Option<Auditor> {
        if node.word() == Some("none") {
            return Some(Auditor::Nobody);
        }
        self.role(known, node).map(Auditor::Role)
    }

    /// A form of the folder `forms`.
    pub fn form(&mut self, known: &Known<'_>, node: &Node) -> Option<String> {
        let given = self.word(node)?;
        self.find(node, "unknown-form", given, known.forms.keys().map(String::as_str))
    }

    /// A message that is there and uses only what is known at the moment it is sent.
    pub fn message(&mut self, known: &Known<'_>, node: &Node, when: &When) -> Option<String> {
        let given = self.word(node)?;
        let sent = |key: &&str| !key.starts_with("btn-");
        let key = if sent(&given) && known.words.has(given) {
            given.to_owned()
        } else {
            self.find(node, "unknown-message", given, known.words.keys().filter(sent))?
        };
        let there = when.variables();
        for variable in known.words.variables(&key) {
            if !there.contains(&variable) {
                let trouble =
                    Trouble::error("wrong-variable").with("message", &key).with("variable", variable);
                let shown = there.iter().map(|name| format!("${name}")).collect::<Vec<_>>().join(", ");
                let trouble = trouble.with("moment", when.moment.words()).with("known", shown);
                if when.may_suit_another(variable) && known.words.agree_on(&key, variable) {
                    let usual = match when.moment {
                        Moment::Start => Some("task-started"),
                        Moment::Finish => Some("task-finished"),
                        Moment::Button | Moment::StaffButton | Moment::Reminder | Moment::StaffReminder => {
                            None
                        }
                    };
                    let repair = usual.map(|usual| (node.span.clone(), usual.to_owned()));
                    self.note(&node.span, trouble.maybe_repair(repair));
                } else {
                    let near = nearest(variable, there.iter().copied()).map(|near| format!("${near}"));
                    let trouble = trouble.fix(near.as_deref());
                    self.note_in_messages(known, &key, variable, &trouble);
                }
            }
        }
        Some(key)
    }

    /// The message is at fault, not who chose it: a slip of the finger, or one language that differs.
    fn note_in_messages(&mut self, known: &Known<'_>, key: &str, variable: &str, trouble: &Trouble) {
        for language in known.words.languages.values() {
            let place = language.messages.get(key).and_then(|message| message.variables.get(variable));
            if let Some((source, place)) = known.files.get(&language.path).zip(place) {
                self.problems.push(Problem::at(source, place.clone(), trouble.clone()));
            }
        }
    }

    /// `given` if it is among `names`, else a problem that offers the nearest.
    pub fn find<'a>(
        &mut self,
        node: &Node,
        code: &'static str,
        given: &str,
        names: impl IntoIterator<Item = &'a str>,
    ) -> Option<String> {
        let names: Vec<&str> = names.into_iter().collect();
        if names.contains(&given) {
            return Some(given.to_owned());
        }
        self.note(&node.point(), Trouble::error(code).with("name", given).offer(given, names));
        None
    }
}
