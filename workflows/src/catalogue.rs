//! The catalogue: all templates, forms and messages of one agency, checked; what the engine and the surfaces ask.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use engine::domain::definition::{Agency, Definition, Form};
use engine::words::{Render, Rendered, Saying, WordsError};
use sha2::{Digest, Sha256};

use crate::agency::{ReadAgency, read_agency, read_agency_defaults, read_form};
use crate::files::{Files, Source};
use crate::known::Known;
use crate::lint::check_messages;
use crate::messages::{Language, Message, Words, read_messages};
use crate::problem::{Notes, Problem};
use crate::remind::Defaults;
use crate::say::Speaker;
use crate::template::read_template;
use crate::trouble::Trouble;
use crate::walk::LANGUAGES;
use crate::yaml;

/// The template that explains every key is no service on offer.
const REFERENCE: &str = "reference";

/// All templates, forms and messages of one agency, checked.
pub struct Catalogue {
    agency: Agency,
    definitions: BTreeMap<String, Arc<Definition>>,
    forms: BTreeMap<String, Form>,
    words: Words,
    warnings: Vec<Problem>,
}

/// What a check found, and the catalogue if there was no error.
pub struct Checked {
    /// Errors and warnings, in the order of files and lines.
    pub problems: Vec<Problem>,
    pub catalogue: Option<Catalogue>,
}

impl Catalogue {
    /// Reads the folder of an agency: all or nothing.
    ///
    /// # Errors
    /// Every problem of every file, warnings included, if one of them is an error.
    pub fn load(dir: &Path) -> Result<Self, Vec<Problem>> {
        Self::from_files(&Files::read(dir))
    }

    /// The catalogue that comes with the product.
    ///
    /// # Errors
    /// As [`Self::load`]; the shipped files have none, which a test holds.
    pub fn embedded() -> Result<Self, Vec<Problem>> {
        Self::from_files(&Files::embedded())
    }

    /// Reads files that are texts already.
    ///
    /// # Errors
    /// As [`Self::load`].
    pub fn from_files(files: &Files) -> Result<Self, Vec<Problem>> {
        let Checked { problems, catalogue } = check(files);
        catalogue.ok_or(problems)
    }

    /// Who works here, when, and in which languages.
    pub fn agency(&self) -> &Agency {
        &self.agency
    }

    /// Languages of the agency, its own first.
    pub fn languages(&self) -> &[String] {
        &self.agency.languages
    }

    /// Ids of the services on offer, in order.
    pub fn services(&self) -> impl Iterator<Item = &str> {
        self.definitions.keys().map(String::as_str)
    }

    /// The definition of a service on offer, as the next project will get it.
    pub fn definition(&self, service: &str) -> Option<Arc<Definition>> {
        self.definitions.get(service).cloned()
    }

    /// A form by its name.
    pub fn form(&self, name: &str) -> Option<&Form> {
        self.forms.get(name)
    }

    /// Names of all messages, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.words.keys()
    }

    /// Names of the variables of a message, in order.
    pub fn variables(&self, key: &str) -> impl Iterator<Item = &str> {
        self.words.variables(key)
    }

    /// What may be better in the files.
    pub fn warnings(&self) -> &[Problem] {
        &self.warnings
    }

    /// Whether a reader of any language gets words for `key`.
    pub fn has(&self, key: &str) -> bool {
        self.message("", key).is_some()
    }

    /// The finished text, in the reader's language, or the agency's, or English.
    ///
    /// # Errors
    /// When there is no such message, or a value is not there: never a text with a hole.
    pub fn render(&self, saying: Saying<'_>) -> Result<Rendered, WordsError> {
        Speaker::new(self, saying.language).say(saying.key, saying.args)
    }

    /// The catalogue as the function that the engine calls.
    pub fn as_render(self: &Arc<Self>) -> Render {
        let catalogue = Arc::clone(self);
        Arc::new(move |saying| catalogue.render(saying))
    }

    /// A message with the language it was found in: the wanted one, the agency's own, English, or any.
    pub(crate) fn message(&self, language: &str, key: &str) -> Option<(&str, &Language, &Message)> {
        let own = self.agency.languages.first().map_or("", String::as_str);
        let wanted = [language, own, "en"].into_iter();
        let mut codes = wanted.chain(self.words.languages.keys().map(String::as_str));
        codes.find_map(|code| {
            let (code, language) = self.words.languages.get_key_value(code)?;
            Some((code.as_str(), language, language.messages.get(key)?))
        })
    }
}

