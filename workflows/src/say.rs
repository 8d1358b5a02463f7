//! Finishes a message: chooses variants, then puts the values in as plain text.

use engine::domain::Arg;
use engine::domain::definition::{FieldKind, Text};
use engine::domain::effect::ResultLine;
use engine::domain::field::Value;
use engine::domain::project::access::words;
use engine::domain::refusal::Missing;
use engine::words::{Rendered, WordsError};

use crate::catalogue::Catalogue;
use crate::clean;
use crate::lists;
use crate::locale;
use crate::messages::{Fit, Language, Message, Piece};
use crate::page::Page;

/// Values of these variables may have several lines, or none, which leaves their line out; all others are names.
const BLOCKS: [&str; 8] = ["result", "summary", "remarks", "text", "missing", "reason", "command", "due"];

/// Longer values go under their title instead of beside it.
const LONG: usize = 80;

/// The values that go into one message.
pub(crate) type Args = [(String, Arg)];

/// Says things in one language.
pub(crate) struct Speaker<'c> {
    pub catalogue: &'c Catalogue,
    pub language: &'c str,
    /// Whether names are followed by their ids, which the command line needs.
    pub ids: bool,
}

impl<'c> Speaker<'c> {
    pub fn new(catalogue: &'c Catalogue, language: &'c str) -> Self {
        Self { catalogue, language, ids: false }
    }

    /// The message `key` with its values.
    pub fn say(&self, key: &str, args: &Args) -> Result<Rendered, WordsError> {
        let found = self.catalogue.message(self.language, key);
        let (code, language, message) = found.ok_or_else(|| WordsError::NoMessage { key: key.to_owned() })?;
        let speaker = Self { catalogue: self.catalogue, language: code, ids: self.ids };
        let mut page = Page::default();
        let telling = Telling { speaker: &speaker, language, message, key, args };
        telling.pieces(&mut page, &message.pieces)?;
        let rendered = page.finish();
        if rendered.text.is_empty() {
            let reason = "nothing is left of it without its values".to_owned();
            return Err(WordsError::Broken { key: key.to_owned(), reason });
        }
        Ok(rendered)
    }

    /// The same without formatting, for parts of sentences.
    pub fn plain(&self, key: &str, args: &[(&str, Arg)]) -> Result<String, WordsError> {
        let args: Vec<(String, Arg)> =
            args.iter().map(|(name, arg)| ((*name).to_owned(), arg.clone())).collect();
        Ok(self.say(key, &args)?.text)
    }

    /// A title in the reader's language, else in the agency's.
    pub fn title(&self, text: &Text) -> String {
        let has = |language: &str| text.0.iter().any(|(known, _)| known == language);
        let first = self.catalogue.languages().first().map_or("", String::as_str);
        let language = if has(self.language) { self.language } else { first };
        clean::name(text.in_language(language))
    }

    /// A title in the quotation marks of the language, with its id if ids are wanted.
    pub fn quoted(&self, title: &str, id: &str) -> Result<String, WordsError> {
        let quoted = self.plain("word-quoted", &[("text", Arg::Text(title.to_owned()))])?;
        Ok(self.with_id(quoted, id))
    }

    fn with_id(&self, phrase: String, id: &str) -> String {
        if self.ids && !id.is_empty() { format!("{phrase} ({})", clean::name(id)) } else { phrase }
    }

    /// Names joined with the language's "or".
    pub fn any_of(&self, names: &[String]) -> Result<String, WordsError> {
        let names: Vec<String> = names.iter().map(|name| clean::name(name)).collect();
        let Some((last, others)) = names.split_last() else { return Ok("—".to_owned()) };
        if others.is_empty() {
            return Ok(last.clone());
        }
        Ok(format!("{} {} {last}", others.join(", "), self.plain("word-or", &[])?))
    }

    /// What is missing, as a list in words.
    pub fn missing(&self, missing: &[Missing]) -> Result<String, WordsError> {
        let phrases: Result<Vec<String>, WordsError> =
            missing.iter().map(|one| self.missing_one(one)).collect();
        Ok(phrases?.join(", "))
    }

