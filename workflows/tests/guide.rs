//! The guide for people who change templates: what it says to copy works.

use workflows::{Files, check};

const GUIDE: &str = include_str!("../../docs/templates.md");

#[test]
fn the_task_of_the_guide_can_be_copied_as_it_stands() {
    let block = GUIDE.split("```yaml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let mut files = Files::embedded();
    let text = files.get("smm.yaml").unwrap().text.clone();
    let before = "      - task: profile_design\n";
    assert!(text.contains(before));
    files.put("smm.yaml", &text.replacen(before, &format!("{block}{before}"), 1));
    let mut said =
        GUIDE.split("```text\nphoto-booked =\n").skip(1).filter_map(|rest| rest.split("```").next());
    for language in ["uk", "en", "vi", "bg"] {
        let name = format!("messages/{language}.ftl");
        let known = files.get(&name).unwrap().text.clone();
        files.put(&name, &format!("{known}\nphoto-booked =\n{}", said.next().unwrap()));
    }
    let checked = check(&files);
    assert!(checked.problems.is_empty(), "{:#?}", checked.problems);
    let definition = checked.catalogue.unwrap().definition("smm").unwrap();
    let task = definition.tasks().find(|task| task.id == "photo").unwrap();
    assert_eq!(task.buttons[0].needs, ["shoot_day"]);
}

#[test]
fn the_commands_of_the_guide_are_those_of_the_program() {
    for words in ["signoff check", "signoff explain", "signoff template list", "signoff template restore"] {
        assert!(GUIDE.contains(words), "{words}");
    }
    let place = |words: &str| GUIDE.find(words).unwrap_or_else(|| panic!("{words}"));
    // Without a contact no project begins.
    assert!(place("signoff client approver") < place("signoff project new"));
    for code in GUIDE.split("explain ").skip(1).filter_map(|rest| rest.split(['`', ' ']).next()) {
        assert!(code.contains(".yaml") || workflows::story(code).is_some(), "{code}");
    }
}
