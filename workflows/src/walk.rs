//! Takes a tree apart: keys of a block, words, lists, texts; each reader notes what does not fit.

use engine::domain::definition::Text;

use crate::format::{Block, TEXTS};
use crate::nearest::{meant, nearest};
use crate::problem::Notes;
use crate::repair::{self, Repair, sample};
use crate::trouble::Trouble;
use crate::yaml::{Content, Node, Span};

/// Languages that texts may be written in.
pub const LANGUAGES: [&str; 4] = ["uk", "en", "vi", "bg"];

/// What joins the words of an id, and how long it may be.
pub(crate) const ID: (char, usize) = ('_', 40);
/// The same for the name of a form or a message.
pub(crate) const NAME: (char, usize) = ('-', 60);

/// The keys of one block.
pub(crate) struct Keys<'n> {
    pairs: &'n [(Node, Node)],
    /// Keys that are not known here; one of them may be a known one, misspelt.
    pub(crate) strange: Vec<&'n str>,
    /// What problems call the block, such as `task ads`.
    pub place: String,
    /// Where problems with the block as a whole are shown.
    pub point: Span,
}

impl<'n> Keys<'n> {
    /// The value of a key, if it is there.
    pub fn get(&self, key: &str) -> Option<&'n Node> {
        self.pairs.iter().find(|(k, _)| k.word() == Some(key)).map(|(_, value)| value)
    }

    /// The place of a key, if it is there.
    pub fn key_span(&self, key: &str) -> Option<Span> {
        self.pairs.iter().find(|(k, _)| k.word() == Some(key)).map(|(k, _)| k.span.clone())
    }

    /// How to take a key out with its value.
    pub fn without(&self, notes: &Notes<'_>, key: &str) -> Option<Repair> {
        notes.source.without(&self.key_span(key)?, &self.get(key)?.span)
    }

    /// The value of a key that must be there.
    pub fn need(&self, notes: &mut Notes<'_>, key: &str) -> Option<&'n Node> {
        let found = self.get(key);
        let is_meant = |strange: &&str| meant(strange, &[key]).or_else(|| nearest(strange, [key])).is_some();
        let misspelt = self.strange.iter().any(is_meant);
        if found.is_none() && !misspelt {
            let first = self.pairs.first().map(|(key, value)| (key, value));
            let repair = sample(key).zip(first).map(|(line, first)| notes.source.with_key(first, line));
            let trouble = Trouble::error("missing").with("key", key).with("place", &self.place);
            notes.note(&self.point, trouble.maybe_repair(repair));
        }
        found
    }
}

impl Node {
    /// The text of a scalar.
    pub fn word(&self) -> Option<&str> {
        match &self.content {
            Content::Scalar { text, .. } => Some(text),
            Content::List(_) | Content::Map(_) => None,
        }
    }

    /// The text of a scalar without quotes.
    pub fn plain(&self) -> Option<&str> {
        match &self.content {
            Content::Scalar { text, plain: true } => Some(text),
            Content::Scalar { .. } | Content::List(_) | Content::Map(_) => None,
        }
    }

    /// The id that a list item starts with: the value of its key `what`.
    pub fn id_of(&self, what: &str) -> Option<&str> {
        self.value_of(what).and_then(Self::word)
    }

    /// The value of a key, if this is a block that has it.
    pub fn value_of(&self, key: &str) -> Option<&Self> {
        self.pair_of(key).map(|(_, value)| value)
    }

    /// A key with its value, if this is a block that has it.
    pub fn pair_of(&self, key: &str) -> Option<(&Self, &Self)> {
        let Content::Map(pairs) = &self.content else { return None };
        pairs.iter().find(|(known, _)| known.word() == Some(key)).map(|(key, value)| (key, value))
    }
}

