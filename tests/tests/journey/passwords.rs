//! A password with a code as the second way in: set on a page, good once a code, closed after mistakes (RELIABILITY 6.4).

use std::collections::BTreeMap;

use engine::app::{Answer, App};
use engine::domain::agency::AgencyCommand;
use engine::domain::{PersonId, Timestamp};
use journeys::db;
use journeys::desk::{ask, done, person};
use journeys::house::House;
use journeys::page::{Page, Pages};
use journeys::visitor::Visitor;
use totp_rs::{Builder, Secret};

use super::briefs::serve;
use super::hands::OLENA;

const WORDS: &str = "кавун на підвіконні";

/// The code that a phone shows.
fn code(secret: &str, at: Timestamp) -> String {
    let secret = Secret::try_from_base32(secret).expect("Base32");
    let totp = Builder::new().with_secret(secret).with_issuer(Some("x")).with_account_name("x");
    let at = u64::try_from(at.timestamp()).expect("after 1970");
    totp.build().expect("a secret long enough").generate(at).to_string()
}

fn field<'a>(page: &'a Page, name: &str) -> &'a str {
    let from = page.text.find(&format!("name=\"{name}\"")).unwrap_or_else(|| panic!("{}", page.text));
    page.text[from..].split("value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a value")
}

fn location(page: &Page) -> &str {
    page.headers.get("location").and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// Sets the password of whoever is signed in and answers the secret of the codes.
async fn set(house: &House, visitor: &Visitor<'_>) -> String {
    let page = visitor.get("/password").await;
    let (token, secret) = (field(&page, "ask"), field(&page, "secret").to_owned());
    let with = |code: &str, password: &str| {
        [("ask", token), ("secret", &secret), ("password", password), ("code", code)]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
    };
    let now = code(&secret, house.now());
    for (code, password, why) in [(now.as_str(), "123456789012", "easy"), ("000000", WORDS, "code")] {
        let form = with(code, password);
        let form: Vec<_> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let refused = visitor.post("/password", &form).await;
        assert_eq!(refused.status, 409, "{why}");
        assert_eq!(field(&refused, "secret"), secret, "the phone has it already");
    }
    let form = with(&now, WORDS);
    let form: Vec<_> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let kept = visitor.post("/password", &form).await;
    assert_eq!((kept.status.as_u16(), location(&kept)), (303, "/login/password"), "{}", kept.text);
    secret
}

async fn enter(pages: &Pages, who: &str, password: &str, code: &str) -> Page {
    let fields = [("who", who), ("password", password), ("code", code), ("to", "/board")];
    Visitor::stranger(pages).post("/login/password", &fields).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_and_a_code_open_the_board_once_for_each_code() {
    for db in db::both().await {
        let house = House::open(&db, "uk").await;
        let pages = serve(&house).await;
        let olena = Visitor::signed_in(&house, &pages, "olena").await;
        let secret = set(&house, &olena).await;
        assert_eq!(olena.get("/today").await.status, 303, "{}: signed out everywhere", db.name);
        let used = code(&secret, house.now());
        assert_eq!(
            enter(&pages, "olena", WORDS, &used).await.status,
            403,
            "the code that set it opens nothing"
        );
        house.skip(60);
        let fresh = code(&secret, house.now());
        let opened = enter(&pages, "olena", WORDS, &fresh).await;
        assert_eq!(
            (opened.status.as_u16(), location(&opened)),
            (303, "/board"),
            "{}: {}",
            db.name,
            opened.text
        );
        let mut again = Visitor::stranger(&pages);
        again.keep_cookie(&opened);
        assert_eq!(again.get("/board").await.status, 200);
        assert_eq!(enter(&pages, "olena", WORDS, &fresh).await.status, 403, "once");
        let kept = kept(&house.app).await;
        assert!(kept.starts_with("$argon2id$") && !kept.contains(&secret), "{kept}");
        let log = house.app.store().events(0, 10_000).await.unwrap();
        assert!(log.iter().any(|event| event.kind == "password_set"), "on record");
        assert!(log.iter().all(|event| !event.data.contains(&secret) && !event.data.contains("argon2")));
        assert!(house.app.store().verify().await.unwrap().is_well());
    }
}

async fn kept(app: &App) -> String {
    let kept = app.store().password(&PersonId::from("olena")).await.unwrap().expect("it is kept");
    format!("{} {}", kept.hash, kept.secret.sealed)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_mistake_reads_alike_and_five_close_the_door_for_a_quarter_of_an_hour() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    let pages = serve(&house).await;
    let olena = Visitor::signed_in(&house, &pages, "olena").await;
    let secret = set(&house, &olena).await;
    house.skip(60);
    let now = code(&secret, house.now());
    let nobody = enter(&pages, "nobody-here", WORDS, &now).await;
    let without = enter(&pages, "maksym", WORDS, &now).await;
    assert_eq!((nobody.status.as_u16(), &nobody.text), (403, &without.text), "no word of who has a password");
    for (password, code) in
        [("не той пароль", now.as_str()), (WORDS, "000000"), (WORDS, ""), ("", &now), ("знову не той", &now)]
    {
        assert_eq!(enter(&pages, "olena", password, code).await.text, nobody.text);
    }
    let closed = enter(&pages, "olena", WORDS, &code(&secret, house.now())).await;
    assert_eq!((closed.status.as_u16(), &closed.text), (403, &nobody.text), "right, and closed");
    let link = Visitor::signed_in(&house, &pages, "olena").await;
    assert_eq!(link.get("/today").await.status, 200, "a link opens all the same");
    house.skip(15 * 60 + 1);
    assert_eq!(enter(&pages, "olena", WORDS, &code(&secret, house.now())).await.status, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_leaves_has_no_password_any_more_and_nobody_sets_one_for_others() {
    let db = db::sqlite();
    let (house, pages) = super::leavers::owned(&db).await;
    let maksym = Visitor::signed_in(&house, &pages, "maksym").await;
    let secret = set(&house, &maksym).await;
    for (by, code) in [("maksym", "no-right"), ("olena", "no-right")] {
        let command = AgencyCommand::SetPassword { person: "vira".into() };
        let answer = house.app.agency(ask(house.now(), person(by), command)).await.unwrap();
        let Answer::Refused(refusal) = answer else { panic!("{by}: {answer:?}") };
        assert_eq!(refusal.code(), code, "{by}");
    }
    let leave = AgencyCommand::RemovePerson {
        person: "maksym".into(),
        to: Some("iryna".into()),
        by_role: BTreeMap::new(),
    };
    done(house.app.leave(ask(house.now(), person("vira"), leave)).await.unwrap());
    assert!(house.app.store().password(&"maksym".into()).await.unwrap().is_none());
    house.skip(60);
    assert_eq!(enter(&pages, "maksym", WORDS, &code(&secret, house.now())).await.status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_finds_an_open_browser_sets_no_password_and_a_new_one_is_told_to_its_person() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    house.sandbox.send_text(OLENA, OLENA, "/start", None).expect("said");
    house.settle().await;
    let pages = serve(&house).await;
    let olena = Visitor::signed_in(&house, &pages, "olena").await;
    house.skip(11 * 60);
    let page = olena.get("/password").await;
    let (token, secret) = (field(&page, "ask"), field(&page, "secret"));
    let now = code(secret, house.now());
    let form = [("ask", token), ("secret", secret), ("password", WORDS), ("code", now.as_str())];
    let refused = olena.post("/password", &form).await;
    assert_eq!(refused.status, 409);
    assert!(refused.text.contains("within ten minutes of signing in"), "{}", refused.text);
    assert_eq!(enter(&pages, "olena", WORDS, &now).await.status, 403, "nothing was set");
    let heard = house.sandbox.messages(OLENA).len();
    let olena = Visitor::signed_in(&house, &pages, "olena").await;
    set(&house, &olena).await;
    house.settle().await;
    let said = house.sandbox.messages(OLENA);
    assert_eq!(said.len(), heard + 1, "told once: {}", house.transcript(OLENA));
    assert!(said.last().is_some_and(|said| said.text.contains("/login")), "{}", house.transcript(OLENA));
}
