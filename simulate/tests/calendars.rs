//! The shipped services from their first to their last task, with three kinds of clients.

use std::sync::Arc;

use chrono::NaiveDate;
use simulate::{Manner, Report, Wish, page, simulate};
use workflows::Catalogue;

fn wish(service: &str, manner: Manner) -> Wish {
    let catalogue = Arc::new(Catalogue::embedded().unwrap());
    let definition = catalogue.definition(service).unwrap();
    let start = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap();
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
    simulate(&wish(service, manner)).await.unwrap()
}

async fn calendars(service: &str) {
    for manner in [Manner::Ideal, Manner::Typical, Manner::Silent] {
        let report = lived(service, manner).await;
        insta::assert_snapshot!(format!("{service}_{}", manner.word()), page(&report, false));
    }
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
