//! Mistakes that people make in the files, and what they are told.

use std::sync::OnceLock;

use workflows::{Files, Problem, check, draw};

/// A mistake: file, what stands there, what somebody wrote instead, the code of the answer.
type Mistake = (&'static str, &'static str, &'static str, &'static str);

const MISTAKES: &[Mistake] = &[
    ("smm.yaml", "assignee: designer", "asignee: designer", "unknown-key"),
    (
        "smm.yaml",
        "months: every\n        assignee: smm",
        "months: evry\n        assignee: smm",
        "not-a-choice",
    ),
    ("smm.yaml", "once: true", "once: так", "true-or-false"),
    ("smm.yaml", "hours: 18", "hours: eighteen", "not-a-number"),
    ("smm.yaml", "due: 4 business days", "due: 4 days", "duration"),
    ("smm.yaml", "due: 4 business days", "due: 4 buisness days", "duration"),
    ("smm.yaml", "due: 4 business days", "due: soon", "duration"),
    ("smm.yaml", "- task: content_plan", "- task: Content Plan", "name"),
    ("smm.yaml", "        hours: 18\n", "        hours: 18\n        hours: 20\n", "duplicate-key"),
    ("smm.yaml", "hours: 18", "hours: &eighteen 18", "no-anchors"),
    ("smm.yaml", "hours: 18", "hours: *eighteen", "no-anchors"),
    ("smm.yaml", "hours: 18", "hours: !!int 18", "no-tags"),
    ("smm.yaml", "        hours: 18\n", "        <<: { hours: 18 }\n", "no-merge-keys"),
    ("smm.yaml", "        hours: 18\n", "\thours: 18\n", "no-tabs"),
    ("smm.yaml", "stages:\n", "---\nstages:\n", "one-document"),
    ("smm.yaml", "title: { uk: \"Старт\"", "title: { uk: \"Старт", "yaml"),
    ("smm.yaml", "assignee: designer", "assignee: dezigner", "unknown-role"),
    ("smm.yaml", "send_form: smm-brief ", "send_form: smm-breif ", "unknown-form"),
    ("smm.yaml", "needs: [ad_goal, ad_audience,", "needs: [ad_goal, audience,", "unknown-field"),
    ("smm.yaml", "- button: ad_launched\n\n", "- button: ads_launched\n\n", "unknown-button"),
    ("smm.yaml", "counted_from: button ad_launched", "counted_from: button ad_lunched", "unknown-button"),
    ("smm.yaml", "finish: smm-rubricator-finish", "finish: smm-rubrikator-finish", "unknown-message"),
    ("smm.yaml", "start: smm-rubricator-start", "start: approval-reminder", "wrong-variable"),
    ("smm.yaml", "type: number\n            required: true\n", "type: number\n", "wrong-variable"),
    (
        "smm.yaml",
        "            send_form: smm-brief        # the client gets message brief-request",
        "            tell_staff: staff-brief-received",
        "never-true",
    ),
    (
        "website.yaml",
        "          - form: website-brief\n",
        "          - form: website-brief\n          - paid: this period\n",
        "never-true",
    ),
    (
        "ppc.yaml",
        "            type: links\n            at_least: 1\n            required: true\n            client_sees: true",
        "            type: links\n            at_least: 1\n            required: true",
        "nothing-to-approve",
    ),
    (
        "forms/smm-brief.yaml",
        "questions:\n",
        "google_form: https://docs.google.com/forms/d/e/1/viewform?usp=pp_url&entry.1=CODE\nquestions:\n",
        "no-code",
    ),
    ("smm.yaml", "- task: rubricator", "- task: accounts", "duplicate-task"),
    (
        "smm.yaml",
        "- task: rubricator\n",
        "- task: rubricator\n        after: [comunication]\n",
        "unknown-task",
    ),
    ("smm.yaml", "- task: rubricator\n", "- task: rubricator\n        after: [profile_design]\n", "circle"),
    (
        "smm.yaml",
        "          - form: smm-brief\n          - paid: this period\n",
        "          - form: smm-brief\n          - approved: content_plan\n",
        "never-true",
    ),
    ("agency.yaml", "  payment: head ", "  payment: boss ", "not-a-choice"),
    ("agency.yaml", "handoff_needs: [price, contact]", "handoff_needs: [prise]", "not-a-choice"),
    ("smm.yaml", "- field: posts", "- field: plan_link", "duplicate-name"),
    (
        "smm.yaml",
        "            type: choice\n            options",
        "            type: text\n            options",
        "unknown-key",
    ),
    (
        "smm.yaml",
        "            type: choice\n            options: { have: \"Отримано\", create: \"Створюємо нові\" }\n",
        "            type: choice\n",
        "missing",
    ),
    (
        "smm.yaml",
        "            type: long text\n            required: true\n          - field: access",
        "            required: true\n          - field: access",
        "missing",
    ),
    (
        "smm.yaml",
        "        checklist:\n          - \"Кожна",
        "        checklist: усе\n        was:\n          - \"Кожна",
        "wrong-kind",
    ),
    ("smm.yaml", "price: 24000 UAH per month", "price: 24000 грн на місяць", "not-money"),
    ("smm.yaml", "signoff: 1", "signoff: 2", "version"),
    ("website.yaml", "        hours: 10\n", "        hours: 10\n        months: first\n", "no-repeats"),
    (
        "smm.yaml",
        "            after: 2 business days\n",
        "            after: 2 business days\n            before_due: 1 business day\n",
        "one-of",
    ),
    ("smm.yaml", "  every: month", "  every: 2 weeks", "round-too-long"),
    ("seo.yaml", "        pays_for: next period\n", "", "never-paid"),
    ("smm.yaml", "\"Надіслати бриф\"", "\"Надіслати бриф клієнтові\"", "button-too-long"),
    ("smm.yaml", "title: { uk: \"Звіт\", en: \"Report\", vi", "title: { uk: \"Звіт\", vi", "untranslated"),
    ("campaign.yaml", "{ outcome: lost }", "{ outcome: lots }", "unknown-choice"),
    ("agency.yaml", "timezone: Europe/Kyiv", "timezone: Europe/Kiyv", "time-zone"),
    ("agency.yaml", "2026-12-25", "25.12.2026", "date"),
    ("agency.yaml", "\"09:00-18:00\"", "\"9-18\"", "time"),
    ("agency.yaml", "languages: [uk, en]", "languages: [ua, en]", "not-a-choice"),
    ("agency.yaml", "  auditor: pm", "  auditor: boss", "unknown-role"),
    ("forms/smm-brief.yaml", "saves_to: client.about", "saves_to: about", "name"),
    ("forms/smm-brief.yaml", "form: smm-brief", "form: smm-brieff", "file"),
    ("smm.yaml", "hours: 18", "hours: 18 годин", "not-a-number"),
    ("smm.yaml", "due: 4 business days", "due: 4 дні", "duration"),
    ("smm.yaml", "due: 4 business days", "due: 4 bussines day", "duration"),
    ("smm.yaml", "once: true", "once: yes", "true-or-false"),
    ("smm.yaml", "assignee: designer", "assignee: Designer", "unknown-role"),
    ("smm.yaml", "hours: 18", "hors: 18", "unknown-key"),
    ("smm.yaml", "- task: rubricator\n", "- task: rubricator\n        was: [accounts]\n", "id-in-use"),
    (
        "smm.yaml",
        "- task: rubricator\n",
        "- task: rubricator\n        pays_for: this period\n",
        "unknown-key",
    ),
    ("smm.yaml", "due: 4 business days", "due: 21 business days", "silent-gap"),
    ("agency.yaml", "if: approval not given", "if: approval not giving", "not-a-choice"),
    ("smm.yaml", "next_round: when paid", "next_round: when payed", "not-a-choice"),
    ("agency.yaml", "\"13:00-14:00\"", "\"13-14\"", "time"),
    ("agency.yaml", "currency: UAH", "currency: uah", "not-money"),
    ("agency.yaml", "\"0 9 * * mon-fri\"", "\"09:00\"", "fixed-time"),
    ("agency.yaml", "days: [mon, tue", "days: [mon, tuesday", "not-a-choice"),
    ("agency.yaml", "  auditor: pm", "  auditor: pn", "unknown-role"),
    ("forms/smm-brief.yaml", "type: long text", "type: longtext", "not-a-choice"),
    ("forms/smm-brief.yaml", "required: true", "requird: true", "unknown-key"),
    ("messages/en.ftl", "brief-received =\n    We", "brief-recieved =\n    We", "unknown-message"),
    (
        "messages/en.ftl",
        "You will see it by { $due }.\n\nsmm-rubricator-finish",
        "You will see it soon.\n\nsmm-rubricator-finish",
        "wrong-variable",
    ),
    (
        "messages/uk.ftl",
        "btn-approve = ✅ Затвердити",
        "btn-approve = ✅ Затвердити все це разом",
        "button-too-long",
    ),
    ("messages/uk.ftl", "<b>{ $amount }</b> отримано", "<b>{ $amount } отримано", "markup"),
    (
        "messages/uk.ftl",
        "<b>{ $amount }</b> отримано",
        "<a href=\"https://x.ua/{ $amount }\">так</a> отримано",
        "markup",
    ),
    ("messages/uk.ftl", "<b>{ $amount }</b> отримано", "<u>{ $amount }</u> отримано", "markup"),
    ("messages/uk.ftl", "undo-done = Рішення", "undo-done Рішення", "fluent"),
    ("messages/uk.ftl", "{ $count } файл\n", "{ NUMBER($count) } файл\n", "not-in-messages"),
    ("messages/uk.ftl", "Рішення скасовано. Можна", "Рішення { $person } скасовано. Можна", "wrong-variable"),
    (
        "messages/uk.ftl",
        "«{ $task }» чекає на ваше рішення",
        "«{ $taks }» чекає на ваше рішення",
        "wrong-variable",
    ),
];

