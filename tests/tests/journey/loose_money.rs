//! Money that fits no payment: noted, listed, matched once however often and by however many, written off (PF-66).

use engine::app::{Along, Answer, Ask};
use engine::domain::client::ClientCommand;
use engine::domain::money::Money;
use engine::domain::project::PaymentState;
use engine::domain::{Actor, Refusal};
use journeys::db;
use journeys::desk::{STAFF_CHAT, command_id, person};
use journeys::house::House;
use journeys::visitor::Visitor;
use projections::{directory, money};

use super::briefs::serve;
use super::by_the_clock::look_at_the_clock;
use super::hands::sentence;
use super::witness::{facts, is_well};

fn uah(text: &str) -> Money {
    Money::parse(text, Some("UAH")).unwrap()
}

pub fn came(amount: &str, reference: Option<&str>) -> ClientCommand {
    let reference = reference.map(str::to_owned);
    ClientCommand::NoteMoney { amount: uah(amount), on: None, reference, again: false }
}

fn matches(house: &House, number: u32, amount: Option<&str>) -> ClientCommand {
    let (project, payment) = (house.project.clone(), "1".into());
    ClientCommand::MatchMoney { number, project, payment, amount: amount.map(uah), again: false }
}

fn asked(house: &House, by: Actor, command: ClientCommand) -> Ask<ClientCommand> {
    Ask { command_id: command_id(), at: house.now(), by, command, along: Along::default() }
}

pub async fn note(house: &House, by: &str, command: ClientCommand) -> Answer {
    house.app.client(&house.client, asked(house, person(by), command)).await.unwrap()
}

async fn pair(house: &House, by: &str, command: ClientCommand) -> Answer {
    house.app.client(&house.client, asked(house, person(by), command)).await.unwrap()
}

async fn left(house: &House) -> Vec<String> {
    let clients = directory::clients(house.app.store()).await.unwrap();
    let ids: Vec<_> = clients.into_iter().map(|client| client.client).collect();
    let loose = money::loose(house.app.store(), &ids).await.unwrap();
    loose.iter().map(|money| format!("{}: {}", money.number, money.left)).collect()
}

async fn paid(house: &House) -> (PaymentState, Option<String>) {
    let project = house.app.project_state(&house.project).await.unwrap().unwrap();
    let payment = project.payment(&"1".into()).unwrap();
    (payment.state(), payment.received().map(|money| money.to_string()))
}

