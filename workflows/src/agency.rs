//! Reads agency.yaml and the forms.

use chrono::NaiveTime;
use engine::domain::calendar::Calendar;
use engine::domain::definition::{
    Agency, ByTheClock, Form, Handoff, Override, Role, Rules, SignedBy, Term, Unit,
};

use crate::checks::check_texts;
use crate::field::read_question;
use crate::format::{AGENCY, CLOCK, FORM, OVERRIDES_BLOCK, ROLE, WORK_TIME};
use crate::former_ids::check_former_ids;
use crate::known::Known;
use crate::problem::Notes;
use crate::remind::{Defaults, read_defaults};
use crate::trouble::Trouble;
use crate::unique::Unique;
use crate::values::Hours;
use crate::walk::{Keys, LANGUAGES};
use crate::worktime::read_rates;
use crate::yaml::{self, Node};

pub(crate) const DAYS: [(&str, usize); 7] =
    [("mon", 0), ("tue", 1), ("wed", 2), ("thu", 3), ("fri", 4), ("sat", 5), ("sun", 6)];

pub(crate) const OVERRIDES: [(&str, Override); 2] = [("nobody", Override::Nobody), ("head", Override::Head)];
pub(crate) const SIGNED_BY: [(&str, SignedBy); 2] = [("pm", SignedBy::Pm), ("author", SignedBy::Author)];
pub(crate) const HANDOFF: [(&str, Handoff); 5] = [
    ("price", Handoff::Price),
    ("contact", Handoff::Contact),
    ("approver", Handoff::Approver),
    ("chat", Handoff::Chat),
    ("pm", Handoff::Pm),
];

/// Unless agency.yaml says otherwise, so long a ready task may lie before the PM hears of it.
const ACCEPT_WITHIN: Term = Term { hundredths: 400, unit: Unit::BusinessHours };

/// What agency.yaml says; the agency itself only if everything that it needs can be read.
#[derive(Default)]
pub(crate) struct ReadAgency {
    pub agency: Option<Agency>,
    pub languages: Vec<String>,
    pub roles: Vec<Role>,
}

/// Reads agency.yaml.
pub(crate) fn read_agency(notes: &mut Notes<'_>, root: &Node) -> ReadAgency {
    let Some(keys) = notes.block(root, "agency.yaml", &AGENCY) else { return ReadAgency::default() };
    check_version(notes, &keys);
    let name = keys.get("agency").and_then(|node| notes.word(node)).map(str::to_owned);
    let currency = keys.get("currency").and_then(|node| read_currency(notes, node));
    let languages = keys.get("languages").map(|node| read_languages(notes, node)).unwrap_or_default();
    let zone = keys.get("timezone").and_then(|node| notes.zone(node));
    let calendar = keys.get("work_time").and_then(|node| read_calendar(notes, node));
    let roles = keys.get("roles").map(|node| read_roles(notes, node)).unwrap_or_default();
    let answer_within =
        keys.get("answer_clients_within").and_then(|node| notes.term(node, "answer_clients_within"));
    let warn_pm_after = keys.get("warn_pm_after").and_then(|node| notes.term(node, "warn_pm_after"));
    let signed = keys.get("messages_signed_by").and_then(|node| notes.choice(node, &SIGNED_BY));
    let messages_signed_by = signed.unwrap_or_default();
    let accept_within = keys.get("accept_within").and_then(|node| notes.term(node, "accept_within"));
    let accept_within = accept_within.unwrap_or(ACCEPT_WITHIN);
    let by_the_clock = keys.get("by_the_clock").map(|node| read_clock(notes, node)).unwrap_or_default();
    let rules = read_rules(notes, &keys, &roles);
    let rates = read_rates(notes, &keys, &roles);
    check_texts(notes, root, &languages);
    let mut read = ReadAgency { agency: None, languages: languages.clone(), roles: roles.clone() };
    if let (Some(name), Some(currency), Some(zone), Some(calendar)) = (name, currency, zone, calendar) {
        let calendar = Calendar { zone, ..calendar };
        read.agency = Some(Agency {
            name,
            currency,
            languages,
            calendar,
            answer_within,
            warn_pm_after,
            messages_signed_by,
            accept_within,
            by_the_clock,
            rules,
            roles,
            rates,
        });
    }
    read
}

