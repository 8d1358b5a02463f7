//! What people call themselves and write goes through the real chat as it is and breaks nothing (G20, TG-35).

use chrono::Duration;
use engine::domain::client::ClientCommand;
use engine::domain::field::Entered;
use engine::domain::project::ProjectCommand;
use journeys::db;
use journeys::desk::{STAFF_CHAT, add_client, open_smm, person};
use journeys::house::{GROUP, House, PETRO, SOFIIA};
use rand::prelude::*;
use rand::rngs::StdRng;
use sandbox::{ChatKind, Kind, MessageView};
use serde_json::Value;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::witness::{PLAN, is_well, script, sofiia};

const TOKEN: &str = "AbCdEfGhIjKlMnOpQrStUv";

/// Names and texts that have broken somebody's bot.
fn hostile() -> Vec<String> {
    let mut found: Vec<String> = [
        "<b>Жирна</b>",
        "</a></b><i>",
        "<a href=\"https://evil.example\">тут</a>",
        "{ $person } { $x }",
        "{ -term } { NUMBER($n) } \"}",
        "key = value\n    .attr = { \"\" }",
        "&lt;b&gt; &amp; &#60;",
        "*зірка* _риска_ [х](https://evil.example) `код`",
        "\u{202e}агромук\u{202c} \u{2066}abc\u{2069} \u{200f}",
        "👩🏽‍💻👨‍👩‍👧‍👦🇺🇦🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "a\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}",
        "\u{200b}\u{2060}\u{feff}",
        "=1+1; DROP TABLE buttons; --",
    ]
    .map(str::to_owned)
    .into();
    found.push("Ж".repeat(500));
    found.push("👩‍💻 ".repeat(125));
    found
}

/// A house, and the folder that its database lies in.
struct Walk {
    house: House,
    _folder: TempDir,
}

/// A whole acquaintance in which everything that people can name or write is `words`.
async fn walk(language: &str, words: &str) -> Walk {
    let mut db = db::sqlite();
    let mut house = House::empty(&db).await;
    house.sandbox.add_person(SOFIIA, words, Some("sofiia"), Some(language)).expect("it is there");
    house.sandbox.add_person(PETRO, words, None, Some(language)).expect("it is there");
    house.sandbox.add_chat(GROUP, ChatKind::Group, words).expect("it is there");
    for person in [SOFIIA, PETRO] {
        house.sandbox.join(person, GROUP).expect("it is there");
    }
    house.client = add_client(&house.app, house.now(), "kava-ranok", words, language).await;
    let (token_sha256, expires) = (hex::encode(Sha256::digest(TOKEN)), house.now() + Duration::hours(24));
    house.client_order(&house.client, ClientCommand::OfferLink { token_sha256, expires }).await;
    house.sandbox.open_link(SOFIIA, Some(GROUP), TOKEN).expect("it is there");
    house.settle().await;
    house.client_order(&house.client, ClientCommand::ConfirmChat).await;
    let person = sofiia(&house).await;
    house.client_order(&house.client, ClientCommand::NameApprover { person }).await;
    house.project = open_smm(&house.app, &house.catalogue, house.now(), "smm-test", &house.client).await;
    house.work_until(PLAN).await;
    house.work(PLAN).await;
    decide(&house, words).await;
    design(&house, words).await;
    Walk { house, _folder: db.directory.take().expect("it is there") }
}

/// Somebody who may not tries, the approver sends back and explains, the PM returns it, the approver approves.
async fn decide(house: &House, words: &str) {
    let refused = house.press(PETRO, GROUP, "✅").await.expect("the store answers");
    assert!(refused.text.expect("it is there").encode_utf16().count() <= 200);
    house.press(SOFIIA, GROUP, "✏️").await;
    let question = house.sandbox.last_message(GROUP).expect("it is there").id;
    let remark = house.sandbox.send_text(SOFIIA, GROUP, words, Some(question)).expect("it is there");
    house.settle().await;
    house.sandbox.edit_text(SOFIIA, GROUP, remark, words).expect("it is there");
    house.settle().await;
    let noted = house.sandbox.last_message(GROUP).expect("it is there");
    let done = noted.buttons[0][0].label.clone();
    house.press_on(SOFIIA, GROUP, noted.id, &done).await;
    house.order(person("maksym"), ProjectCommand::StartTask { task: PLAN.into() }).await;
    house.order(person("maksym"), ProjectCommand::SubmitTask { task: PLAN.into() }).await;
    let remark = Some(house.content(words).await);
    house.order(person("olena"), ProjectCommand::ReturnTask { task: PLAN.into(), round: None, remark }).await;
    house.settle().await;
    house.work(PLAN).await;
    house.press(SOFIIA, GROUP, "✅").await;
}

/// A field of a result that the client reads, then the task is cancelled for a reason.
async fn design(house: &House, words: &str) {
    let task = || "profile_design".into();
    house.order(person("iryna"), ProjectCommand::StartTask { task: task() }).await;
    house.fill("profile_design").await;
    let values = vec![("bio".to_owned(), Entered::Text(words.to_owned()))];
    house.order(person("iryna"), ProjectCommand::SetFields { task: task(), values }).await;
    house.order(person("iryna"), ProjectCommand::SubmitTask { task: task() }).await;
    house.order(person("olena"), ProjectCommand::AcceptTask { task: task(), round: None }).await;
    house.settle().await;
    let reason = house.content(words).await;
    house.order(person("olena"), ProjectCommand::CancelTask { task: task(), reason }).await;
    house.settle().await;
}