impl Files {
    /// The path of the template that describes a service.
    pub fn template_of(&self, service: &str) -> Option<&str> {
        let describes = |source: &&Source| {
            let root = yaml::read(&mut Notes::new(source));
            root.as_ref().and_then(|root| root.id_of("service")) == Some(service)
        };
        let mut templates = self.within("").filter(|source| is_service(&source.path));
        templates.find(describes).map(|source| source.path.as_str())
    }

    /// The files without templates of services that cannot be used, so that one slip in one template does not stop
    /// the others (RELIABILITY G21), and their catalogue.
    ///
    /// # Errors
    /// All problems, when the agency file, a form or a message file has one.
    pub fn usable(mut self) -> Result<(Self, Catalogue), Vec<Problem>> {
        loop {
            let problems = match Catalogue::from_files(&self) {
                Ok(catalogue) => return Ok((self, catalogue)),
                Err(problems) => problems,
            };
            let wrong = problems.iter().filter(|problem| problem.is_error());
            let paths: BTreeSet<String> = wrong
                .map(|problem| {
                    self.shown(&problem.file).map_or_else(String::new, |source| source.path.clone())
                })
                .collect();
            if paths.is_empty() || !paths.iter().all(|path| is_service(path)) {
                return Err(problems);
            }
            for path in &paths {
                self.leave_out(path);
            }
        }
    }
}

/// Checks all files; the catalogue is there unless one of the problems is an error.
pub fn check(files: &Files) -> Checked {
    let mut desk = Desk { files, problems: files.problems.clone() };
    let agency_root = desk.read("agency.yaml", yaml::read).flatten();
    let read =
        agency_root.as_ref().and_then(|root| desk.read("agency.yaml", |notes| read_agency(notes, root)));
    let ReadAgency { agency, languages, roles } = read.unwrap_or_default();
    if files.get("agency.yaml").is_none() {
        let trouble = Trouble::error("file").with("said", "there is none; `signoff init` writes one");
        desk.problems.push(Problem::of_file("agency.yaml", trouble));
    }
    let words = desk.read_words();
    desk.problems.extend(check_messages(files, &words, &languages));
    let forms = desk.read_forms(&languages);
    let accept_within = agency.as_ref().map(|agency| agency.accept_within);
    let rules = agency.as_ref().map(|agency| agency.rules.clone()).unwrap_or_default();
    let known =
        Known { roles, forms: &forms, words: &words, files, languages: &languages, accept_within, rules };
    let read_defaults = |root| desk.read("agency.yaml", |notes| read_agency_defaults(notes, &known, root));
    let defaults = agency_root.as_ref().and_then(read_defaults).unwrap_or_default();
    let definitions = desk.read_templates(&known, &defaults);
    let mut problems = desk.problems;
    problems.sort_by(|a, b| (&a.file, a.span.start).cmp(&(&b.file, b.span.start)));
    // A message that several templates use is wrong once.
    problems.dedup();
    let broken = problems.iter().any(Problem::is_error);
    let warnings = problems.clone();
    let catalogue =
        agency.filter(|_| !broken).map(|agency| Catalogue { agency, definitions, forms, words, warnings });
    Checked { problems, catalogue }
}

/// Reads files one by one and keeps what is wrong with them.
struct Desk<'f> {
    files: &'f Files,
    problems: Vec<Problem>,
}