fn with(path: &str, from: &str, to: &str) -> (Files, Vec<Problem>) {
    let mut files = Files::embedded();
    let text = files.get(path).unwrap_or_else(|| panic!("no {path}")).text.clone();
    assert!(text.contains(from), "{path} has no {from:?}");
    files.put(path, &text.replacen(from, to, 1));
    let problems = check(&files).problems;
    (files, problems)
}

/// Every seeded mistake with its files and what was found in them.
fn seeded() -> impl Iterator<Item = (&'static Mistake, &'static (Files, Vec<Problem>))> {
    static FOUND: OnceLock<Vec<(Files, Vec<Problem>)>> = OnceLock::new();
    let found =
        FOUND.get_or_init(|| MISTAKES.iter().map(|(path, from, to, _)| with(path, from, to)).collect());
    MISTAKES.iter().zip(found)
}

/// Every seeded mistake with what is said of it in a language.
fn report(language: &str) -> String {
    let mut report = Vec::new();
    for ((_, _, to, code), (_, problems)) in seeded() {
        assert!(problems.iter().any(|problem| problem.code == *code), "{code}: {to:?} gave {problems:#?}");
        report.push(to.trim().lines().next().unwrap_or_default().to_owned());
        for problem in problems.iter().take(4) {
            report.push(format!("    {}", problem.in_language(language)));
        }
    }
    report.join("\n")
}

