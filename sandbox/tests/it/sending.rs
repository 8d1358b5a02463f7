//! Sending: ids, bodies of all kinds, uploads, prompts, limits.

use reqwest::multipart::{Form, Part};
use sandbox::Options;
use serde_json::{Value, json};

use crate::world::{GROUP, IVAN, SOFIA, SUPER, TOKEN, World, one_button};

#[tokio::test]
async fn supergroups_count_for_themselves_and_the_rest_share_a_counter() {
    let world = World::start().await;
    world.sandbox.send_text(IVAN, IVAN, "/start", None).unwrap();
    let (a, b, c) = (world.send(GROUP, "1").await, world.send(IVAN, "2").await, world.send(GROUP, "3").await);
    assert_eq!((b, c), (a + 1, a + 2));
    let first = world.send(SUPER, "1").await;
    world.send(GROUP, "4").await;
    assert_eq!(world.send(SUPER, "2").await, first + 1);
}

#[tokio::test]
async fn a_call_may_come_as_query_form_json_or_multipart_and_in_any_case() {
    let world = World::start().await;
    let read =
        |answer: reqwest::Response| async { answer.json::<Value>().await.unwrap()["result"]["text"].clone() };
    let query = world.url("SendMessage?chat_id=-500&text=%D0%A2%D0%B0%D0%BA+1");
    assert_eq!(read(world.client.get(query).send().await.unwrap()).await, "Так 1");
    let form = world.client.post(world.url("SENDMESSAGE"));
    let form = form.header("content-type", "application/x-www-form-urlencoded");
    let markup = "%7B%22inline_keyboard%22%3A%5B%5B%7B%22text%22%3A%22a%22%2C%22callback_data%22%3A%22b%22%7D%5D%5D%7D";
    let body = format!("chat_id=-500&text=2&reply_markup={markup}");
    let sent = form.body(body).send().await.unwrap().json::<Value>().await.unwrap();
    assert_eq!(sent["result"]["reply_markup"], one_button("a", "b"));
    let parts = Form::new().text("chat_id", "-500").text("text", "три");
    let sent = world.client.post(world.url("sendmessage")).multipart(parts).send().await.unwrap();
    assert_eq!(read(sent).await, "три");
    assert_eq!(world.ok("sendMessage", json!({"chat_id": "-500", "text": "4"})).await["text"], "4");
    let broken = world.client.post(world.url("getMe")).header("content-type", "application/json").body("{");
    assert_eq!(broken.send().await.unwrap().status(), 400);
}

#[tokio::test]
async fn an_uploaded_file_can_be_sent_again_by_its_id() {
    let world = World::start().await;
    let part = Part::bytes(b"PDF".to_vec()).file_name("plan.pdf").mime_str("application/pdf").unwrap();
    let form = Form::new()
        .text("chat_id", "-500")
        .text("caption", "План")
        .text("document", "attach://f1")
        .part("f1", part);
    let sent = world.client.post(world.url("sendDocument")).multipart(form).send().await.unwrap();
    let sent: Value = sent.json().await.unwrap();
    let document = &sent["result"]["document"];
    assert_eq!((document["file_name"].as_str(), document["file_size"].as_u64()), (Some("plan.pdf"), Some(3)));
    let again = json!({"chat_id": SUPER, "document": document["file_id"]});
    assert_eq!(world.ok("sendDocument", again).await["document"]["file_id"], document["file_id"]);
    let wrong = json!({"chat_id": SUPER, "photo": "nonsense"});
    assert_eq!(
        world.refused("sendPhoto", wrong).await,
        "Bad Request: wrong file identifier/HTTP URL specified"
    );
    assert_eq!(world.sandbox.last_message(SUPER).unwrap().file.unwrap().name.as_deref(), Some("plan.pdf"));
}

