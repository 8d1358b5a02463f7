//! The shipped services from their first to their last task, with three kinds of clients.

use std::sync::Arc;

use chrono::{NaiveDate, Timelike};
use simulate::{End, Manner, Report, Wish, page, simulate};
use workflows::Catalogue;

fn wish(service: &str, manner: Manner) -> Wish {
    let catalogue = Arc::new(Catalogue::embedded().expect("the shipped files load"));
    let definition = catalogue.definition(service).expect("it is shipped");
    let start = NaiveDate::from_ymd_opt(2026, 12, 1).expect("a day");
    Wish {
        catalogue,
        definition,
        manner,
        start,
        until: None,
        periods: 2,
        language: "uk".to_owned(),
        public_url: "https://work.example.com".to_owned(),
    }
}

async fn lived(service: &str, manner: Manner) -> Report {
    simulate(&wish(service, manner)).await.expect("it can be simulated")
}

async fn calendars(service: &str) {
    for manner in [Manner::Ideal, Manner::Typical, Manner::Silent] {
        let report = lived(service, manner).await;
        makes_sense(&report, manner);
        insta::assert_snapshot!(format!("{service}_{}", manner.word()), page(&report, false));
    }
}

/// What holds for every calendar, whatever its template says.
fn makes_sense(report: &Report, manner: Manner) {
    let stuck = matches!(report.end, End::Stuck(_));
    assert_eq!(stuck, manner == Manner::Silent, "{} {}: {:?}", report.service, report.manner, report.end);
    let calendar = Catalogue::embedded().expect("the shipped files load").agency().calendar.clone();
    let mut before = report.started;
    for entry in &report.entries {
        assert!(entry.at >= before, "{entry:?} comes after {before}");
        assert!(calendar.is_business_day(entry.at.date()), "nobody works then: {entry:?}");
        assert!((9..=18).contains(&entry.at.hour()), "nobody is there: {entry:?}");
        assert_ne!(entry.kind, "refused", "{entry:?}");
        before = entry.at;
    }
    let said = report.entries.iter().filter(|entry| entry.message.is_some());
    assert!(
        said.into_iter().all(|entry| !entry.message.as_ref().is_some_and(|message| message.text.is_empty()))
    );
}

#[tokio::test]
async fn smm() {
    calendars("smm").await;
}

#[tokio::test]
async fn seo() {
    calendars("seo").await;
}

#[tokio::test]
async fn ppc() {
    calendars("ppc").await;
}

#[tokio::test]
async fn website() {
    calendars("website").await;
}

#[tokio::test]
async fn campaign() {
    calendars("campaign").await;
}