#[test]
fn every_seeded_mistake_is_found_where_it_is() {
    insta::assert_snapshot!("seeded_mistakes", report("en"));
}

#[test]
fn every_seeded_mistake_is_told_in_ukrainian_too() {
    insta::assert_snapshot!("seeded_mistakes_uk", report("uk"));
}

/// The problem that the mistake is, if it comes with a fix.
fn fixable<'p>((path, .., code): &Mistake, problems: &'p [Problem]) -> Option<&'p Problem> {
    let ours = |problem: &&Problem| problem.code == *code && problem.file == *path;
    problems.iter().filter(ours).find(|problem| problem.fix.is_some())
}

/// Codes of the check table of the template format.
const TABLE: &str = "unknown-key not-a-choice wrong-kind missing duration true-or-false not-a-number name \
    duplicate-key no-anchors yaml unknown-role unknown-form unknown-field unknown-button unknown-message never-true \
    nothing-to-approve duplicate-task id-in-use wrong-variable untranslated round-too-long silent-gap button-too-long";

#[test]
fn the_mistakes_cover_every_row_of_the_check_table() {
    assert!(MISTAKES.len() >= 40, "only {}", MISTAKES.len());
    let seeded = |code: &str| MISTAKES.iter().any(|(.., seeded)| *seeded == code);
    let left: Vec<&str> = TABLE.split_whitespace().filter(|code| !seeded(code)).collect();
    assert!(left.is_empty(), "no mistake is seeded for {left:?}");
}