    fn missing_one(&self, missing: &Missing) -> Result<String, WordsError> {
        let text = |text: &str| Arg::Text(text.to_owned());
        let number = |number: u32| Arg::Number(i64::from(number));
        match missing {
            Missing::Field { field, title } => {
                let phrase = self.plain("missing-field", &[("title", Arg::Words(title.clone()))])?;
                Ok(self.with_id(phrase, field))
            }
            Missing::More { field, title, at_least, have } => {
                let args = [
                    ("title", Arg::Words(title.clone())),
                    ("wanted", number(*at_least)),
                    ("have", number(*have)),
                ];
                Ok(self.with_id(self.plain("missing-more", &args)?, field))
            }
            Missing::Gate { gate } => Ok(self.with_id(self.gate(gate)?, gate)),
            Missing::Checklist { item, text } => {
                self.plain("missing-item", &[("item", number(*item)), ("title", Arg::Words(text.clone()))])
            }
            Missing::Button { button, title, opens_with } => {
                let phrase = self.plain("missing-button", &[("title", Arg::Words(title.clone()))])?;
                let phrase = self.with_id(phrase, button);
                if opens_with.is_empty() || !self.ids {
                    return Ok(phrase);
                }
                let fields = opens_with.join(", ");
                self.plain("missing-button-locked", &[("button", text(&phrase)), ("fields", text(&fields))])
            }
            Missing::Role { role } => {
                let phrase = self.plain("missing-role", &[("role", text(&self.role(role)))])?;
                Ok(self.with_id(phrase, role))
            }
            Missing::Task { task, title } => {
                let phrase = self.plain("missing-task", &[("title", Arg::Words(title.clone()))])?;
                Ok(self.with_id(phrase, task.as_str()))
            }
            Missing::Approval { task, title } => {
                let phrase = self.plain("missing-approval", &[("title", Arg::Words(title.clone()))])?;
                Ok(self.with_id(phrase, task.as_str()))
            }
            Missing::OtherFile { field, title, approved_title, .. } => {
                let args =
                    [("title", Arg::Words(title.clone())), ("approved", Arg::Words(approved_title.clone()))];
                Ok(self.with_id(self.plain("missing-other-file", &args)?, field))
            }
            Missing::Outside { field, title, rows } => {
                let rows: Vec<String> = rows.iter().map(u32::to_string).collect();
                let args = [("title", Arg::Words(title.clone())), ("rows", text(&rows.join(", ")))];
                Ok(self.with_id(self.plain("missing-outside", &args)?, field))
            }
            Missing::Handoff { need } => self.plain(&format!("missing-handoff-{need}"), &[]),
        }
    }

    /// A gate such as `form:smm-brief` or `paid:this-period` in words.
    pub fn gate(&self, gate: &str) -> Result<String, WordsError> {
        let (kind, name) = gate.split_once(':').unwrap_or((gate, ""));
        match (kind, name) {
            ("form", name) => {
                let title =
                    self.catalogue.form(name).map_or_else(|| name.to_owned(), |form| self.title(&form.title));
                self.plain("missing-form", &[("form", Arg::Text(title))])
            }
            ("acknowledged", _) => self.plain("missing-acknowledged", &[]),
            ("access", item) => self.plain("missing-access", &[("item", Arg::Text(words(item)))]),
            ("approved", name) => self.plain("missing-approval", &[("title", Arg::Text(name.to_owned()))]),
            ("audit", "") => self.plain("missing-audit", &[]),
            ("paid", "next-period") => self.plain("missing-paid-next", &[]),
            ("paid", _) => self.plain("missing-paid-this", &[]),
            _ => self.plain("missing-gate", &[("gate", Arg::Text(gate.to_owned()))]),
        }
    }

    /// The title of a role, or its id if nobody knows it.
    pub fn role(&self, role: &str) -> String {
        let known = self.catalogue.agency().roles.iter().find(|known| known.id == role);
        known.map_or_else(|| role.to_owned(), |known| self.title(&known.title))
    }

    /// Titles and values, one a line; what is empty is left out.
    pub fn result(&self, lines: &[ResultLine]) -> Result<String, WordsError> {
        let mut shown = Vec::new();
        for line in lines {
            let Some(value) = &line.value else { continue };
            let value = self.field_value(line, value)?;
            let is_list =
                matches!(line.kind, FieldKind::Topics | FieldKind::Table | FieldKind::ChoiceForEach);
            let long = is_list
                || value.contains('\n')
                || value.chars().count() > LONG && line.kind == FieldKind::LongText;
            match line.title.0.is_empty() {
                _ if value.is_empty() => {}
                true => shown.push(value),
                false => shown.push(format!(
                    "{}:{}{value}",
                    self.title(&line.title),
                    if long { '\n' } else { ' ' }
                )),
            }
        }
        Ok(shown.join("\n"))
    }

    pub fn field_value(&self, line: &ResultLine, value: &Value) -> Result<String, WordsError> {
        let language = self.language;
        Ok(match value {
            Value::Text(text) => clean::block(text),
            Value::Links(links) => list(links.iter().map(|link| clean::name(link))),
            Value::Files(files) => {
                let count = i64::try_from(files.len()).unwrap_or(i64::MAX);
                self.plain("word-files", &[("count", Arg::Number(count))])?
            }
            Value::Number(number) if line.kind == FieldKind::Percent => {
                locale::percent(language, &clean::name(number))
            }
            Value::Number(number) => locale::number(language, &clean::name(number)),
            Value::Money(money) => locale::money(language, money),
            Value::Date(date) => locale::date(language, *date),
            Value::DateRange(from, to) => {
                format!("{} – {}", locale::date(language, *from), locale::date(language, *to))
            }
            Value::DateTime(at) => locale::moment(language, *at),
            Value::Choices(ids) => ids.iter().map(|id| self.option(line, id)).collect::<Vec<_>>().join(", "),
            Value::YesNo(yes) => self.plain(if *yes { "word-yes" } else { "word-no" }, &[])?,
            Value::Topics(topics) => lists::and_more(lists::topics(topics), line.more),
            Value::Table(rows) => lists::and_more(lists::table(self, line, rows)?, line.more),
            Value::ChoiceForEach(chosen) => lists::choices(self, line, chosen),
            Value::Done(stages) => lists::done(self, line, stages)?,
        })
    }

