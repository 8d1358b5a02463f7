//! A question on the page: its label, its input, its hint, and what is wrong beside it.

use engine::domain::Arg;
use engine::domain::definition::{Field, FieldKind, Text};
use engine::domain::form::{LONGEST, Problem};
use maud::{Markup, html};

use crate::site::Site;
use crate::typed::{PREFIX, WAS, mark};

/// Everything that a question is shown with.
pub(crate) struct Question<'a> {
    pub site: &'a Site,
    pub language: &'a str,
    pub field: &'a Field,
    /// As the input can show it.
    pub typed: Vec<String>,
    /// What another device wrote here meanwhile, as its input shows it.
    pub other: Option<Vec<String>>,
    pub problem: Option<&'a Problem>,
    pub currency: &'a str,
}

impl Question<'_> {
    /// The question as it stands on the page.
    pub fn show(&self) -> Markup {
        let is_group = matches!(
            self.field.kind,
            FieldKind::Choice | FieldKind::Choices | FieldKind::YesNo | FieldKind::DateRange
        );
        let wrong = self.problem.is_some();
        if is_group {
            return html! {
                fieldset.q.wrong[wrong] id=(self.id()) aria-describedby=[self.described_by()] {
                    legend { (self.title()) }
                    (self.hint())
                    (self.group())
                    (self.error())
                    (self.aside())
                }
            };
        }
        html! {
            div.q.wrong[wrong] id=(self.id()) {
                label for=(self.input_id()) { (self.title()) }
                (self.hint())
                (self.input())
                (self.error())
                (self.aside())
            }
        }
    }

    /// What stands beside the input: the mark of what it shows, and what another device wrote.
    fn aside(&self) -> Markup {
        html! {
            input type="hidden" name={ (WAS) (self.field.id) } value=(mark(self.field, &self.typed));
            @if let Some(other) = &self.other {
                p.other {
                    (self.site.say(self.language, "page-form-other", &[("answer", Arg::Text(self.in_words(other)))]))
                }
            }
        }
    }

    /// Entries as people read them.
    fn in_words(&self, entries: &[String]) -> String {
        let word = |entry: &String| match self.field.options.iter().find(|(id, _)| id == entry) {
            Some((_, words)) => self.text(words).to_owned(),
            None if self.field.kind == FieldKind::YesNo => self.word(&format!("word-{entry}")),
            None => entry.clone(),
        };
        let words: Vec<String> = entries.iter().map(word).filter(|word| !word.is_empty()).collect();
        if words.is_empty() { "—".to_owned() } else { words.join(", ") }
    }

    /// What is wrong, in words.
    pub fn complaint(&self, problem: &Problem) -> String {
        let number = |number: u32| Arg::Number(i64::from(number));
        match problem {
            Problem::Missing => self.word("page-error-required"),
            Problem::TooLong => {
                let most = i64::try_from(LONGEST).unwrap_or(i64::MAX);
                self.site.say(self.language, "page-error-too-long", &[("most", Arg::Number(most))])
            }
            Problem::TooFew { at_least, have } => {
                let args = [("wanted", number(*at_least)), ("have", number(*have))];
                self.site.say(self.language, "page-error-more", &args)
            }
            Problem::Unfit(FieldKind::Money) => {
                let args = [("currency", Arg::Text(self.currency.to_owned()))];
                self.site.say(self.language, "page-error-money", &args)
            }
            Problem::Unfit(kind) => self.word(match kind {
                FieldKind::Link => "page-error-link",
                FieldKind::Links | FieldKind::File | FieldKind::Files => "page-error-links",
                FieldKind::Number | FieldKind::Percent => "page-error-number",
                FieldKind::Date => "page-error-date",
                FieldKind::DateRange => "page-error-date-range",
                FieldKind::DateTime => "page-error-date-time",
                FieldKind::Choice | FieldKind::Choices | FieldKind::YesNo => "page-error-choice",
                FieldKind::Text
                | FieldKind::LongText
                | FieldKind::Money
                | FieldKind::Topics
                | FieldKind::Table
                | FieldKind::ChoiceForEach
                | FieldKind::Done => "page-error-required",
            }),
        }
    }

    fn word(&self, key: &str) -> String {
        self.site.word(self.language, key)
    }

    fn text<'t>(&self, text: &'t Text) -> &'t str {
        text.in_language(self.language)
    }

    /// Where a link to the question leads.
    pub fn id(&self) -> String {
        format!("q-{}", self.field.id)
    }

    fn input_id(&self) -> String {
        format!("i-{}", self.field.id)
    }

    fn name(&self) -> String {
        format!("{PREFIX}{}", self.field.id)
    }

    fn first(&self) -> &str {
        self.typed.first().map_or("", String::as_str)
    }

    fn title(&self) -> Markup {
        html! {
            (self.text(&self.field.title))
            @if self.field.required {
                span.star title=(self.word("page-form-required")) { " *" }
            }
        }
    }

    fn hint(&self) -> Markup {
        let general = match self.field.kind {
            FieldKind::Links => Some("page-form-hint-links"),
            FieldKind::File | FieldKind::Files => Some("page-form-hint-files"),
            FieldKind::Text
            | FieldKind::LongText
            | FieldKind::Link
            | FieldKind::Number
            | FieldKind::Money
            | FieldKind::Percent
            | FieldKind::Date
            | FieldKind::DateRange
            | FieldKind::DateTime
            | FieldKind::Choice
            | FieldKind::Choices
            | FieldKind::YesNo
            | FieldKind::Topics
            | FieldKind::Table
            | FieldKind::ChoiceForEach
            | FieldKind::Done => None,
        };
        let own = self.field.hint.as_ref().map(|hint| self.text(hint).to_owned());
        let Some(hint) = own.or_else(|| general.map(|key| self.word(key))) else { return html! {} };
        html! { p.hint id={ (self.id()) "-hint" } { (hint) } }
    }

    fn error(&self) -> Markup {
        html! {
            @if let Some(problem) = self.problem {
                p.err id={ (self.id()) "-err" } { (self.complaint(problem)) }
            }
        }
    }

    fn described_by(&self) -> Option<String> {
        let has_hint = self.field.hint.is_some()
            || matches!(self.field.kind, FieldKind::Links | FieldKind::File | FieldKind::Files);
        let hint = has_hint.then(|| format!("{}-hint", self.id()));
        let error = self.problem.map(|_| format!("{}-err", self.id()));
        let both: Vec<String> = hint.into_iter().chain(error).collect();
        (!both.is_empty()).then(|| both.join(" "))
    }

    fn input(&self) -> Markup {
        match self.field.kind {
            FieldKind::LongText
            | FieldKind::Topics
            | FieldKind::Table
            | FieldKind::ChoiceForEach
            | FieldKind::Done => self.area(4, None),
            FieldKind::Links | FieldKind::File | FieldKind::Files => self.area(3, Some("https://")),
            FieldKind::Link => self.line("url", "url", Some("https://")),
            FieldKind::Number | FieldKind::Percent => self.line("text", "decimal", None),
            FieldKind::Money => html! {
                div.money { (self.line("text", "decimal", None)) span { (self.currency) } }
            },
            // What is no day would vanish from an input that knows only days.
            FieldKind::Date if is_day(self.first()) => self.line("date", "text", None),
            FieldKind::DateTime if self.first().is_empty() || self.first().contains('T') => {
                self.line("datetime-local", "text", None)
            }
            FieldKind::Text
            | FieldKind::Date
            | FieldKind::DateTime
            | FieldKind::DateRange
            | FieldKind::Choice
            | FieldKind::Choices
            | FieldKind::YesNo => self.line("text", "text", None),
        }
    }

    fn area(&self, rows: u8, placeholder: Option<&str>) -> Markup {
        html! {
            textarea id=(self.input_id()) name=(self.name()) rows=(rows) maxlength=(LONGEST) placeholder=[placeholder]
                aria-required=[self.required()] aria-invalid=[self.invalid()] aria-describedby=[self.described_by()]
                // A browser drops the first line end of a textarea.
                { "\n" (self.typed.join("\n")) }
        }
    }

    fn line(&self, kind: &str, mode: &str, placeholder: Option<&str>) -> Markup {
        html! {
            input id=(self.input_id()) name=(self.name()) type=(kind) inputmode=(mode) maxlength=(LONGEST)
                placeholder=[placeholder] value=(self.first()) autocomplete="off"
                aria-required=[self.required()] aria-invalid=[self.invalid()] aria-describedby=[self.described_by()];
        }
    }

    fn required(&self) -> Option<&'static str> {
        self.field.required.then_some("true")
    }

    fn invalid(&self) -> Option<&'static str> {
        self.problem.is_some().then_some("true")
    }

    fn group(&self) -> Markup {
        match self.field.kind {
            FieldKind::DateRange => self.range(),
            FieldKind::YesNo => {
                let options =
                    [("yes".to_owned(), self.word("word-yes")), ("no".to_owned(), self.word("word-no"))];
                self.options("radio", &options)
            }
            FieldKind::Choice
            | FieldKind::Choices
            | FieldKind::Text
            | FieldKind::LongText
            | FieldKind::Link
            | FieldKind::Links
            | FieldKind::File
            | FieldKind::Files
            | FieldKind::Number
            | FieldKind::Money
            | FieldKind::Percent
            | FieldKind::Date
            | FieldKind::DateTime
            | FieldKind::Topics
            | FieldKind::Table
            | FieldKind::ChoiceForEach
            | FieldKind::Done => {
                let options: Vec<(String, String)> = self
                    .field
                    .options
                    .iter()
                    .map(|(id, words)| (id.clone(), self.text(words).to_owned()))
                    .collect();
                self.options(
                    if self.field.kind == FieldKind::Choices { "checkbox" } else { "radio" },
                    &options,
                )
            }
        }
    }

    fn options(&self, kind: &str, options: &[(String, String)]) -> Markup {
        let chosen = |id: &str| self.typed.iter().any(|entry| entry == id);
        let nothing = !options.iter().any(|(id, _)| chosen(id));
        // Once pressed, a radio button can only be taken back by another one.
        let skip = (kind == "radio" && !self.field.required).then(|| self.word("page-form-skip"));
        html! {
            div.opts {
                @for (id, words) in options {
                    label.opt {
                        input type=(kind) name=(self.name()) value=(id) checked[chosen(id)];
                        span { (words) }
                    }
                }
                @if let Some(skip) = skip {
                    label.opt {
                        input type=(kind) name=(self.name()) value="" checked[nothing];
                        span.muted { (skip) }
                    }
                }
            }
        }
    }

    fn range(&self) -> Markup {
        let last = self.typed.get(1).map_or("", String::as_str);
        let day = |label: &str, value: &str| {
            html! {
                label {
                    span.small.muted { (self.word(label)) }
                    input name=(self.name()) type=(if is_day(value) { "date" } else { "text" }) value=(value);
                }
            }
        };
        html! { div.range { (day("page-form-from", self.first())) (day("page-form-to", last)) } }
    }
}

/// Empty, or a day as browsers write it.
fn is_day(text: &str) -> bool {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    text.is_empty() || shape == "0000-00-00"
}