#[test]
fn nine_of_ten_mistakes_come_with_a_fix() {
    let bare = seeded().filter(|(mistake, (_, problems))| fixable(mistake, problems).is_none());
    let bare: Vec<_> = bare.map(|((.., to, code), _)| (code, to)).collect();
    assert!(bare.len() * 10 <= MISTAKES.len(), "{} of {} have none: {bare:#?}", bare.len(), MISTAKES.len());
}

#[test]
fn a_form_elsewhere_without_a_place_for_the_code_is_no_form_of_ours() {
    let form = |address: &str| format!("google_form: {address}\nquestions:\n");
    let codes = |address: &str| -> Vec<&'static str> {
        let (_, problems) = with("forms/smm-brief.yaml", "questions:\n", &form(address));
        problems.iter().map(|problem| problem.code).collect()
    };
    assert_eq!(codes("https://docs.google.com/forms/d/e/1/viewform"), ["no-code"]);
    assert!(codes("\"https://docs.google.com/forms/d/e/1/viewform?usp=pp_url&entry.1={code}\"").is_empty());
}

#[test]
fn a_second_payment_for_the_same_period_is_found_at_its_task() {
    let twice = |to: &str| {
        let (_, problems) = with("ppc.yaml", "kind: report\n", to);
        problems.iter().filter(|problem| problem.code == "paid-twice").count()
    };
    assert_eq!(twice("kind: payment\n        pays_for: next period\n"), 1);
    assert_eq!(twice("kind: payment\n"), 1, "what is paid for this period was paid for in the one before");
    assert_eq!(twice("kind: meeting\n"), 0);
}

#[test]
fn all_mistakes_of_a_file_are_told_at_once() {
    let mut files = Files::embedded();
    let mut text = files.get("smm.yaml").unwrap().text.clone();
    for (path, from, to, _) in MISTAKES.iter().take(5).filter(|(path, ..)| *path == "smm.yaml") {
        assert_eq!(*path, "smm.yaml");
        text = text.replacen(from, to, 1);
    }
    files.put("smm.yaml", &text);
    let problems = check(&files).problems;
    let codes: Vec<&str> = problems.iter().map(|problem| problem.code).collect();
    for code in ["unknown-key", "not-a-choice", "true-or-false", "not-a-number", "duration"] {
        assert!(codes.contains(&code), "{code} of {codes:?}");
    }
}

