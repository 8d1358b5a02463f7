//! People: deep links, presses, files, edits, blocks, and the same over /control.

use sandbox::{FileKind, SentFile};
use serde_json::{Value, json};

use crate::world::{GROUP, IVAN, SOFIA, World, one_button};

#[tokio::test]
async fn a_startgroup_link_brings_the_bot_in_and_then_its_command() {
    let world = World::start().await;
    world.sandbox.add_chat(-77, sandbox::ChatKind::Group, "Хлібна").unwrap();
    world.sandbox.join(SOFIA, -77).unwrap();
    let link = "https://t.me/signoff_bot?startgroup=Ab_9-xyz";
    world.sandbox.open_link(SOFIA, Some(-77), link).unwrap();
    let told = world.drain().await;
    assert_eq!(told[0]["my_chat_member"]["old_chat_member"]["status"], "left");
    assert_eq!(told[0]["my_chat_member"]["new_chat_member"]["status"], "member");
    assert_eq!(told[0]["my_chat_member"]["from"]["id"], json!(SOFIA));
    assert_eq!(told[1]["message"]["new_chat_members"][0]["is_bot"], true);
    assert_eq!(told[2]["message"]["text"], "/start@signoff_bot Ab_9-xyz");
    assert_eq!(told[2]["message"]["entities"], json!([{"type": "bot_command", "offset": 0, "length": 18}]));
    world.sandbox.open_link(SOFIA, Some(-77), "second").unwrap();
    assert_eq!(world.drain().await.len(), 1, "the bot is there already");
    assert!(world.sandbox.open_link(SOFIA, Some(-77), "https://t.me/other_bot?startgroup=x").is_err());
}

#[tokio::test]
async fn a_start_link_opens_the_private_chat() {
    let world = World::start().await;
    world.sandbox.open_link(IVAN, None, "https://t.me/signoff_bot?start=tok").unwrap();
    let told = world.drain().await;
    assert_eq!(told[0]["message"]["text"], "/start tok");
    assert_eq!(told[0]["message"]["chat"]["type"], "private");
    assert_eq!(told[0]["message"]["entities"][0]["length"], 6);
    world.send(IVAN, "Вітаю").await;
    world.sandbox.block_bot(IVAN).unwrap();
    world.sandbox.unblock_bot(IVAN).unwrap();
    let seats = world.drain().await;
    assert_eq!(seats[0]["my_chat_member"]["new_chat_member"]["status"], "kicked");
    assert_eq!(seats[1]["my_chat_member"]["new_chat_member"]["status"], "member");
}

#[tokio::test]
async fn a_press_carries_the_data_and_its_answer_comes_back() {
    let world = World::start().await;
    let sent = json!({"chat_id": GROUP, "text": "План", "reply_markup": one_button("✅ Схвалити", "d1:abc")});
    let id = world.ok("sendMessage", sent).await["message_id"].as_i64().unwrap();
    let press = world.sandbox.press(SOFIA, GROUP, id, "Схвалити").unwrap();
    assert!(world.sandbox.press(SOFIA, GROUP, id, "Повернути").is_err());
    let query = world.drain().await[0]["callback_query"].clone();
    assert_eq!(query["id"], json!(press));
    assert_eq!(query["data"], "d1:abc");
    assert_eq!(query["from"]["id"], json!(SOFIA));
    assert_eq!(query["message"]["reply_markup"], one_button("✅ Схвалити", "d1:abc"));
    assert_eq!(world.sandbox.callback_answer(&press), None);
    world.ok("answerCallbackQuery", json!({"callback_query_id": press, "text": "Дякуємо"})).await;
    assert_eq!(world.sandbox.callback_answer(&press).unwrap().text.as_deref(), Some("Дякуємо"));
}

#[tokio::test]
async fn any_data_can_be_pressed_even_on_a_message_that_is_gone() {
    let world = World::start().await;
    world.sandbox.press_raw(IVAN, GROUP, 4_242, "forged").unwrap();
    let query = world.drain().await[0]["callback_query"].clone();
    assert_eq!(query["data"], "forged");
    assert_eq!(query["message"]["date"], 0);
    assert_eq!(query["message"]["message_id"], 4_242);
}