/// The formatting of each message of the bot: kinds, and where links and mentions lead.
fn formatting(house: &House, chat: i64) -> Vec<Vec<String>> {
    let of = |entity: &Value| format!("{} {} {}", entity["type"], entity["url"], entity["user"]["id"]);
    let messages = house.sandbox.messages(chat).into_iter().filter(|message| message.is_bot);
    messages.map(|message| message.entities.iter().map(of).collect()).collect()
}

/// Nothing that the bot asked of Telegram was refused.
fn insist_on_no_refusals(house: &House, about: &str) {
    let refused = house.sandbox.journal(0).into_iter().filter(|entry| entry.kind == Kind::Refused);
    let refused: Vec<_> =
        refused.map(|entry| format!("{} {} {:?}", entry.method, entry.detail, entry.text)).collect();
    assert!(refused.is_empty(), "{about:?}: {refused:?}");
}

fn turns_or_hides(text: &str) -> bool {
    let bad =
        |c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}' | '\u{200f}' | '\0');
    text.chars().any(bad)
}

async fn hostile_words_change_no_formatting(language: &str) {
    let Walk { house: tame, _folder } = walk(language, "Софія").await;
    let expected = [GROUP, STAFF_CHAT].map(|chat| formatting(&tame, chat));
    insist_on_no_refusals(&tame, "tame");
    is_well(tame).await;
    for words in hostile() {
        let Walk { house, _folder } = walk(language, &words).await;
        insist_on_no_refusals(&house, &words);
        for (chat, expected) in [GROUP, STAFF_CHAT].into_iter().zip(&expected) {
            assert_eq!(&formatting(&house, chat), expected, "{words:?}\n{}", script(&house, chat));
            let bad = house.said(chat).into_iter().find(|text| turns_or_hides(text));
            assert!(bad.is_none(), "{words:?}: {bad:?}");
        }
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_names_and_comments_change_no_formatting_in_ukrainian() {
    hostile_words_change_no_formatting("uk").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_names_and_comments_change_no_formatting_in_english() {
    hostile_words_change_no_formatting("en").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_looks_like_markup_is_read_as_it_was_written() {
    for language in ["uk", "en"] {
        let Walk { house, _folder } = walk(language, "<b>Жирна</b> { $x } &amp; </a>").await;
        for chat in [GROUP, STAFF_CHAT] {
            let said = house.said(chat).join("\n");
            assert!(said.contains("<b>Жирна</b> { $x } &amp; </a>"), "{said}");
            assert!(!said.contains("&lt;") && !said.contains("&amp;amp;"), "nothing is escaped: {said}");
        }
        if language == "uk" {
            insta::assert_snapshot!("hostile_client_uk", script(&house, GROUP));
            insta::assert_snapshot!("hostile_staff_uk", script(&house, STAFF_CHAT));
        }
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_with_one_emoji_made_of_several_keeps_it_whole() {
    let Walk { house, _folder } = walk("uk", "Оля 👩‍💻").await;
    let outcome = house.said(GROUP).into_iter().find(|text| text.contains("Погоджено:")).expect("an outcome");
    assert!(outcome.contains("Оля 👩‍💻"), "{outcome}");
    is_well(house).await;
}

/// A name or text of random hostile pieces.
fn mixture(random: &mut StdRng, pieces: &[String]) -> String {
    let count = random.random_range(1..6);
    let piece = |random: &mut StdRng| {
        pieces.choose(random).expect("it is there").chars().take(60).collect::<String>()
    };
    let chosen: Vec<_> = (0..count).map(|_| piece(random)).collect();
    chosen.join([" ", "", "\n"].choose(random).expect("it is there"))
}

/// What stands between offset and length, counted the way Telegram counts.
fn covered(message: &MessageView, entity: &Value) -> String {
    let number =
        |key: &str| usize::try_from(entity[key].as_u64().expect("it is there")).expect("it is there");
    let units: Vec<u16> = message.text.encode_utf16().skip(number("offset")).take(number("length")).collect();
    String::from_utf16(&units).expect("whole characters")
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_thousand_hostile_writers_each_reaches_the_staff_in_one_message_with_one_bold_name() {
    let seed = std::env::var("SIGNOFF_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20);
    let mut random = StdRng::seed_from_u64(seed);
    let (pieces, db) = (hostile(), db::sqlite());
    let house = House::open(&db, "uk").await;
    house.sandbox.set_privacy(false);
    let before = house.said(STAFF_CHAT).len();
    for batch in 0..20 {
        for number in 0..100 {
            let user = 100_000 + batch * 100 + number;
            let (name, text) = (mixture(&mut random, &pieces), mixture(&mut random, &pieces));
            house.sandbox.add_person(user, &name, None, None).unwrap();
            house.sandbox.join(user, GROUP).unwrap();
            house.sandbox.send_text(user, GROUP, &text, None).unwrap();
        }
        house.settle().await;
    }
    let messages: Vec<_> =
        house.sandbox.messages(STAFF_CHAT).into_iter().filter(|message| message.is_bot).collect();
    assert_eq!(messages.len() - before, 2_000, "seed {seed}");
    for message in &messages[before..] {
        let kinds: Vec<_> = message.entities.iter().map(|entity| entity["type"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["bold"], "seed {seed}: {message:?}");
        assert_eq!(covered(message, &message.entities[0]), "Кава «Ранок»", "seed {seed}: {message:?}");
        assert!(!turns_or_hides(&message.text), "seed {seed}: {message:?}");
    }
    insist_on_no_refusals(&house, &format!("seed {seed}"));
    is_well(house).await;
}
