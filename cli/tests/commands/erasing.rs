//! Files of comments, what erasing a client leaves of them, and what is typed wrongly at the command line.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use serde_json::json;

use super::Place;

const COMMENT: [&str; 5] = ["task", "comment", "ранок/communication", "--as", "olena"];

fn kept(place: &Place) -> Vec<PathBuf> {
    let folder = fs::read_dir(place.path().join("data/files")).into_iter().flatten();
    folder.map(|entry| entry.unwrap().path()).collect()
}

#[tokio::test]
async fn a_file_that_is_erased_leaves_the_folder_unless_it_is_so_young_that_it_may_be_on_its_way() {
    let place = Place::agency().await;
    place.project().await;
    fs::write(place.path().join("макети.pdf"), "%PDF-1.7 old").unwrap();
    let said = place.run(&[&COMMENT[..], &["--file", "макети.pdf", "--json"]].concat()).await.json();
    assert_eq!(said["changed"], true, "a file alone is a comment: {said}");
    let [old] = &kept(&place)[..] else { panic!("one file: {:?}", kept(&place)) };
    let written = fs::metadata(old).unwrap().modified().unwrap();
    let long_ago = written - Duration::from_hours(72);
    fs::File::options().write(true).open(old).unwrap().set_modified(long_ago).unwrap();
    fs::write(place.path().join("макети.pdf"), "%PDF-1.7 young").unwrap();
    place.run(&[&COMMENT[..], &["Ось", "--file", "макети.pdf"]].concat()).await.json_or_text();
    assert_eq!(kept(&place).len(), 2);

    let counted = place.line("client erase ранок --json").await.json();
    assert_eq!((&counted["contents"], &counted["erased"]), (&json!(3), &json!(false)), "{counted}");
    assert_eq!(kept(&place).len(), 2, "it was only counted");
    assert_eq!(place.line("client erase ранок --yes --as maksym").await.code, 4);
    assert_eq!(kept(&place).len(), 2, "it was refused");
    let erased = place.line("client erase ранок --yes --json").await.json();
    assert_eq!((&erased["contents"], &erased["erased"]), (&json!(3), &json!(true)), "{erased}");
    assert!(!old.exists() && kept(&place).len() == 1, "{:?}", kept(&place));
    assert_eq!(place.line("verify --json").await.json()["well"], true);
}

#[tokio::test]
async fn what_is_no_day_and_no_project_is_said_so() {
    let place = Place::agency().await;
    place.project().await;
    for (line, code) in [
        ("project list --from завтра", 2),
        ("project list --client нема", 5),
        ("task comment нема/communication Бачу --as olena", 5),
        ("task comment ранок/нема Бачу --as olena", 5),
        ("task comment ранок/communication --as olena", 2),
        ("task due ранок/communication 2030-12-04 --as olena", 2),
        ("task due ранок/нема 2030-12-04 --comment Пізніше --as olena", 5),
    ] {
        let said = place.line(line).await;
        assert_eq!(said.code, code, "{line}: {}", said.err);
        assert_eq!(said.out, "", "{line}");
    }
    let none = place.line("project list --from 2200-01-01 --json").await.json();
    assert_eq!(none["projects"], json!([]));
}