#[tokio::test]
async fn a_persons_file_can_be_fetched_under_the_token() {
    let world = World::start().await;
    let prompt = world.send(GROUP, "Надішліть зауваження").await;
    let mut file = SentFile::new(SOFIA, GROUP, FileKind::Document);
    file.file_name = Some("зміни.pdf".to_owned());
    file.mime = Some("application/pdf".to_owned());
    file.caption = Some("ось".to_owned());
    file.reply_to = Some(prompt);
    world.sandbox.send_file_bytes(&file, "байти".as_bytes()).unwrap();
    let voice = SentFile {
        reply_to: Some(prompt),
        size: Some(30_000_000),
        ..SentFile::new(SOFIA, GROUP, FileKind::Voice)
    };
    world.sandbox.send_file(&voice).unwrap();
    let told = world.drain().await;
    let document = &told[0]["message"]["document"];
    assert_eq!(document["file_name"], "зміни.pdf");
    assert_eq!(told[0]["message"]["caption"], "ось");
    assert!(told[1]["message"]["voice"].get("mime_type").is_none());
    let got = world.ok("getFile", json!({"file_id": document["file_id"]})).await;
    let path = got["file_path"].as_str().unwrap();
    for path in [path.to_owned(), path.replace('/', "%2F")] {
        let url = format!("{}/file/bot{}/{path}", world.sandbox.api_url(), crate::world::TOKEN);
        let bytes = world.client.get(url).send().await.unwrap().bytes().await.unwrap();
        assert_eq!(bytes, "байти".as_bytes());
    }
    let big = json!({"file_id": told[1]["message"]["voice"]["file_id"]});
    assert_eq!(world.refused("getFile", big).await, "Bad Request: file is too big");
}

#[tokio::test]
async fn an_edit_is_told_and_a_deletion_is_not() {
    let world = World::start().await;
    let id = world.sandbox.send_text(SOFIA, GROUP, "/status", None).unwrap();
    world.sandbox.edit_text(SOFIA, GROUP, id, "/status усе").unwrap();
    assert!(world.sandbox.edit_text(IVAN, GROUP, id, "чуже").is_err());
    world.sandbox.delete_message(GROUP, id).unwrap();
    let told = world.drain().await;
    assert_eq!(told.len(), 2);
    assert_eq!(told[1]["edited_message"]["text"], "/status усе");
    assert!(told[1]["edited_message"]["edit_date"].is_i64());
}

#[tokio::test]
async fn other_processes_do_the_same_over_control() {
    let world = World::start().await;
    let post = |action: &'static str, body: Value| {
        let url = format!("{}/control/{action}", world.sandbox.api_url());
        let request = world.client.post(url).json(&body);
        async move { request.send().await.unwrap().json::<Value>().await.unwrap() }
    };
    assert_eq!(post("add_person", json!({"id": 103, "name": "Оля"})).await["ok"], true);
    assert_eq!(post("join", json!({"person": 103, "chat": GROUP})).await["ok"], true);
    let said = post("send_text", json!({"person": 103, "chat": GROUP, "text": "/my"})).await;
    let id = said["result"]["message"].as_i64().unwrap();
    let seen = post("messages", json!({"chat": GROUP})).await;
    let last = seen["result"].as_array().unwrap().last().unwrap();
    assert_eq!((last["id"].as_i64(), last["from_name"].as_str()), (Some(id), Some("Оля")));
    assert_eq!(
        post("press", json!({"person": 103, "chat": GROUP, "message": id, "button": "x"})).await["ok"],
        false
    );
    assert_eq!(post("advance", json!({"seconds": "one"})).await["ok"], false);
    let fault = json!({"method": "getMe", "kind": "bad_request", "description": "ні", "count": 1});
    assert_eq!(post("fault_add", fault).await["ok"], true);
    assert_eq!(world.refused("getMe", json!({})).await, "Bad Request: ні");
    assert_eq!(world.call("getMe", json!({})).await["ok"], true);
    assert_eq!(post("state", json!({})).await["result"]["people"].as_array().unwrap().len(), 3);
    assert_eq!(post("nonsense", json!({})).await["ok"], false);
    let page = world.client.get(world.sandbox.page_url()).send().await.unwrap();
    assert!(page.headers()["content-type"].to_str().unwrap().starts_with("text/html"));
}
