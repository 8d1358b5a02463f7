//! Every "no" of the rules is a sentence in four languages that says what to do.

use std::fmt::Write;

use chrono::{TimeZone, Utc};
use engine::domain::definition::Text;
use engine::domain::field::{BadLine, LineProblem};
use engine::domain::money::Money;
use engine::domain::refusal::Missing;
use engine::domain::{PersonId, Refusal};
use workflows::Catalogue;

fn catalogue() -> Catalogue {
    match Catalogue::embedded() {
        Ok(catalogue) => catalogue,
        Err(problems) => panic!("{problems:#?}"),
    }
}

fn name_of(person: &PersonId) -> String {
    match person.as_str() {
        "olena" => "Олена Шевченко".to_owned(),
        "taras" => "Тарас Бондар".to_owned(),
        other => other.to_owned(),
    }
}

fn title(uk: &str, en: &str) -> Text {
    Text(vec![("uk".into(), uk.into()), ("en".into(), en.into())])
}

fn missing() -> Vec<Missing> {
    vec![
        Missing::Field {
            field: "ad_report".into(), title: title("Звіт про рекламу", "Ads report")
        },
        Missing::Gate { gate: "form:smm-brief".into() },
        Missing::Checklist { item: 2, text: Text::plain("Сітка переглянута") },
        Missing::Button {
            button: "ad_launched".into(),
            title: title("Реклама запущена", "Ad launched"),
            opens_with: vec!["ad_goal".into()],
        },
        Missing::Role { role: "ads".into() },
    ]
}

fn about_names() -> Vec<Refusal> {
    let known = || vec!["ad_goal".to_owned(), "ad_report".to_owned()];
    let ads = || "ads".to_owned();
    vec![
        Refusal::ProjectExists { project: "smm-k7q2".into() },
        Refusal::NoProject,
        Refusal::NoClient,
        Refusal::ClientExists { client: "ranok".into() },
        Refusal::NoTask { task: "adz".into() },
        Refusal::NoField { task: ads(), field: "ad_raport".into(), known: known() },
        Refusal::NoButton { task: ads(), button: "launch".into(), known: vec!["ad_launched".into()] },
        Refusal::NoItem { task: ads(), item: 9, have: 3 },
        Refusal::NoGate { task: ads(), gate: "form".into(), known: Vec::new() },
        Refusal::NoRole { role: "boss".into(), known: vec!["pm".into()] },
        Refusal::NoPerson { person: "taras".into() },
        Refusal::PasswordTooEasy { shortest: 12, longest: 128 },
        Refusal::WrongCode,
        Refusal::StaffAsApprover { person: "olena".into() },
        Refusal::TelegramTaken { person: "olena".into() },
        Refusal::NoLanguage { language: "de".into(), known: vec!["uk".into(), "en".into()] },
        Refusal::BadId { id: "Ранок!".into() },
        Refusal::DraftOfClient {
            form: "smm-brief".into(),
            title: title("Бриф на SMM", "SMM brief"),
            at: Utc.with_ymd_and_hms(2026, 11, 23, 8, 30, 0).unwrap(),
        },
        Refusal::TemplateMoved { path: "smm.yaml".into(), version: 8, base: 7 },
        Refusal::NoAccess { item: "fb".into(), known: vec!["hosting".into()] },
        Refusal::AccessEmpty { item: "hosting".into() },
        Refusal::NotYourAccess { roles: vec!["pm".into(), "head".into()] },
        Refusal::NoRight { wanted: "top-role".into(), roles: vec!["owner".into(), "head".into()] },
        Refusal::OutsideProject,
        Refusal::HasLeft { person: "olena".into() },
        Refusal::StillHolds { person: "olena".into(), holds: vec![("smm-a".into(), "pm".into())] },
        Refusal::HandoffIncomplete {
            missing: vec![
                Missing::Handoff { need: "accepted".into() },
                Missing::Handoff { need: "mended".into() },
                Missing::Gate { gate: "acknowledged:working-rules".into() },
            ],
        },
        Refusal::NoteNeeded {
            task: "communication".into(),
            item: 2,
            text: title("Названо ризики", "Risks were named"),
        },
        Refusal::HandoffOver {
            started: "communication".into(),
            started_title: title("Комунікація", "Communication"),
        },
        Refusal::CommandIdTaken { command_id: "invoice-7".into() },
    ]
}