/// What is handed over with a client, and who may open a gate by hand.
fn read_rules(notes: &mut Notes<'_>, keys: &Keys<'_>, roles: &[Role]) -> Rules {
    let mut rules = Rules::default();
    for item in keys.get("handoff_needs").map(|node| notes.list(node)).unwrap_or_default() {
        if let Some(need) = notes.choice(item, &HANDOFF)
            && !rules.handoff_needs.contains(&need)
        {
            rules.handoff_needs.push(need);
        }
    }
    if let Some(block) =
        keys.get("overrides").and_then(|node| notes.block(node, "`overrides`", &OVERRIDES_BLOCK))
    {
        let mut who = |key: &str, usual: Override| {
            block.get(key).and_then(|node| notes.choice(node, &OVERRIDES)).unwrap_or(usual)
        };
        rules.brief = who("brief", rules.brief);
        rules.payment = who("payment", rules.payment);
        rules.audit = who("audit", rules.audit);
    }
    if let Some(node) = keys.get("see_accesses") {
        let known = || roles.iter().map(|role| role.id.as_str());
        let mut seen = Vec::new();
        for item in notes.list(node) {
            let Some(given) = notes.word(item) else { continue };
            seen.extend(notes.find(item, "unknown-role", given, known()));
        }
        rules.see_accesses = seen;
    }
    rules
}

/// The block `defaults` of agency.yaml, which speaks of roles, forms and messages.
pub(crate) fn read_agency_defaults(notes: &mut Notes<'_>, known: &Known<'_>, root: &Node) -> Defaults {
    root.value_of("defaults").and_then(|node| read_defaults(notes, known, node)).unwrap_or_default()
}

/// Reads one form; the languages are checked when the agency is known.
pub(crate) fn read_form(notes: &mut Notes<'_>, languages: &[String]) -> Option<Form> {
    let root = yaml::read(notes)?;
    check_texts(notes, &root, languages);
    let keys = notes.block(&root, "the form", &FORM)?;
    check_version(notes, &keys);
    let id = keys.get("form").and_then(|node| notes.key(node));
    let title = keys.get("title").and_then(|node| notes.text(node)).unwrap_or_default();
    let intro = keys.get("intro").and_then(|node| notes.text(node));
    let google_form = keys.get("google_form").and_then(|node| read_form_address(notes, node));
    let mut questions = Vec::new();
    let mut unique = Unique::new("questions");
    let items = keys.get("questions").map(|node| notes.list(node)).unwrap_or_default();
    for node in items {
        if let Some(question) = read_question(notes, node) {
            unique.add(notes, &question.id, node, "question");
            questions.push(question);
        }
    }
    check_former_ids(notes, &items.iter().collect::<Vec<_>>(), "question");
    Some(Form { id: id?, title, intro, questions, google_form })
}

/// `signoff: 1`, the version of the format.
pub(crate) fn check_version(notes: &mut Notes<'_>, keys: &Keys<'_>) {
    if let Some(node) = keys.get("signoff")
        && node.plain() != Some("1")
    {
        let given = node.word().unwrap_or("this").to_owned();
        notes.note(&node.point(), Trouble::error("version").with("given", given).fix(Some("1")));
    }
}

fn read_currency(notes: &mut Notes<'_>, node: &Node) -> Option<String> {
    let given = notes.word(node)?;
    let fits = given.len() == 3 && given.bytes().all(|byte| byte.is_ascii_uppercase());
    if !fits {
        let upper = given.to_uppercase();
        notes.shape(
            node,
            "not-money",
            "a currency such as `UAH`",
            (upper.len() == 3).then_some(upper.as_str()),
        );
    }
    fits.then(|| given.to_owned())
}

