//! The guide for people who change templates: what it says to copy works.

use workflows::{Files, check};

const GUIDE: &str = include_str!("../../docs/templates.md");

#[test]
fn the_task_of_the_guide_can_be_copied_as_it_stands() {
    let block = GUIDE.split("```yaml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let mut files = Files::embedded();
    let text = files.get("smm.yaml").unwrap().text.clone();
    let before = "      - task: content_plan\n";
    assert!(text.contains(before));
    files.put("smm.yaml", &text.replacen(before, &format!("{block}\n{before}"), 1));
    let checked = check(&files);
    assert!(checked.problems.is_empty(), "{:#?}", checked.problems);
    let definition = checked.catalogue.unwrap().definition("smm").unwrap();
    let task = definition.tasks().find(|task| task.id == "stories").unwrap();
    assert_eq!(task.buttons[0].needs, ["stories_link", "stories_date"]);
}

#[test]
fn the_commands_of_the_guide_are_those_of_the_program() {
    for words in ["signoff check", "signoff explain", "signoff template list", "signoff template restore"] {
        assert!(GUIDE.contains(words), "{words}");
    }
    for code in GUIDE.split("explain ").skip(1).filter_map(|rest| rest.split(['`', ' ']).next()) {
        assert!(code.contains(".yaml") || workflows::story(code).is_some(), "{code}");
    }
}