#[test]
fn problems_are_drawn_with_their_line_and_the_corrected_one() {
    let drawn = |from: &str, to: &str| {
        let (files, problems) = with("smm.yaml", from, to);
        draw(&problems, &files, "en", false)
    };
    let shown = [
        drawn("due: 4 business days", "due: 4 days"),
        drawn("needs: [ad_goal, ad_audience,", "needs: [ad_goal, audience,"),
        drawn("start: smm-rubricator-start", "start: approval-reminder"),
        drawn("assignee: designer", "asignee: designer"),
    ];
    insta::assert_snapshot!("drawn", shown.join("\n\n"));
    let (files, problems) = with("smm.yaml", "due: 4 business days", "due: 4 days");
    insta::assert_snapshot!("drawn_uk", draw(&problems, &files, "uk", false));
}

#[test]
fn a_fix_that_is_offered_makes_the_mistake_go_away() {
    let mut fixed = 0;
    for (mistake, (files, problems)) in seeded() {
        let (path, _, to, code) = mistake;
        let mut files = files.clone();
        let Some(problem) = fixable(mistake, problems) else { continue };
        let mut text = files.get(path).unwrap().text.clone();
        text.replace_range(problem.fix_span.clone(), problem.fix.as_deref().unwrap());
        files.put(path, &text);
        let left = check(&files).problems;
        assert!(
            !left.iter().any(|p| p.code == *code && p.span.start == problem.span.start),
            "{to:?}: {left:#?}"
        );
        fixed += 1;
    }
    assert!(fixed >= 60, "only {fixed} mistakes came with a fix");
}

#[test]
fn a_problem_is_also_a_document_for_machines() {
    let (_, problems) = with("smm.yaml", "due: 4 business days", "due: 4 days");
    let json = serde_json::to_value(&problems).unwrap();
    assert_eq!(json[0]["code"], "duration");
    assert_eq!(json[0]["severity"], "error");
    assert_eq!(json[0]["fix"], "4 business days");
    assert_eq!(json[0]["line"], problems[0].line);
}

#[test]
fn a_warning_does_not_stop_the_files_from_being_used() {
    let mut files = Files::embedded();
    let text = files.get("smm.yaml").unwrap().text.replace("  every: month", "  every: 2 weeks");
    files.put("smm.yaml", &text);
    let checked = check(&files);
    assert_eq!(checked.problems.len(), 1, "{:#?}", checked.problems);
    assert_eq!(checked.catalogue.unwrap().warnings().len(), 1);
}

#[test]
fn a_slip_in_a_message_is_shown_in_the_message_and_not_where_it_is_used() {
    let (_, problems) = with("messages/uk.ftl", "«{ $task }» чекає на ваше", "«{ $taks }» чекає на ваше");
    let there = |file: &str| problems.iter().find(|problem| problem.file == file);
    let slip = there("messages/uk.ftl").unwrap();
    let line = Files::embedded()
        .get("messages/uk.ftl")
        .unwrap()
        .text
        .lines()
        .position(|line| line.contains("чекає на ваше рішення вже"));
    assert_eq!((slip.code, Some(slip.line), slip.column), ("wrong-variable", line.map(|line| line + 1), 8));
    assert!(there("agency.yaml").is_none(), "{problems:#?}");
}

#[test]
fn a_variable_that_no_reminder_has_is_shown_in_every_language_that_uses_it() {
    let mut files = Files::embedded();
    for code in ["uk", "en", "vi", "bg"] {
        let path = format!("messages/{code}.ftl");
        let text = files.get(&path).unwrap().text.clone();
        let at = text.find("approval-reminder =").unwrap();
        let slip = format!("{}{}", &text[..at], text[at..].replacen("$task", "$taks", 1));
        files.put(&path, &slip);
    }
    let problems = check(&files).problems;
    let places: Vec<&str> = problems.iter().map(|problem| problem.file.as_str()).collect();
    assert_eq!(places, ["messages/bg.ftl", "messages/en.ftl", "messages/uk.ftl", "messages/vi.ftl"]);
    assert!(problems.iter().all(|problem| problem.code == "wrong-variable"));
}