#[tokio::test]
async fn html_becomes_text_and_entities() {
    let world = World::start().await;
    let body = json!({"chat_id": GROUP, "parse_mode": "HTML",
        "text": "<b>Готово</b>: <a href=\"https://example.org/?a=1&amp;b=2\">план</a> &lt;2&gt;"});
    let sent = world.ok("sendMessage", body).await;
    assert_eq!(sent["text"], "Готово: план <2>");
    assert_eq!(
        sent["entities"][1],
        json!({"type": "text_link", "url": "https://example.org/?a=1&b=2", "offset": 8, "length": 4})
    );
}

#[tokio::test]
async fn a_prompt_shows_and_its_reply_reaches_the_bot_in_privacy_mode() {
    let world = World::start().await;
    let body = json!({"chat_id": GROUP, "text": "Софіє, що змінити?",
        "reply_markup": {"force_reply": true, "selective": true, "input_field_placeholder": "Зауваження"}});
    let id = world.ok("sendMessage", body).await["message_id"].as_i64().unwrap();
    let seen = world.sandbox.last_message(GROUP).unwrap();
    assert!(seen.force_reply && seen.is_bot);
    assert_eq!(seen.placeholder.as_deref(), Some("Зауваження"));
    world.sandbox.send_text(SOFIA, GROUP, "менше про ціни", Some(id)).unwrap();
    assert_eq!(world.drain().await[0]["message"]["reply_to_message"]["message_id"], json!(id));
}

#[tokio::test]
async fn limits_answer_429_when_they_are_enforced() {
    let options = Options { token: TOKEN.to_owned(), enforce_limits: true, ..Options::default() };
    let world = World::with(options).await;
    for n in 0..20 {
        world.send(GROUP, &format!("{n}")).await;
        world.sandbox.advance(1);
    }
    let refused = world.call("sendMessage", json!({"chat_id": GROUP, "text": "21"})).await;
    assert_eq!(refused["error_code"], 429);
    let wait = refused["parameters"]["retry_after"].as_i64().unwrap();
    assert!((30..=40).contains(&wait), "{refused}");
    assert_eq!(refused["description"], format!("Too Many Requests: retry after {wait}"));
    world.sandbox.advance(wait);
    world.send(GROUP, "21").await;
    let stats = world.sandbox.stats();
    assert_eq!(stats.max_per_minute[&GROUP], 20);
    assert_eq!(stats.order[&GROUP].len(), 21);
    for n in 0..3 {
        world.send(SUPER, &format!("{n}")).await;
    }
    assert_eq!(world.call("sendMessage", json!({"chat_id": SUPER, "text": "4"})).await["error_code"], 429);
}

#[tokio::test]
async fn the_bot_can_ask_about_itself_chats_and_members() {
    let world = World::start().await;
    let me = world.ok("GetMe", json!({})).await;
    assert_eq!(
        (me["id"].as_i64(), me["can_read_all_group_messages"].as_bool()),
        (Some(world.sandbox.bot_id()), Some(false))
    );
    assert_eq!(world.ok("getChat", json!({"chat_id": GROUP})).await["title"], "Ранок × Маяк");
    let ask = |user: i64| world.call("getChatMember", json!({"chat_id": GROUP, "user_id": user}));
    assert_eq!(ask(SOFIA).await["result"]["status"], "member");
    assert_eq!(ask(world.sandbox.bot_id()).await["result"]["status"], "member");
    world.sandbox.leave(SOFIA, GROUP).unwrap();
    assert_eq!(ask(SOFIA).await["result"]["status"], "left");
    let commands = json!([{"command": "status", "description": "Стан"}]);
    world.ok("setMyCommands", json!({"commands": commands})).await;
    assert_eq!(world.ok("getMyCommands", json!({})).await, commands);
    let bad = json!({"commands": [{"command": "Bad Name", "description": "x"}]});
    assert_eq!(world.refused("setMyCommands", bad).await, "Bad Request: BOT_COMMAND_INVALID");
    world.ok("sendChatAction", json!({"chat_id": GROUP, "action": "typing"})).await;
}
