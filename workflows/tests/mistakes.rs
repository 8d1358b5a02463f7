//! Mistakes that people make in the files, and what they are told.

mod seeded;

use std::sync::OnceLock;

use seeded::{MISTAKES, Mistake};
use workflows::{Files, Problem, check, draw};

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
    for ((_, _, to, code), (files, problems)) in seeded() {
        assert!(problems.iter().any(|problem| problem.code == *code), "{code}: {to:?} gave {problems:#?}");
        report.push(to.trim().lines().next().unwrap_or_default().to_owned());
        for problem in problems.iter().take(4) {
            report
                .push(format!("    {}", placed(files, problem, &problem.in_language(language).to_string())));
        }
    }
    report.join("\n")
}

/// The end of a file is called so: its number would change with each line that is added.
fn placed(files: &Files, problem: &Problem, told: &str) -> String {
    let lines = files.get(&problem.file).map_or(usize::MAX, |file| file.text.lines().count());
    let place = format!("{}:{}:{}:", problem.file, problem.line, problem.column);
    if problem.line < lines {
        return told.to_owned();
    }
    told.replacen(&place, &format!("{}:END:", problem.file), 1)
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
fn of_hundreds_of_messages_only_a_few_are_named() {
    let hint = |name: &str| {
        let finish = format!("finish: {name}");
        let (_, problems) = with("smm.yaml", "finish: smm-rubricator-finish", &finish);
        let found = problems.into_iter().find(|problem| problem.code == "unknown-message").unwrap();
        (found.in_language("uk").hint.unwrap(), found.hint.unwrap())
    };
    let (_, related) = hint("thank-you-reminder");
    assert!(
        related.starts_with("known here: access-reminder, approval-reminder, brief-reminder, "),
        "{related}"
    );
    assert!(related.ends_with(" more, all of them in messages/*.ftl") && related.len() < 200, "{related}");
    let (uk, strange) = hint("зовсім-інше");
    assert!(strange.starts_with("known here: ") && strange.ends_with(" in messages/*.ftl"), "{strange}");
    assert!(strange.len() < 60 && uk.contains("усі в messages/*.ftl"), "{strange}: {uk}");
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
