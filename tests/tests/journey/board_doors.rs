//! Who comes in: links that the bot sends, sessions, and what other sites send (RELIABILITY 6.4).

use journeys::db::{self, Db};
use journeys::desk::STAFF_CHAT;
use journeys::house::{House, SOFIIA};
use journeys::page::{Pages, link_in};
use journeys::visitor::Visitor;

use super::briefs::serve;
use super::hands::OLENA;

/// Olena has spoken to the bot, so it may write to her.
async fn house() -> (Db, House, Pages) {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    house.sandbox.send_text(OLENA, OLENA, "/start", None).expect("said");
    house.settle().await;
    let pages = serve(&house).await;
    (db, house, pages)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bot_sends_a_button_and_only_a_press_of_it_signs_in_and_only_once() {
    let (_db, house, pages) = house().await;
    let mut olena = Visitor::stranger(&pages);
    assert_eq!(olena.get("/board").await.headers["location"], "/login?to=%2Fboard");
    let asked = olena.post("/login", &[("who", "Olena")]).await;
    let unknown = olena.post("/login", &[("who", "nobody-here")]).await;
    assert_eq!((asked.status.as_u16(), &asked.text), (200, &unknown.text), "nobody learns who works here");
    let other = Visitor::stranger(&pages);
    olena.keep_cookie(&asked);
    house.settle().await;
    let link = link_in(&house, OLENA, "Увійти");
    for _ in 0..3 {
        let looked = olena.get(&link).await;
        assert!(looked.text.contains("Олена Коваль"), "{}", looked.text);
    }
    let elsewhere = other.get(&link).await;
    assert_eq!(elsewhere.status, 404, "another browser did not ask for it");
    assert!(elsewhere.text.contains("лише в тому браузері") && !elsewhere.text.contains("Олена Коваль"));
    assert_eq!(other.post(&link, &[]).await.status, 404, "and cannot take it");
    let taken = olena.post(&link, &[("to", "/board")]).await;
    assert_eq!((taken.status.as_u16(), taken.headers["location"].to_str().unwrap()), (303, "/board"));
    let cookie = taken.headers["set-cookie"].to_str().unwrap().to_owned();
    for wanted in ["__Host-s=", "HttpOnly", "SameSite=Lax", "Secure", "Path=/"] {
        assert!(cookie.contains(wanted), "{wanted}: {cookie}");
    }
    olena.keep_cookie(&taken);
    assert_eq!(olena.get("/board").await.status, 200);
    assert_eq!(olena.post(&link, &[]).await.status, 404, "a link works once");
    assert_eq!(olena.post("/logout", &[]).await.status, 303);
    assert_eq!(olena.get("/board").await.status, 303, "signed out");
}

#[tokio::test(flavor = "multi_thread")]
async fn links_and_sessions_grow_old_and_nobody_gets_more_than_three_links_in_ten_minutes() {
    let (_db, house, pages) = house().await;
    let stranger = Visitor::stranger(&pages);
    let link = house.sign_in_path("olena").await;
    house.skip(11 * 60);
    assert_eq!(stranger.post(&link, &[]).await.status, 404);
    let olena = Visitor::signed_in(&house, &pages, "olena").await;
    for _ in 0..3 {
        house.skip(11 * 3_600);
        assert_eq!(olena.get("/today").await.status, 200, "whoever works stays in");
    }
    house.skip(13 * 3_600);
    assert_eq!(olena.get("/today").await.status, 303, "twelve hours of silence end a session");
    for _ in 0..5 {
        stranger.post("/login", &[("who", "olena")]).await;
    }
    house.settle().await;
    assert_eq!(house.said(OLENA).iter().filter(|text| text.contains("Вхід на дошку")).count(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_shown_to_strangers_and_nothing_is_taken_from_other_sites() {
    let (_db, house, pages) = house().await;
    let stranger = Visitor::stranger(&pages);
    for path in ["/today", "/board", "/new", "/p/smm-test", "/p/smm-test/communication/moves", "/live"] {
        assert_eq!(stranger.get(path).await.status, 303, "{path}");
    }
    for path in ["/new", "/p/smm-test/communication/start", "/p/smm-test/communication/move"] {
        assert_eq!(stranger.post(path, &[("to", "work")]).await.status, 303, "{path}");
    }
    let head = house.app.store().head().await.unwrap().position;
    let foreign = pages.post("/p/smm-test/communication/start", &[]).await;
    assert_eq!(foreign.status, 403, "no word of where it comes from");
    for (language, title) in
        [("uk", "Це надіслано не зі сторінки Signoff"), ("en", "This was not sent from a page of Signoff")]
    {
        let post = pages.client.post(pages.at("/p/smm-test/communication/start"));
        let answer = post.header("accept-language", language).send().await.expect("an answer");
        assert_eq!(answer.status(), 403);
        let text = answer.text().await.expect("a page");
        assert!(text.contains(title) && text.contains(&format!("lang=\"{language}\"")), "{text}");
    }
    assert_eq!(house.app.store().head().await.unwrap().position, head, "nothing happened");
    let page = stranger.get("/login").await;
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{policy}");
    assert_eq!(page.headers["cache-control"], "no-store");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_signs_in_goes_on_to_pages_of_this_server_alone() {
    let (_db, house, pages) = house().await;
    let stranger = Visitor::stranger(&pages);
    for elsewhere in ["https://evil.example", "//evil.example", "/\\evil.example", "evil"] {
        let link = house.sign_in_path("maksym").await;
        let taken = stranger.post(&link, &[("to", elsewhere)]).await;
        assert_eq!(taken.headers["location"], "/today", "{elsewhere}");
        house.skip(11 * 60);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_tries_too_often_waits_however_the_name_is_typed_and_nobody_else_does() {
    let (_db, house, pages) = house().await;
    let stranger = Visitor::stranger(&pages);
    for door in ["/login", "/login/password"] {
        house.skip(600);
        let knock = async |who: &str| {
            stranger.post(door, &[("who", who), ("password", "x"), ("code", "1")]).await.status.as_u16()
        };
        for (who, other) in [("olena", "@@Olena"), ("nobody-works-here", "@nobody-works-here")] {
            for _ in 0..10 {
                assert_ne!(knock(who).await, 429, "{door} {who}");
            }
            assert_eq!((knock(who).await, knock(other).await), (429, 429), "{door} {who}");
        }
        assert_ne!(knock("maksym").await, 429, "{door}");
        let long = "a".repeat(20_000);
        assert_eq!(knock(&long).await, 413, "{door}: nothing is done with so much");
        assert_eq!(knock(&"ї".repeat(101)).await, 413, "{door}: no name is so long");
        assert_ne!(knock(&"ї".repeat(100)).await, 413, "{door}");
        for field in ["to", "password"] {
            let typed = [("who", "iryna"), (field, &"a".repeat(513))];
            assert_eq!(stranger.post(door, &typed).await.status, 413, "{door} {field}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_sign_in_ends_the_one_that_the_browser_had_and_no_other() {
    let (_db, house, pages) = house().await;
    let elsewhere = Visitor::signed_in(&house, &pages, "olena").await;
    let before = Visitor::signed_in(&house, &pages, "olena").await;
    let again = before.post(&house.sign_in_path("olena").await, &[]).await;
    assert_eq!(again.status, 303, "{}", again.text);
    assert_eq!(before.get("/today").await.status, 303, "the old cookie opens nothing");
    let mut after = Visitor::stranger(&pages);
    after.keep_cookie(&again);
    assert_eq!(
        (after.get("/today").await.status.as_u16(), elsewhere.get("/today").await.status.as_u16()),
        (200, 200)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_live_stream_ends_soon_after_its_session_does() {
    let (_db, house, pages) = house().await;
    let olena = Visitor::signed_in(&house, &pages, "olena").await;
    let mut live = olena.open("/live?at=%2Fboard").await;
    let ended = tokio::time::timeout(std::time::Duration::from_secs(30), async {
        assert!(live.chunk().await.expect("it tells").is_some());
        assert_eq!(olena.post("/logout", &[]).await.status, 303);
        while live.chunk().await.expect("it ends in order").is_some() {}
    });
    ended.await.expect("nothing more is told");
    let maksym = Visitor::signed_in(&house, &pages, "maksym").await;
    let mut open = Vec::new();
    for _ in 0..20 {
        let live = maksym.open("/live").await;
        assert_eq!(live.status(), 200);
        open.push(live);
    }
    assert_eq!(maksym.open("/live").await.status(), 429, "a person has so many pages open at most");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_cannot_get_a_link_because_of_others_asks_the_bot_and_only_the_staff_hear_from_it() {
    let (_db, house, pages) = house().await;
    let guesser = Visitor::stranger(&pages);
    for _ in 0..12 {
        guesser.post("/login", &[("who", "olena")]).await;
        guesser.post("/login/password", &[("who", "olena"), ("password", "x"), ("code", "1")]).await;
    }
    house.settle().await;
    let before = house.sandbox.messages(OLENA).len();
    house.sandbox.send_text(OLENA, OLENA, "/login", None).expect("said");
    house.settle().await;
    assert_eq!(house.sandbox.messages(OLENA).len(), before + 2, "her words and the answer");
    let link = link_in(&house, OLENA, "Увійти");
    let mut olena = Visitor::stranger(&pages);
    let taken = olena.post(&link, &[]).await;
    assert_eq!(taken.status, 303, "{}", taken.text);
    olena.keep_cookie(&taken);
    assert_eq!(olena.get("/board").await.status, 200);
    // Where others read along, and to whoever does not work here, nothing is said.
    let staff = house.sandbox.messages(STAFF_CHAT).len();
    house.sandbox.send_text(OLENA, STAFF_CHAT, "/login", None).expect("said");
    house.settle().await;
    let own = house.sandbox.messages(SOFIIA).len();
    house.sandbox.send_text(SOFIIA, SOFIIA, "/login", None).expect("said");
    house.settle().await;
    assert_eq!(house.sandbox.messages(STAFF_CHAT).len(), staff + 1);
    assert_eq!(house.sandbox.messages(SOFIIA).len(), own + 1, "{}", house.transcript(SOFIIA));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_address_may_not_try_one_name_after_another_and_other_addresses_go_on() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    let pages = Pages::serve_with_peers(web::routes(house.site())).await;
    let knock = async |from: &str, who: &str| {
        let request = pages.client.post(pages.at("/login")).form(&[("who", who)]);
        let request = request.header("sec-fetch-site", "same-origin").header("origin", "null");
        request.header("x-forwarded-for", from).send().await.expect("an answer").status().as_u16()
    };
    for name in 0..10 {
        assert_eq!(knock("203.0.113.7", &format!("somebody-{name}")).await, 200, "{name}");
    }
    assert_eq!(knock("203.0.113.7", "olena").await, 429);
    assert_eq!(knock("198.51.100.1, 203.0.113.7", "olena").await, 429, "whatever it says before the proxy");
    assert_eq!(knock("203.0.113.8", "olena").await, 200);
    house.skip(6);
    assert_eq!(knock("203.0.113.7", "olena").await, 200, "one more each six seconds");
}