fn about_work() -> Vec<Refusal> {
    let (task, ads) = ("ads".to_owned(), || title("Реклама публікацій", "Post ads"));
    let people = || vec![PersonId::from("olena"), PersonId::from("taras")];
    let status = |status: &str, wanted: &str| Refusal::WrongStatus {
        task: "ads".into(),
        title: title("Реклама публікацій", "Post ads"),
        status: status.into(),
        wanted: wanted.into(),
    };
    let report = || title("Звіт про рекламу", "Ads report");
    vec![
        status("in_progress", "start"),
        status("awaiting_approval", "fill"),
        Refusal::NotItsTurn {
            task: task.clone(),
            title: ads(),
            before: "first_nine".into(),
            before_title: title("Первинне наповнення", "Initial filling"),
        },
        Refusal::CannotStart {
            task: task.clone(),
            title: ads(),
            missing: vec![Missing::Role { role: "ads".into() }],
        },
        Refusal::CannotFinish { task: task.clone(), title: ads(), missing: missing() },
        Refusal::ButtonLocked {
            task: task.clone(),
            button: "ad_launched".into(),
            title: title("Реклама запущена", "Ad launched"),
            missing: missing()[..1].to_vec(),
        },
        Refusal::ButtonUsed {
            button: "ad_launched".into(), title: title("Реклама запущена", "Ad launched")
        },
        Refusal::BadValue {
            field: "ad_budget".into(),
            title: title("Бюджет", "Budget"),
            kind: "money".into(),
            given: "багато".into(),
            known: Vec::new(),
        },
        Refusal::TwoReadings {
            field: "ad_budget".into(),
            title: title("Бюджет", "Budget"),
            given: "24.000".into(),
            first: "24000 UAH".into(),
            second: "24 UAH".into(),
        },
        Refusal::BadValue {
            field: "platform".into(),
            title: title("Майданчик", "Platform"),
            kind: "choice".into(),
            given: "vk".into(),
            known: vec!["meta".into(), "tiktok".into()],
        },
        Refusal::BadValue {
            field: "ad_report".into(),
            title: report(),
            kind: "date range".into(),
            given: "завтра".into(),
            known: Vec::new(),
        },
        Refusal::NotYourTask { task: task.clone(), title: ads(), people: people() },
        Refusal::NotYourTask { task: task.clone(), title: ads(), people: Vec::new() },
        Refusal::NotYourCheck { task: task.clone(), title: ads(), people: people()[..1].to_vec() },
        Refusal::NotYourCheck { task: task.clone(), title: ads(), people: Vec::new() },
        Refusal::OwnWork { task, title: ads() },
        Refusal::NotAllowed { wanted: "cancel".into() },
        Refusal::NotAllowed { wanted: "confirm-chat".into() },
        Refusal::ReasonNeeded { wanted: "return".into() },
        Refusal::ProjectOver,
        Refusal::ProjectPaused,
        Refusal::DayIsPast { day: chrono::NaiveDate::default() },
    ]
}

fn about_money() -> Vec<Refusal> {
    let received = Money { minor: 1_200_000, currency: "UAH".into() };
    vec![
        Refusal::NoPayment { payment: "7".into(), known: vec!["1".into(), "2".into()] },
        Refusal::NotYourMoney { people: vec!["olena".into(), "taras".into()] },
        Refusal::NotYourMoney { people: Vec::new() },
        Refusal::PaymentClosed { payment: "2".into(), state: "paid".into() },
        Refusal::OtherCurrency { payment: "2".into(), wanted: "UAH".into(), given: "EUR".into() },
        Refusal::AmountNeeded { payment: "2".into() },
        Refusal::TooMuchBack { payment: "2".into(), received: received.clone() },
        Refusal::SameMoney {
            payment: "2".into(),
            amount: received.clone(),
            on: chrono::NaiveDate::default(),
        },
        Refusal::DayIsAhead { day: chrono::NaiveDate::default() },
        Refusal::NoMoney { number: 3, known: vec![1, 2] },
        Refusal::MoneyTwice { number: 1, amount: received.clone(), on: chrono::NaiveDate::default() },
        Refusal::MoneyLeft { number: 1, left: received.clone() },
        Refusal::MoneyOfAnother { client: "ranok".into() },
        Refusal::ReasonNeeded { wanted: "correct-payment".into() },
        Refusal::NotAllowed { wanted: "open-period".into() },
        Refusal::NotAllowed { wanted: "close".into() },
        Refusal::NoPeriods,
        Refusal::PeriodNotYet { next: 2, payment: Some("2".into()) },
        Refusal::PeriodNotYet { next: 2, payment: None },
    ]
}

