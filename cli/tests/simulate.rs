//! `signoff simulate` as it is typed: without a server, a database or a network.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value as Json;
use signoff::{Outside, run};

/// Exit code, standard output, standard error.
async fn typed(dir: &Path, line: &str) -> (u8, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let outside = Outside {
        env: BTreeMap::new(),
        cwd: dir.to_owned(),
        out_is_terminal: false,
        err_is_terminal: false,
        out: &mut out,
        err: &mut err,
    };
    let code = run(std::iter::once("signoff").chain(line.split(' ')).map(Into::into), outside).await;
    (code, String::from_utf8(out).expect("text"), String::from_utf8(err).expect("text"))
}

#[tokio::test]
async fn a_silent_client_is_shown_to_stop_the_project_and_nothing_is_left_behind() {
    let dir = tempfile::tempdir().unwrap();
    let (code, out, err) = typed(dir.path(), "simulate smm --client silent --start 2026-12-01").await;
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("✘ It stops here") && out.contains("the form smm-brief"), "{out}");
    assert!(out.contains("payment of this period") && out.contains("nothing was sent"), "{out}");
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn the_calendar_is_one_document_for_machines_in_the_language_that_was_asked_for() {
    let dir = tempfile::tempdir().unwrap();
    let line = "simulate website --client ideal --start 2026-12-01 --lang en --json";
    let (code, out, _) = typed(dir.path(), line).await;
    assert_eq!(code, 0);
    let document: Json = serde_json::from_str(&out).unwrap();
    assert_eq!((&document["service"], &document["end"]["how"]), (&"website".into(), &"finished".into()));
    let entries = document["entries"].as_array().unwrap();
    let welcome = entries.iter().find(|entry| entry["message"]["key"] == "welcome").unwrap();
    assert_eq!(welcome["at"], "2026-12-01T09:15:00");
    assert!(welcome["message"]["text"].as_str().unwrap().starts_with("Welcome"), "{welcome}");
    let hours: f64 = document["load"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|week| week["hours"]["developer"].as_f64())
        .sum();
    assert!((hours - 86.0).abs() < 0.01, "{hours}");
    assert_eq!(typed(dir.path(), line).await.1, out, "and it is the same every time");
}

#[tokio::test]
async fn a_file_of_a_folder_is_simulated_with_the_files_beside_it_and_mended_first() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(typed(dir.path(), "init agency").await.0, 0);
    let file = dir.path().join("agency/workflows/smm.yaml");
    let text = std::fs::read_to_string(&file).unwrap().replace("hours: 4\n", "hours: 7\n");
    std::fs::write(&file, &text).unwrap();
    let line = "simulate agency/workflows/smm.yaml --start 2026-12-01 --periods 1 --json";
    let (code, out, err) = typed(dir.path(), line).await;
    assert_eq!(code, 0, "{out}{err}");
    let document: Json = serde_json::from_str(&out).unwrap();
    let hours: f64 =
        document["load"].as_array().unwrap().iter().filter_map(|week| week["hours"]["smm"].as_f64()).sum();
    assert!((hours - 36.0).abs() < 0.01, "{hours}");
    std::fs::write(&file, text.replace("due: 4 business days", "due: 4 days")).unwrap();
    let (code, out, _) = typed(dir.path(), "simulate agency/workflows/smm.yaml --start 2026-12-01").await;
    assert_eq!(code, 3);
    assert!(out.contains("4 business days") && out.contains("1 error; mend them first"), "{out}");
}

#[tokio::test]
async fn what_cannot_be_simulated_is_said_with_what_can() {
    let dir = tempfile::tempdir().unwrap();
    let (code, _, err) = typed(dir.path(), "simulate smn").await;
    assert_eq!(code, 5);
    assert!(err.contains("no service smn") && err.contains("did you mean smm?"), "{err}");
    let (code, _, err) = typed(dir.path(), "simulate smm --start 2026-12-02 --until 2026-12-01").await;
    assert_eq!(code, 2, "{err}");
    assert_eq!(typed(dir.path(), "simulate smm --start 1001-12-02").await.0, 2);
    assert_eq!(typed(dir.path(), "simulate smm --client rude").await.0, 2);
}
