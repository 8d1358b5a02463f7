//! The reference template, lived through as if it were a service: what it explains acts.

use std::sync::Arc;

use chrono::NaiveDate;
use simulate::{End, Manner, Report, Wish, simulate};
use workflows::{Catalogue, Files};

async fn lived(manner: Manner, change: impl Fn(&str) -> String) -> Report {
    let mut files = Files::embedded();
    let text = files
        .get("reference.yaml")
        .expect("it is shipped")
        .text
        .replace("service: reference", "service: everything");
    files.put("everything.yaml", &change(&text));
    let catalogue = Arc::new(Catalogue::from_files(&files).unwrap_or_else(|problems| panic!("{problems:?}")));
    let definition = catalogue.definition("everything").expect("it loads");
    let start = NaiveDate::from_ymd_opt(2026, 12, 1).expect("a day");
    let (language, public_url) = ("en".to_owned(), "https://work.example.com".to_owned());
    simulate(&Wish { catalogue, definition, manner, start, until: None, periods: 2, language, public_url })
        .await
        .expect("it can be simulated")
}

fn kinds(report: &Report) -> Vec<&str> {
    report.entries.iter().map(|entry| entry.kind.as_str()).collect()
}

fn told(report: &Report, to: &str) -> Vec<String> {
    let messages = report.entries.iter().filter_map(|entry| entry.message.as_ref());
    messages.filter(|message| message.to == to).map(|message| message.key.clone()).collect()
}

#[tokio::test]
async fn every_key_of_the_reference_leads_to_something() {
    let report = lived(Manner::Typical, str::to_owned).await;
    assert_eq!(report.end, End::Periods(2));
    let kinds = kinds(&report);
    assert!(!kinds.contains(&"refused"), "{:?}", report.entries);
    for kind in [
        "waits",
        "form_sent",
        "form_received",
        "reminder_sent",
        "button_pressed",
        "period_began",
        "task_submitted",
        "task_accepted",
        "approval_asked",
        "task_sent_back",
        "task_approved",
        "expense_booked",
        "price_set",
        "payment_invoiced",
        "payment_received",
        "period_opened",
    ] {
        assert!(kinds.contains(&kind), "no {kind} in {kinds:?}");
    }
    let (client, staff) = (told(&report, "client"), told(&report, "staff"));
    for key in [
        "ads-start",
        "ad-launched",
        "brief-reminder",
        "meeting-invite",
        "payment-reminder",
        "payment-invoice",
    ] {
        assert!(client.iter().any(|found| found == key), "no {key} in {client:?}");
    }
    for key in ["staff-ad-launched", "staff-due-soon", "staff-payment-late"] {
        assert!(staff.iter().any(|found| found == key), "no {key} in {staff:?}");
    }
    assert!(report.facts.iter().all(|(_, fact)| fact.task().is_none_or(|task| task.as_str() != "pitch.2")));
}

#[tokio::test]
async fn a_silence_that_the_template_takes_for_consent_ends_the_ladder_of_reminders() {
    let without_gates = |text: &str| {
        let start = text.find("        start_needs:").unwrap();
        let end = text.find("        finish_needs:").unwrap();
        let reminder = text.find("          - if: access not received").unwrap();
        let next = text.find("          - if: task not finished\n            before_due").unwrap();
        assert!(start < end && end < reminder && reminder < next);
        format!("{}{}{}", &text[..start], &text[end..reminder], &text[next..])
            .replace("ask_access: meta_ads", "tell_staff: staff-ad-launched")
    };
    let report = lived(Manner::Silent, without_gates).await;
    let kinds = kinds(&report);
    let deemed = kinds.iter().position(|kind| *kind == "approval_deemed").expect("it counts as accepted");
    let before: Vec<&String> = report.entries[..deemed]
        .iter()
        .filter_map(|entry| entry.message.as_ref())
        .map(|message| &message.key)
        .filter(|key| key.contains("approval"))
        .collect();
    assert_eq!(
        before,
        ["approval-reminder", "approval-reminder", "approval-reminder", "staff-approval-stuck"]
    );
    assert!(matches!(report.end, End::Stuck(_)), "and the payment is never made");
}

#[tokio::test]
async fn a_project_is_shown_until_a_day_and_no_further() {
    let files = Files::embedded();
    let catalogue = Arc::new(Catalogue::from_files(&files).unwrap());
    let definition = catalogue.definition("website").unwrap();
    let day = |day| NaiveDate::from_ymd_opt(2026, 12, day).unwrap();
    let wish = Wish {
        catalogue,
        definition,
        manner: Manner::Ideal,
        start: day(5),
        until: Some(day(8)),
        periods: 2,
        language: "en".to_owned(),
        public_url: "https://work.example.com".to_owned(),
    };
    let report = simulate(&wish).await.unwrap();
    assert_eq!(report.end, End::Until(day(8)));
    assert_eq!(report.started.date(), day(7), "the 5th is a Saturday");
    assert!(report.entries.iter().all(|entry| entry.at.date() <= day(8)) && report.entries.len() > 5);
}