fn about_gates() -> Vec<Refusal> {
    let handoff = |need: &str| Missing::Handoff { need: need.into() };
    let (ads, nine) =
        (title("Реклама публікацій", "Post ads"), title("Первинне наповнення", "Initial filling"));
    let approved = || title("Контент-план", "Content plan");
    let publish = vec![
        Missing::Gate { gate: "access:instagram".into() },
        Missing::Approval { task: "plan".into(), title: approved() },
        Missing::OtherFile {
            field: "posts".into(),
            title: title("Публікації", "Posts"),
            approved: "plan".into(),
            approved_title: approved(),
        },
        Missing::Outside {
            field: "plan".into(), title: title("Публікації", "Posts"), rows: vec![2, 5]
        },
    ];
    vec![
        Refusal::HandoffIncomplete {
            missing: ["price", "contact", "approver", "chat", "pm"].map(handoff).to_vec(),
        },
        Refusal::CannotFinish { task: "ads".into(), title: ads.clone(), missing: publish },
        Refusal::NoOverride { gate: "form:smm-brief".into() },
        Refusal::OnlyTheHead { gate: "paid:this-period".into() },
        Refusal::OnlyTheHead { gate: "audit".into() },
        Refusal::TaskExists { task: "ads".into() },
        Refusal::TooLateToInsert {
            after: "first_nine".into(),
            after_title: nine.clone(),
            started: "ads".into(),
            started_title: ads.clone(),
        },
        Refusal::OtherService { service: "smm".into(), given: "seo".into() },
        Refusal::WouldVanish { tasks: vec![("ads".into(), ads.clone())] },
        Refusal::NoTimeKind {
            task: "ads".into(),
            title: ads.clone(),
            kind: "nap".into(),
            known: vec!["work".into(), "data_control".into()],
        },
        Refusal::NoTimeKind {
            task: "ads".into(),
            title: ads.clone(),
            kind: String::new(),
            known: vec!["call".into(), "meeting".into()],
        },
        Refusal::BadTime { minutes: 0, longest: 1_440 },
        Refusal::TimeUnread { given: "довго".into() },
        Refusal::NoTimeEntry { entry: 7, have: 3 },
        bad_line(LineProblem::NoTopic, None, &[]),
        bad_line(LineProblem::NothingUnder, None, &[]),
        bad_line(LineProblem::TooManyCells, None, &["date", "topic"]),
        bad_line(LineProblem::EmptyCell, Some("Дата"), &[]),
        bad_line(LineProblem::Unfit, Some("Дата"), &[]),
        bad_line(LineProblem::Unfit, None, &["new", "existing"]),
        bad_line(LineProblem::NoItem, None, &["instagram"]),
        bad_line(LineProblem::Outside, Some("Дата"), &["2026-12-01..2026-12-31"]),
        bad_line(LineProblem::TooManyLines, None, &[]),
        bad_line(LineProblem::TooLong, None, &[]),
        Refusal::OutOfOrder {
            task: "ads".into(),
            title: ads,
            before: "first_nine".into(),
            before_title: nine,
        },
    ]
}

fn bad_line(problem: LineProblem, column: Option<&str>, known: &[&str]) -> Refusal {
    Refusal::BadLine(Box::new(BadLine {
        field: "plan".into(),
        title: title("Публікації", "Posts"),
        line: 2,
        problem,
        column: column.map(|column| title(column, "Date")),
        kind: column.map(|_| "date".to_owned()).unwrap_or_default(),
        given: "колись".into(),
        known: known.iter().map(|known| (*known).to_owned()).collect(),
    }))
}

fn about_decisions() -> Vec<Refusal> {
    let at = Utc.with_ymd_and_hms(2026, 11, 12, 12, 5, 0).unwrap();
    let olena = || PersonId::from("olena");
    vec![
        Refusal::NotAnApprover { people: vec![olena()] },
        Refusal::NotAnApprover { people: Vec::new() },
        Refusal::AlreadyDecided { person: Some(olena()), at, approved: true },
        Refusal::AlreadyDecided { person: Some(olena()), at, approved: false },
        Refusal::AlreadyDecided { person: None, at, approved: true },
        Refusal::Stale,
        Refusal::ForeignPress,
        Refusal::UndoTooLate { minutes: 2 },
        Refusal::UndoNextStarted { next_title: title("Звіт", "Report") },
        Refusal::UndoNotYours { person: olena() },
        Refusal::RemarksClosed,
        Refusal::LinkInvalid,
        Refusal::LinkExpired,
        Refusal::NoChatToConfirm,
        Refusal::NoChat,
        Refusal::CallNeedsComment,
        Refusal::ChatTaken { client: "ranok".into() },
    ]
}

