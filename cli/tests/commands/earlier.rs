//! Earlier versions of templates at the command line.

use super::*;

#[tokio::test]
async fn an_earlier_version_of_a_template_comes_back_as_a_new_one() {
    let place = Place::agency().await;
    let file = place.path().join("workflows/smm.yaml");
    let original = std::fs::read_to_string(&file).unwrap();
    assert_eq!(place.line("template publish --json").await.json()["changed"], true);
    assert_eq!(place.line("template publish --json").await.json()["changed"], false);
    std::fs::write(&file, original.replacen("hours: 18", "hours: 12", 1)).unwrap();
    let state = |json: &serde_json::Value| {
        let files = json["files"].as_array().unwrap().iter();
        files.filter(|one| one["file"] == "smm.yaml").map(|one| one["state"].clone()).next().unwrap()
    };
    assert_eq!(state(&place.line("template list --json").await.json()), "edited_since");
    assert_eq!(place.line("template publish --as olena --json").await.json()["changed"], true);
    let diff = place.line("template diff smm").await.out;
    assert!(diff.contains("-        hours: 18\n") && diff.contains("+        hours: 12\n"), "{diff}");

    let restored = place.line("template restore smm.yaml 1 --json").await.json();
    assert_eq!((&restored["restored"], &restored["version"]), (&1.into(), &3.into()));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), original);
    assert_eq!(place.line("template show smm.yaml --version 1").await.out.trim_end(), original.trim_end());
    let history = place.line("template list smm.yaml --json").await.json();
    let versions: Vec<_> =
        history["versions"].as_array().unwrap().iter().map(|one| &one["version"]).collect();
    assert_eq!(versions, [1, 2, 3], "nothing that happened is changed");
    assert_eq!(state(&place.line("template list --json").await.json()), "in_force");
    place.line("person add taras --name Тарас --role ads").await.json_or_text();
    let refused = place.line("template restore smm.yaml 2 --as taras").await;
    assert_eq!(refused.code, 4, "{}", refused.err);
    assert!(refused.err.contains("змінювати шаблони"), "{}", refused.err);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), original, "nothing is written for a refusal");
}