impl<'f> Desk<'f> {
    fn read<T>(&mut self, path: &str, read: impl FnOnce(&mut Notes<'f>) -> T) -> Option<T> {
        let source = self.files.get(path)?;
        Some(self.read_source(source, read))
    }

    fn read_source<T>(&mut self, source: &'f Source, read: impl FnOnce(&mut Notes<'f>) -> T) -> T {
        let mut notes = Notes::new(source);
        let value = read(&mut notes);
        self.problems.append(&mut notes.problems);
        value
    }

    fn read_words(&mut self) -> Words {
        let mut words = Words::default();
        for source in self.files.within("messages/") {
            let code = stem(source, "messages/", ".ftl");
            if !LANGUAGES.contains(&code) {
                let trouble = Trouble::error("file").with("said", "messages can be in uk, en, vi or bg");
                self.problems.push(Problem::of_file(&source.shown, trouble));
                continue;
            }
            let language = self.read_source(source, |notes| read_messages(notes, code));
            words.languages.insert(code.to_owned(), language);
        }
        words
    }

    fn read_forms(&mut self, languages: &[String]) -> BTreeMap<String, Form> {
        let mut forms = BTreeMap::new();
        for source in self.files.within("forms/") {
            let Some(form) = self.read_source(source, |notes| read_form(notes, languages)) else { continue };
            if form.id != stem(source, "forms/", ".yaml") {
                let said = format!("it says `form: {}`; the file and the form have the same name", form.id);
                let trouble = Trouble::error("file").with("said", said);
                let written = format!("form: {}", form.id);
                let place = source.text.find(&written).map(|at| at + "form: ".len()..at + written.len());
                let name = stem(source, "forms/", ".yaml").to_owned();
                let problem = match place {
                    Some(place) => Problem::at(source, place.clone(), trouble.repair(place, name)),
                    None => Problem::of_file(&source.shown, trouble),
                };
                self.problems.push(problem);
            }
            forms.insert(stem(source, "forms/", ".yaml").to_owned(), form);
        }
        forms
    }

    fn read_templates(
        &mut self,
        known: &Known<'_>,
        defaults: &Defaults,
    ) -> BTreeMap<String, Arc<Definition>> {
        let mut definitions = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for source in self.files.within("").filter(|source| source.path != "agency.yaml") {
            let read = self.read_source(source, |notes| read_template(notes, known, defaults));
            let Some(mut definition) = read else { continue };
            if !seen.insert(definition.service.clone()) {
                let said = format!("another file describes the service `{}` already", definition.service);
                self.problems
                    .push(Problem::of_file(&source.shown, Trouble::error("file").with("said", said)));
            }
            definition.hash = self.hash(source, &definition);
            if definition.service != REFERENCE {
                definitions.insert(definition.service.clone(), Arc::new(definition));
            }
        }
        definitions
    }

    /// SHA-256 over the bytes of the template, agency.yaml and the forms it refers to, in order of their names:
    /// `cat smm.yaml agency.yaml forms/smm-brief.yaml | sha256sum` gives the same.
    fn hash(&self, template: &Source, definition: &Definition) -> String {
        let mut hasher = Sha256::new();
        hasher.update(&template.text);
        let forms = definition.forms.iter().map(|form| format!("forms/{}.yaml", form.id));
        for path in std::iter::once("agency.yaml".to_owned()).chain(forms) {
            hasher.update(self.files.get(&path).map_or("", |source| source.text.as_str()));
        }
        hex::encode(hasher.finalize())
    }
}

fn stem<'s>(source: &'s Source, folder: &str, ending: &str) -> &'s str {
    let name = source.path.strip_prefix(folder).unwrap_or(&source.path);
    name.strip_suffix(ending).unwrap_or(name)
}

/// A template of one service: a file of the folder itself, but not the agency's.
fn is_service(path: &str) -> bool {
    // A problem of a folder, or of a file that could not be read, is in no file that may be left out.
    !path.is_empty() && !path.contains('/') && path != "agency.yaml"
}
