//! The files that come with the product are right, whole, and say what they should.

use engine::domain::definition::{
    Approval, CountedFrom, FieldKind, Gate, Kind, Months, Period, ReminderClock, ReminderWhen, Share, Unit,
};
use workflows::{Catalogue, Files, check, write_out};

fn catalogue() -> Catalogue {
    match Catalogue::embedded() {
        Ok(catalogue) => catalogue,
        Err(problems) => panic!("{problems:#?}"),
    }
}

#[test]
fn every_shipped_file_is_without_a_problem() {
    let checked = check(&Files::embedded());
    let problems: Vec<String> = checked.problems.iter().map(ToString::to_string).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn the_reference_is_checked_but_is_no_service_on_offer() {
    let catalogue = catalogue();
    let services: Vec<&str> = catalogue.services().collect();
    assert_eq!(services, ["campaign", "ppc", "seo", "smm", "website"]);
    assert!(catalogue.definition("reference").is_none());
}

#[test]
fn the_smm_service_has_its_nine_tasks_in_their_order() {
    let smm = catalogue().definition("smm").unwrap();
    let tasks: Vec<&str> = smm.tasks().map(|task| task.id.as_str()).collect();
    let expected = [
        "communication",
        "accounts",
        "rubricator",
        "content_plan",
        "profile_design",
        "first_nine",
        "ads",
        "report",
        "payment",
    ];
    assert_eq!(tasks, expected);
    assert_eq!(smm.price.as_ref().unwrap().amount.minor, 2_400_000);
    let repeats = smm.repeats.as_ref().unwrap();
    assert_eq!(repeats.counted_from, CountedFrom::Button("ad_launched".into()));
    assert_eq!(smm.languages, ["uk", "en"]);
}

#[test]
fn a_task_takes_what_it_does_not_say_from_the_levels_above() {
    let smm = catalogue().definition("smm").unwrap();
    let task = |id: &str| smm.tasks().find(|task| task.id == id).unwrap().clone();
    let plan = task("content_plan");
    assert_eq!(plan.auditor.as_deref(), Some("pm"), "from agency.yaml");
    assert_eq!(plan.approval, Approval::Required, "from agency.yaml");
    let whens: Vec<ReminderWhen> = plan.remind.iter().map(|reminder| reminder.when).collect();
    assert_eq!(whens, [ReminderWhen::ApprovalNotGiven, ReminderWhen::TaskNotFinished]);
    let ads = task("ads");
    let whens: Vec<ReminderWhen> = ads.remind.iter().map(|reminder| reminder.when).collect();
    assert_eq!(whens, [ReminderWhen::TaskNotFinished], "nobody is asked to approve");
    assert_eq!(task("report").auditor, None, "says `none` itself");
    let ppc = catalogue().definition("ppc").unwrap();
    assert_eq!(ppc.tasks().find(|task| task.id == "tracking").unwrap().assignee, "ads", "from the template");
}

#[test]
fn ad_launched_keeps_its_fields_its_message_and_its_gate() {
    let smm = catalogue().definition("smm").unwrap();
    let ads = smm.tasks().find(|task| task.id == "ads").unwrap();
    let button = ads.button("ad_launched").unwrap();
    assert_eq!(button.needs, ["ad_goal", "ad_audience", "ad_budget", "ad_period"]);
    assert!(button.once);
    assert_eq!(button.tell_client.as_deref(), Some("ad-launched"));
    assert_eq!(ads.finish_needs, [Gate::Button("ad_launched".into())]);
    assert_eq!(
        (ads.minutes, ads.due.unwrap().hundredths, ads.due.unwrap().unit),
        (600, 1000, Unit::BusinessDays)
    );
    assert_eq!(ads.months, Months::Every);
}

#[test]
fn a_payment_brings_its_fields_and_keeps_its_clock() {
    let smm = catalogue().definition("smm").unwrap();
    let payment = smm.tasks().find(|task| task.id == "payment").unwrap();
    assert_eq!(payment.kind, Kind::Payment);
    let fields: Vec<(&str, FieldKind, bool)> =
        payment.result.iter().map(|field| (field.id.as_str(), field.kind, field.required)).collect();
    let expected = [
        ("invoice", FieldKind::Text, false),
        ("amount", FieldKind::Money, true),
        ("paid_on", FieldKind::Date, true),
    ];
    assert_eq!(fields, expected);
    assert_eq!(payment.minutes, 30);
    assert_eq!(payment.pays_for, Some(Period::Next));
    assert!(
        payment.remind.iter().any(|reminder| matches!(reminder.clock, ReminderClock::BeforePeriodEnd(_)))
    );
    let website = catalogue().definition("website").unwrap();
    let prepayment = website.tasks().find(|task| task.id == "prepayment").unwrap();
    assert_eq!(prepayment.amount, Some(Share::Percent(4000)));
}

#[test]
fn a_meeting_has_a_time_and_cannot_start_without_it() {
    let campaign = catalogue().definition("campaign").unwrap();
    let pitch = campaign.tasks().find(|task| task.id == "pitch").unwrap();
    assert_eq!(pitch.field("at").unwrap().kind, FieldKind::DateTime);
    assert_eq!(pitch.start_needs, [Gate::Field("at".into())]);
    assert_eq!(pitch.ends_project_if, Some(("outcome".into(), "lost".into())));
}

#[test]
fn silence_is_no_message_and_silence_is_not_approval() {
    let smm = catalogue().definition("smm").unwrap();
    let report = smm.tasks().find(|task| task.id == "report").unwrap();
    assert_eq!(report.start_message, None);
    assert_eq!(report.finish_message.as_deref(), Some("report-ready"));
    assert!(smm.tasks().all(|task| task.approve_after_silence.is_none()));
}

#[test]
fn the_form_that_a_task_sends_is_pinned_with_it() {
    let smm = catalogue().definition("smm").unwrap();
    let forms: Vec<(&str, usize)> =
        smm.forms.iter().map(|form| (form.id.as_str(), form.questions.len())).collect();
    assert_eq!(forms, [("smm-brief", 12)]);
    assert_eq!(smm.forms[0].questions[0].saves_to.as_deref(), Some("client.about"));
}

#[test]
fn the_agency_is_open_from_nine_to_six_with_an_hour_for_lunch() {
    let catalogue = catalogue();
    let agency = catalogue.agency();
    assert_eq!((agency.name.as_str(), agency.currency.as_str()), ("Студія Маяк", "UAH"));
    let hours = |day: usize| -> Vec<String> {
        agency.calendar.week[day]
            .iter()
            .map(|(from, to)| format!("{}-{}", from.format("%H:%M"), to.format("%H:%M")))
            .collect()
    };
    assert_eq!(hours(0), ["09:00-13:00", "14:00-18:00"]);
    assert!(hours(5).is_empty() && hours(6).is_empty());
    assert_eq!(agency.calendar.zone.name(), "Europe/Kyiv");
    assert_eq!(agency.calendar.holidays.len(), 3);
    assert!(agency.calendar.quiet.is_some());
    assert_eq!(agency.roles.len(), 11);
}

#[test]
fn a_day_of_work_on_a_saturday_is_written_as_an_extra_day() {
    let mut files = Files::embedded();
    let text = files
        .get("agency.yaml")
        .unwrap()
        .text
        .replace("  holidays:", "  extra_days: [2026-12-19]\n  holidays:");
    files.put("agency.yaml", &text);
    let catalogue = Catalogue::from_files(&files).map_err(|problems| format!("{problems:#?}")).unwrap();
    assert_eq!(catalogue.agency().calendar.extra_days[0].to_string(), "2026-12-19");
}

#[test]
fn the_hash_changes_with_the_template_the_agency_and_the_forms_it_uses() {
    let hash = |path: &str| {
        let mut files = Files::embedded();
        let text = format!("{}# one more line\n", files.get(path).unwrap().text);
        files.put(path, &text);
        let catalogue = Catalogue::from_files(&files).map_err(|problems| format!("{problems:#?}")).unwrap();
        catalogue.definition("smm").unwrap().hash.clone()
    };
    let before = catalogue().definition("smm").unwrap().hash.clone();
    assert_eq!(before.len(), 64);
    assert_ne!(hash("smm.yaml"), before);
    assert_ne!(hash("agency.yaml"), before);
    assert_ne!(hash("forms/smm-brief.yaml"), before);
    assert_eq!(hash("forms/seo-brief.yaml"), before, "another service's form");
    assert_eq!(hash("seo.yaml"), before, "another service");
}

#[test]
fn init_writes_every_file_once_and_leaves_changed_files_alone() {
    let dir = tempfile::tempdir().unwrap();
    let first = write_out(dir.path(), "en").unwrap();
    assert!(first.iter().all(|file| file.written));
    let mine = dir.path().join("agency.yaml");
    let changed = std::fs::read_to_string(&mine).unwrap().replace("Студія Маяк", "Моя агенція");
    std::fs::write(&mine, changed).unwrap();
    let second = write_out(dir.path(), "en").unwrap();
    assert!(second.iter().all(|file| !file.written));
    let catalogue = Catalogue::load(dir.path()).map_err(|problems| format!("{problems:#?}")).unwrap();
    assert_eq!(catalogue.agency().name, "Моя агенція");
    let embedded = Catalogue::embedded().map_err(|problems| format!("{problems:#?}")).unwrap();
    assert_eq!(catalogue.services().collect::<Vec<_>>(), embedded.services().collect::<Vec<_>>());
}

#[test]
fn a_folder_that_is_not_there_is_said_in_a_sentence() {
    let problems = Catalogue::load(std::path::Path::new("/nowhere/at/all")).err().unwrap();
    assert!(problems.iter().any(|problem| problem.code == "file"), "{problems:#?}");
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_a_strange_name_and_a_giant_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    write_out(dir.path(), "en").unwrap();
    std::os::unix::fs::symlink("/etc/passwd", dir.path().join("passwd.yaml")).unwrap();
    std::fs::write(dir.path().join("Моя послуга.yaml"), "signoff: 1\n").unwrap();
    std::fs::write(dir.path().join("giant.yaml"), vec![b'#'; 300 * 1024]).unwrap();
    let problems = Catalogue::load(dir.path()).err().unwrap();
    let codes: Vec<&str> = problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes.len(), 3, "{problems:#?}");
    assert!(["file", "file-name", "too-big"].iter().all(|code| codes.contains(code)), "{problems:#?}");
}