    pub fn option(&self, line: &ResultLine, id: &str) -> String {
        let known = line.options.iter().find(|(known, _)| known == id);
        known.map_or_else(|| clean::name(id), |(_, title)| self.title(title))
    }
}

/// One value, or several on lines of their own.
fn list(values: impl Iterator<Item = String>) -> String {
    let values: Vec<String> = values.collect();
    match values.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        several => format!("\n• {}", several.join("\n• ")).trim_start().to_owned(),
    }
}

/// One message on its way to a page.
struct Telling<'t> {
    speaker: &'t Speaker<'t>,
    language: &'t Language,
    message: &'t Message,
    key: &'t str,
    args: &'t Args,
}

impl Telling<'_> {
    fn pieces(&self, page: &mut Page, pieces: &[Piece]) -> Result<(), WordsError> {
        for piece in pieces {
            match piece {
                Piece::Text(text) => page.push(text),
                Piece::Open(kind) => page.open(kind.clone()),
                Piece::Close => page.close(),
                Piece::Value(name) => self.value(page, name)?,
                Piece::Choose { by, variants, usual } => {
                    let fits = self.chosen(by, variants)?.unwrap_or(*usual);
                    if let Some((_, pieces)) = variants.get(fits) {
                        self.pieces(page, pieces)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn arg(&self, name: &str) -> Result<&Arg, WordsError> {
        let found = self.args.iter().find(|(known, _)| known == name).map(|(_, arg)| arg);
        found.ok_or_else(|| WordsError::NoValue { key: self.key.to_owned(), variable: name.to_owned() })
    }

    /// The variant that fits the number, if it is one.
    fn chosen(&self, by: &str, variants: &[(Fit, Vec<Piece>)]) -> Result<Option<usize>, WordsError> {
        let Some(number) = decimal(self.arg(by)?) else { return Ok(None) };
        let plurals = self.language.plurals.as_ref();
        let form = plurals.and_then(|rules| rules.select(number.as_str()).ok());
        let form = form.map(|form| format!("{form:?}").to_lowercase());
        let fits = |(fit, _): &(Fit, Vec<Piece>)| match fit {
            Fit::Exactly(exactly) => *exactly == number,
            Fit::Form(name) => Some(name) == form.as_ref(),
        };
        Ok(variants.iter().position(fits))
    }

    fn value(&self, page: &mut Page, name: &str) -> Result<(), WordsError> {
        let speaker = self.speaker;
        let (language, zone) = (speaker.language, speaker.catalogue.agency().calendar.zone);
        let in_lines = BLOCKS.contains(&name);
        let arg = self.arg(name)?;
        let shown = match arg {
            Arg::Text(text) if in_lines => clean::block(text),
            Arg::Text(text) if self.message.deciding.contains(name) => {
                locale::number(language, &clean::name(text))
            }
            Arg::Text(text) => clean::name(text),
            Arg::Number(number) => number.to_string(),
            Arg::Date(at) if name == "period" => {
                locale::month(language, at.with_timezone(&zone).date_naive())
            }
            Arg::Date(at) => locale::date(language, at.with_timezone(&zone).date_naive()),
            Arg::Moment(at) => locale::moment(language, at.with_timezone(&zone).naive_local()),
            Arg::Money(money) => locale::money(language, money),
            Arg::Words(text) => speaker.title(text),
            Arg::Named(name, user) => {
                page.mention(&clean::name(name), *user);
                return Ok(());
            }
            Arg::Names(names) => speaker.any_of(names)?,
            Arg::Result(lines) => speaker.result(lines)?,
            Arg::Missing(missing) => speaker.missing(missing)?,
            Arg::Key(key) => speaker.plain(key, &[])?,
            Arg::Person(_) | Arg::Mention(_) | Arg::AnyOf(_) | Arg::Contents(_) | Arg::Said(_) => {
                let reason = format!("{{ ${name} }} was not replaced before rendering");
                return Err(WordsError::Broken { key: self.key.to_owned(), reason });
            }
        };
        match (shown.is_empty(), arg) {
            (false, _) => page.value(&shown),
            (true, Arg::Result(_) | Arg::Missing(_)) => page.leave_line_out(),
            (true, _) if in_lines => page.leave_line_out(),
            (true, _) => page.value("—"),
        }
        Ok(())
    }
}

/// The decimal number that decides a plural; half an hour comes as the text `0.5`.
fn decimal(arg: &Arg) -> Option<String> {
    if let Arg::Number(number) = arg {
        return Some(number.to_string());
    }
    let Arg::Text(text) = arg else { return None };
    Some(text.replace(',', ".")).filter(|text| locale::is_decimal(text))
}