#[tokio::test(flavor = "multi_thread")]
async fn money_without_a_payment_is_listed_and_pays_for_one_in_parts_on_both_databases() {
    for db in db::both().await {
        let house = House::open(&db, "uk").await;
        assert!(matches!(note(&house, "nadiia", came("30000", Some("A-17"))).await, Answer::Done { .. }));
        assert_eq!(left(&house).await, ["1: 30000 UAH"]);
        let Answer::Refused(refusal) = note(&house, "nadiia", came("30000", Some("A-17"))).await else {
            panic!("one transfer is one")
        };
        assert!(sentence(&house, &refusal).contains("під номером 1"), "{}", sentence(&house, &refusal));
        look_at_the_clock(&house, "2026-12-01 09:00").await;
        let told = house.said(STAFF_CHAT).into_iter().find(|text| text.contains("за що, невідомо"));
        assert!(told.expect("the overview tells of it").contains("30"), "{}", house.transcript(STAFF_CHAT));

        assert!(matches!(
            pair(&house, "nadiia", matches(&house, 1, Some("10000"))).await,
            Answer::Done { .. }
        ));
        assert_eq!(paid(&house).await, (PaymentState::PartlyPaid, Some("10000 UAH".into())));
        // What is open, and no more than that.
        assert!(matches!(pair(&house, "olena", matches(&house, 1, None)).await, Answer::Done { .. }));
        assert_eq!(paid(&house).await, (PaymentState::Paid, Some("24000 UAH".into())));
        assert_eq!(left(&house).await, ["1: 6000 UAH"]);
        // What is paid takes no more of it unless somebody says how much.
        let none = Refusal::AmountNeeded { payment: "1".into() };
        let Answer::Refused(refusal) = pair(&house, "nadiia", matches(&house, 1, None)).await else {
            panic!("the rest vanished into a paid payment")
        };
        assert_eq!(refusal, none);
        let why = house.content("Повернули переплату").await;
        let dismiss = ClientCommand::DismissMoney { number: 1, reason: Some(why) };
        assert!(matches!(note(&house, "nadiia", dismiss).await, Answer::Done { .. }));
        assert_eq!(left(&house).await, Vec::<String>::new());
        assert_eq!((facts(&house, "payment_received").await, facts(&house, "money_matched").await), (2, 2));
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_not_be_matched_is_refused_and_neither_stream_moves() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    note(&house, "nadiia", came("5000", None)).await;
    let refused = async |by: &str, command: ClientCommand| match pair(&house, by, command).await {
        Answer::Refused(refusal) => refusal,
        answer => panic!("{answer:?}"),
    };
    assert!(matches!(
        refused("maksym", matches(&house, 1, None)).await,
        Refusal::NoRight { .. } | Refusal::NotYourMoney { .. }
    ));
    let left = Refusal::MoneyLeft { number: 1, left: uah("5000") };
    assert_eq!(refused("nadiia", matches(&house, 1, Some("5001"))).await, left);
    let none = Refusal::NoMoney { number: 2, known: vec![1] };
    assert_eq!(refused("nadiia", matches(&house, 2, None)).await, none);
    let other = ClientCommand::MatchMoney {
        number: 1,
        project: house.project.clone(),
        payment: "9".into(),
        amount: None,
        again: false,
    };
    assert!(matches!(refused("nadiia", other).await, Refusal::NoPayment { .. }));
    // Who may is asked first: a stranger learns nothing of the money.
    assert!(matches!(refused("maksym", matches(&house, 7, None)).await, Refusal::NoRight { .. }));
    assert_eq!((facts(&house, "payment_received").await, facts(&house, "money_matched").await), (0, 0));
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn money_of_one_client_never_pays_for_another() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    let add = ClientCommand::AddClient {
        client: "malva".into(),
        name: "Салон «Мальва»".into(),
        language: "uk".into(),
        languages: vec!["uk".into(), "en".into()],
    };
    let malva = "malva".into();
    house.app.client(&malva, asked(&house, person("olena"), add)).await.unwrap();
    house.app.client(&malva, asked(&house, person("nadiia"), came("24000", None))).await.unwrap();
    let order = asked(&house, person("nadiia"), matches(&house, 1, None));
    let Answer::Refused(refusal) = house.app.client(&malva, order).await.unwrap() else { panic!("done") };
    assert_eq!(refusal, Refusal::MoneyOfAnother { client: "Салон «Мальва»".into() });
    assert_eq!(facts(&house, "payment_received").await, 0);
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_match_the_same_money_at_once_do_not_double_it_on_both_databases() {
    for db in db::both().await {
        let house = House::open(&db, "uk").await;
        note(&house, "nadiia", came("10000", None)).await;
        let all = (0..6).map(|turn| {
            let by = if turn % 2 == 0 { "nadiia" } else { "olena" };
            pair(&house, by, matches(&house, 1, Some("10000")))
        });
        let answers = futures::future::join_all(all).await;
        let done = answers.iter().filter(|answer| matches!(answer, Answer::Done { .. })).count();
        assert_eq!(done, 1, "{answers:?}");
        assert_eq!(paid(&house).await.1.as_deref(), Some("10000 UAH"));
        assert_eq!((facts(&house, "payment_received").await, facts(&house, "money_matched").await), (1, 1));
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_accountant_does_it_all_on_the_page_of_the_client() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    let pages = serve(&house).await;
    let nadiia = Visitor::signed_in(&house, &pages, "nadiia").await;
    let (page, act) = (format!("/c/{}", house.client), format!("/c/{}/money", house.client));
    assert!(nadiia.get(&page).await.text.contains("All money of this client is matched"));
    let note = [("do", "arrive"), ("amount", "12 000"), ("reference", "<b>77</b>")];
    assert_eq!(nadiia.post(&act, &note).await.status, 303);
    let again = nadiia.post(&act, &[("do", "arrive"), ("amount", "12000"), ("reference", "<b>77</b>")]).await;
    assert!(again.status == 409 && again.text.contains("already as number 1"), "{}", again.text);
    let shown = nadiia.get(&page).await.text;
    assert!(shown.contains("&lt;b&gt;77&lt;/b&gt;") && shown.contains("smm-test/1"), "{shown}");
    let pair = [("do", "match"), ("number", "1"), ("payment", "smm-test/1"), ("amount", "багато")];
    assert_eq!(nadiia.post(&act, &pair).await.status, 409, "no amount is not all of it");
    let pair = [("do", "match"), ("number", "1"), ("payment", "smm-test/1"), ("amount", "")];
    assert_eq!(nadiia.post(&act, &pair).await.status, 303);
    assert_eq!(paid(&house).await, (PaymentState::PartlyPaid, Some("12000 UAH".into())));
    let day = [("do", "arrive"), ("amount", "5"), ("on", "03.12.2026")];
    assert_eq!(nadiia.post(&act, &day).await.status, 409, "an unreadable day is not today");
    let maksym = Visitor::signed_in(&house, &pages, "maksym").await;
    assert_eq!(maksym.post(&act, &note).await.status, 403);
    is_well(house).await;
}