fn about_forms() -> Vec<Refusal> {
    let at = Utc.with_ymd_and_hms(2026, 11, 12, 12, 5, 0).unwrap();
    let (form, brief) = ("smm-brief".to_owned(), title("Бриф для SMM", "SMM brief"));
    let again =
        |received| Refusal::FormAgain { form: form.clone(), title: brief.clone(), at, received, sendings: 1 };
    vec![
        Refusal::NoZone { zone: "Київ".into() },
        Refusal::NoForm { form: "brief".into(), known: vec![form.clone()] },
        Refusal::NoQuestion {
            form: form.clone(),
            title: brief.clone(),
            question: "bugdet".into(),
            known: vec!["budget".into()],
        },
        again(false),
        again(true),
        Refusal::FormClosed { form: form.clone(), title: brief.clone() },
        Refusal::FormIncomplete { form: form.clone(), title: brief.clone(), missing: missing() },
        Refusal::NoConflict { field: "website".into(), known: vec!["budget".into()] },
    ]
}

fn all() -> Vec<Refusal> {
    [about_names(), about_work(), about_money(), about_forms(), about_gates(), about_decisions()].concat()
}

#[test]
fn every_refusal_is_a_sentence_in_every_language() {
    let catalogue = catalogue();
    let mut report = String::new();
    for language in ["uk", "en", "vi", "bg"] {
        writeln!(report, "{language}").unwrap();
        for refusal in all() {
            let words = catalogue.refusal(language, &refusal, &name_of);
            assert_ne!(words, refusal.to_string(), "{language}: no words of its own");
            assert!(words.ends_with(['.', '5']), "{language}: {words}");
            writeln!(report, "    {words}").unwrap();
        }
    }
    insta::assert_snapshot!("refusals", report);
}

#[test]
fn every_message_about_a_refusal_is_used_by_one() {
    let catalogue = catalogue();
    let codes: Vec<String> = all().iter().map(Refusal::code).collect();
    let special = [
        "-nobody",
        "-choice",
        "-approved",
        "-sent-back",
        "-silence",
        "-sent",
        "-received",
        "-unpaid",
        "-unsaid",
        "-no-topic",
        "-nothing-under",
        "-too-many-cells",
        "-empty-cell",
        "-unfit",
        "-no-option",
        "-no-item",
        "-outside",
        "-too-many-lines",
        "-too-long",
    ];
    for key in catalogue.keys().filter_map(|key| key.strip_prefix("refusal-")) {
        let base = special.iter().find_map(|end| key.strip_suffix(end)).unwrap_or(key);
        assert!(codes.iter().any(|code| code == base), "nothing says refusal-{key}");
    }
    assert!(codes.len() >= 41);
}

#[test]
fn what_is_missing_is_named_by_title_and_id() {
    let task = title("Реклама", "Ads");
    let refusal = Refusal::CannotFinish { task: "ads".into(), title: task, missing: missing() };
    let words = catalogue().refusal("uk", &refusal, &name_of);
    assert!(words.contains("«Звіт про рекламу» (ad_report)"), "{words}");
}

#[test]
fn an_alert_is_short_and_speaks_of_no_ids() {
    let catalogue = catalogue();
    for language in ["uk", "en", "vi", "bg"] {
        for refusal in all() {
            let alert = catalogue.refusal_alert(language, &refusal, &name_of);
            assert!(alert.encode_utf16().count() <= 200, "{alert}");
            assert!(!alert.is_empty());
        }
    }
    let many = Refusal::CannotFinish {
        task: "ads".into(),
        title: title("Реклама", "Ads"),
        missing: [missing(), missing(), missing()].concat(),
    };
    let alert = catalogue.refusal_alert("uk", &many, &name_of);
    assert!(alert.ends_with('…') && !alert.contains("(ad_report)"), "{alert}");
}

#[test]
fn a_name_in_a_refusal_stays_a_name() {
    let catalogue = catalogue();
    let evil = |_: &PersonId| "{ $x }</b>\u{202e}Оля".to_owned();
    let alert = catalogue.refusal_alert("uk", &Refusal::UndoNotYours { person: "p".into() }, &evil);
    assert_eq!(alert, "Рішення може скасувати лише { $x }</b>Оля.");
}