fn read_languages(notes: &mut Notes<'_>, node: &Node) -> Vec<String> {
    let choices = LANGUAGES.map(|language| (language, language));
    let mut languages: Vec<String> = Vec::new();
    for item in notes.list(node) {
        if let Some(language) = notes.choice(item, &choices)
            && !languages.iter().any(|known| known == language)
        {
            languages.push(language.to_owned());
        }
    }
    if languages.is_empty() {
        notes.wrong_kind(node, "at least one language");
    }
    languages
}

fn read_calendar(notes: &mut Notes<'_>, node: &Node) -> Option<Calendar> {
    let keys = notes.block(node, "`work_time`", &WORK_TIME)?;
    let hours = keys.get("hours").and_then(|node| notes.hours(node, false));
    let lunch = keys.get("lunch").and_then(|node| notes.hours(node, false));
    let quiet = keys.get("quiet").and_then(|node| notes.hours(node, true));
    let mut week: [Vec<Hours>; 7] = Default::default();
    if let Some(hours) = hours {
        for item in keys.get("days").map(|node| notes.list(node)).unwrap_or_default() {
            if let Some(day) = notes.choice(item, &DAYS) {
                week[day] = open_hours(hours, lunch);
            }
        }
    }
    let mut dates = |key: &str| match keys.get(key) {
        Some(node) => notes.list(node).iter().filter_map(|item| notes.date(item)).collect(),
        None => Vec::new(),
    };
    let (holidays, extra_days) = (dates("holidays"), dates("extra_days"));
    let zone = chrono_tz::UTC;
    hours.map(|_| Calendar { zone, week, holidays, extra_days, quiet, client_zone: None })
}

fn read_clock(notes: &mut Notes<'_>, node: &Node) -> ByTheClock {
    let Some(keys) = notes.block(node, "`by_the_clock`", &CLOCK) else { return ByTheClock::default() };
    let mut time = |key: &str| keys.get(key).and_then(|node| notes.fixed_time(node));
    ByTheClock { day_overview: time("day_overview"), month_report: time("month_report") }
}

/// Opening hours of a day, with the lunch break cut out.
fn open_hours((from, to): Hours, lunch: Option<Hours>) -> Vec<Hours> {
    let Some((start, end)) = lunch else { return vec![(from, to)] };
    let keep = |(from, to): &(NaiveTime, NaiveTime)| from < to;
    [(from, start.min(to)), (end.max(from), to)].into_iter().filter(keep).collect()
}

fn read_roles(notes: &mut Notes<'_>, node: &Node) -> Vec<Role> {
    let mut roles = Vec::new();
    let mut unique = Unique::new("roles");
    for item in notes.list(node) {
        let Some((id, keys)) = notes.item(item, "role", &ROLE) else { continue };
        unique.add(notes, &id, item, "role");
        let title = keys.get("title").and_then(|node| notes.text(node)).unwrap_or_default();
        let usually = keys.get("usually").and_then(|node| notes.word(node)).map(str::to_owned);
        roles.push(Role { id, title, usually });
    }
    roles
}

/// The address of a form elsewhere. Without the code nobody could say whose answers come back.
fn read_form_address(notes: &mut Notes<'_>, node: &Node) -> Option<String> {
    let address = read_address(notes, node)?;
    if !address.contains("{code}") {
        // A pre-filled link ends with the answer that was typed into the last question: the code.
        let filled = address.rsplit_once('=').filter(|(before, _)| before.contains("entry."));
        let quote = if node.plain().is_some() { "" } else { "\"" };
        let filled = filled.map(|(before, _)| format!("{quote}{before}={{code}}{quote}"));
        notes.note(&node.point(), Trouble::error("no-code").fix(filled.as_deref()));
    }
    Some(address)
}

fn read_address(notes: &mut Notes<'_>, node: &Node) -> Option<String> {
    let given = notes.word(node)?;
    let fits = given.starts_with("https://") && !given.contains(char::is_whitespace);
    if !fits {
        let bare = given.split_once("://").map_or(given, |(_, bare)| bare);
        let offer =
            (bare.contains('.') && !bare.contains(char::is_whitespace)).then(|| format!("https://{bare}"));
        notes.shape(node, "address", "an address that starts with https://", offer.as_deref());
    }
    fits.then(|| given.to_owned())
}