impl Notes<'_> {
    /// The keys of a block, held to its declaration: unknown ones are noted, missing ones, and those that do not go
    /// together.
    pub fn block<'n>(&mut self, node: &'n Node, place: &str, block: &'static Block) -> Option<Keys<'n>> {
        let Content::Map(pairs) = &node.content else {
            self.wrong_kind(node, "a block of keys");
            return None;
        };
        let words = || pairs.iter().map(|(key, _)| (key, key.word().unwrap_or_default()));
        let is_known = |word: &str| block.key(word).is_some();
        let free = || block.names().filter(|name| !words().any(|(_, word)| word == *name));
        let mut strange = Vec::new();
        for (key, word) in words().filter(|(_, word)| !is_known(word)) {
            if self.is_full() {
                break;
            }
            strange.push(word);
            let trouble = Trouble::error("unknown-key").with("key", word).with("place", place);
            self.note(&key.span, trouble.offer(word, free()));
        }
        let keys = Keys { pairs, strange, place: place.to_owned(), point: node.point() };
        for key in block.keys.iter().filter(|key| key.required) {
            keys.need(self, key.name);
        }
        for rule in block.rules {
            self.demand(&keys, block, rule);
        }
        Some(keys)
    }

    /// A list item that starts with what it is and its id: `- task: ads`.
    pub fn item<'n>(
        &mut self,
        node: &'n Node,
        what: &str,
        block: &'static Block,
    ) -> Option<(String, Keys<'n>)> {
        let place = match node.id_of(what) {
            Some(id) => format!("{what} `{id}`"),
            None => format!("this {what}"),
        };
        let keys = self.block(node, &place, block)?;
        let id = keys.get(what).and_then(|id| self.id(id));
        Some((id.unwrap_or_default(), keys))
    }

    /// The items of a list.
    pub fn list<'n>(&mut self, node: &'n Node) -> &'n [Node] {
        match &node.content {
            Content::List(items) => items,
            Content::Scalar { .. } | Content::Map(_) => {
                let text = self.source.text.get(node.span.clone()).filter(|_| node.word().is_some());
                let list = text.map(|text| (node.span.clone(), format!("[{text}]")));
                let trouble = Trouble::error("wrong-kind").with("wanted", "a list, each line with a dash,");
                self.note(&node.point(), trouble.with("found", node.kind()).maybe_repair(list));
                &[]
            }
        }
    }

    /// A word or a text that is not empty.
    pub fn word<'n>(&mut self, node: &'n Node) -> Option<&'n str> {
        let word = node.word().filter(|word| !word.trim().is_empty());
        if word.is_none() {
            self.wrong_kind(node, "a text");
        }
        word
    }

    /// One text, or one per language.
    pub fn text(&mut self, node: &Node) -> Option<Text> {
        let Content::Map(pairs) = &node.content else {
            return self.word(node).map(|text| Text::plain(text.trim_end()));
        };
        self.block(node, "a text in several languages", &TEXTS)?;
        let mut texts = Vec::new();
        for (language, text) in pairs {
            if let (Some(language), Some(text)) = (language.word(), self.word(text)) {
                texts.push((language.to_owned(), text.trim_end().to_owned()));
            }
        }
        if texts.is_empty() {
            self.wrong_kind(node, "a text");
        }
        (!texts.is_empty()).then_some(Text(texts))
    }

    /// One word out of a closed list.
    pub fn choice<T: Copy>(&mut self, node: &Node, choices: &[(&str, T)]) -> Option<T> {
        let word = self.word(node)?;
        let of = |word: &str| choices.iter().find(|(name, _)| *name == word).map(|(_, value)| *value);
        of(word).or_else(|| {
            let trouble = Trouble::error("not-a-choice").with("given", word);
            let trouble = trouble.offer(word, choices.iter().map(|(name, _)| *name));
            // Read on with what was probably meant: what would follow from another word is no mistake of theirs.
            let meant = trouble.fix.as_deref().and_then(of);
            self.note(&node.span, trouble);
            meant
        })
    }

    /// `true` or `false`; `yes` is a text in YAML 1.2.
    pub fn flag(&mut self, node: &Node) -> Option<bool> {
        match node.plain() {
            Some("true") => return Some(true),
            Some("false") => return Some(false),
            Some(_) | None => {}
        }
        let word = self.word(node)?;
        let meant = match word.to_lowercase().as_str() {
            "true" | "yes" | "y" | "on" | "1" | "так" | "да" => Some("true"),
            "false" | "no" | "n" | "off" | "0" | "ні" | "не" => Some("false"),
            _ => None,
        };
        self.note(&node.span, Trouble::error("true-or-false").with("given", word).fix(meant));
        meant.map(|meant| meant == "true")
    }

    /// A whole number of at least 1.
    pub fn count(&mut self, node: &Node) -> Option<u32> {
        let word = self.word(node)?;
        let number = word.parse::<u32>().ok().filter(|number| *number >= 1 && node.plain().is_some());
        if number.is_none() {
            let trouble =
                Trouble::error("not-a-number").with("given", word).with("wanted", "a whole number from 1");
            self.note(&node.span, trouble.fix(repair::number(word).as_deref()));
        }
        number
    }

    /// A short Latin word that events refer to for ever.
    pub fn id(&mut self, node: &Node) -> Option<String> {
        self.named(node, ID, "small Latin letters, digits and _, with a letter first, at most 40")
    }

    /// A list of ids.
    pub fn ids(&mut self, node: &Node) -> Vec<String> {
        self.list(node).iter().filter_map(|item| self.id(item)).collect()
    }

    /// The name of a form or a message, with dashes.
    pub fn key(&mut self, node: &Node) -> Option<String> {
        self.named(node, NAME, "small Latin letters, digits and -, with a letter first, at most 60")
    }

    fn named(&mut self, node: &Node, (joint, most): (char, usize), wanted: &str) -> Option<String> {
        let word = self.word(node)?;
        if is_named(word, joint, most) {
            return Some(word.to_owned());
        }
        let offer = word.to_lowercase().replace(['-', '_', ' '], &joint.to_string());
        let offer = is_named(&offer, joint, most).then_some(offer);
        let trouble = Trouble::error("name").with("given", word).with("wanted", wanted);
        self.note(&node.span, trouble.fix(offer.as_deref()));
        None
    }

    pub fn wrong_kind(&mut self, node: &Node, wanted: &str) {
        self.note(
            &node.point(),
            Trouble::error("wrong-kind").with("wanted", wanted).with("found", node.kind()),
        );
    }
}

fn is_named(word: &str, joint: char, most: usize) -> bool {
    let starts = word.starts_with(|c: char| c.is_ascii_lowercase());
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == joint;
    starts && word.len() <= most && word.chars().all(allowed)
}
