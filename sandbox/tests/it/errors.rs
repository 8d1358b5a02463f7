//! Every refusal with the status and the exact words of Telegram.

use serde_json::json;

use crate::world::{GROUP, IVAN, SOFIA, SUPER, World, one_button};

#[tokio::test]
async fn a_wrong_token_is_unauthorized_and_an_unknown_method_is_not_found() {
    let world = World::start().await;
    let url = format!("{}/bot1:wrong/getMe", world.sandbox.api_url());
    let answer = world.client.get(url).send().await.unwrap();
    assert_eq!(answer.status(), 401);
    let body: serde_json::Value = answer.json().await.unwrap();
    assert_eq!(body, json!({"ok": false, "error_code": 401, "description": "Unauthorized"}));
    assert_eq!(world.call("sendTelepathy", json!({})).await["error_code"], 404);
    world.sandbox.set_token("2:new");
    assert_eq!(world.call("getMe", json!({})).await["error_code"], 401);
}

#[tokio::test]
async fn texts_are_measured_in_utf16_units() {
    let world = World::start().await;
    let send = |text: String| world.call("sendMessage", json!({"chat_id": GROUP, "text": text}));
    assert_eq!(send("ї".repeat(4096)).await["ok"], true);
    assert_eq!(send("🎉".repeat(2048)).await["ok"], true);
    assert_eq!(send("🎉".repeat(2049)).await["description"], "Bad Request: message is too long");
    for empty in ["", "  \n "] {
        assert_eq!(send(empty.to_owned()).await["description"], "Bad Request: message text is empty");
    }
}

#[tokio::test]
async fn button_data_has_one_to_64_bytes_and_a_web_app_is_for_private_chats() {
    let world = World::start().await;
    let send =
        |markup| world.call("sendMessage", json!({"chat_id": GROUP, "text": "?", "reply_markup": markup}));
    assert_eq!(send(one_button("Так", &"д".repeat(32))).await["ok"], true);
    for bad in ["", &"д".repeat(33)] {
        assert_eq!(send(one_button("Так", bad)).await["description"], "Bad Request: BUTTON_DATA_INVALID");
    }
    let app = json!({"inline_keyboard": [[{"text": "App", "web_app": {"url": "https://example.org"}}]]});
    assert_eq!(send(app).await["description"], "Bad Request: BUTTON_TYPE_INVALID");
}

#[tokio::test]
async fn entities_are_checked_strictly() {
    let world = World::start().await;
    let text = "🎉 Готово";
    let bad = [
        json!([{"type": "bold", "offset": 1, "length": 2}]),
        json!([{"type": "bold", "offset": 3, "length": 7}]),
        json!([{"type": "sparkle", "offset": 0, "length": 2}]),
        json!([{"type": "text_link", "offset": 0, "length": 2}]),
        json!([{"type": "bold", "offset": 0, "length": 0}]),
    ];
    for entities in bad {
        let why =
            world.refused("sendMessage", json!({"chat_id": GROUP, "text": text, "entities": entities})).await;
        assert!(why.starts_with("Bad Request: can't parse entities: "), "{why}");
    }
    let good = json!([{"type": "bold", "offset": 3, "length": 6}]);
    let sent = world.ok("sendMessage", json!({"chat_id": GROUP, "text": text, "entities": good})).await;
    assert_eq!(sent["entities"], good);
    let why =
        world.refused("sendMessage", json!({"chat_id": GROUP, "text": "<b>a", "parse_mode": "HTML"})).await;
    assert!(why.starts_with("Bad Request: can't parse entities: "), "{why}");
}

#[tokio::test]
async fn a_reply_needs_its_message_unless_it_may_do_without() {
    let world = World::start().await;
    let reply = |allow| {
        json!({"chat_id": GROUP, "text": "!", "reply_parameters":
            {"message_id": 9_999, "allow_sending_without_reply": allow}})
    };
    assert_eq!(
        world.refused("sendMessage", reply(false)).await,
        "Bad Request: message to be replied not found"
    );
    assert!(world.ok("sendMessage", reply(true)).await.get("reply_to_message").is_none());
    let first = world.send(GROUP, "Готово?").await;
    let old_way = json!({"chat_id": GROUP, "text": "!", "reply_to_message_id": first});
    assert_eq!(world.ok("sendMessage", old_way).await["reply_to_message"]["text"], "Готово?");
}

#[tokio::test]
async fn an_edit_must_change_something_of_the_bots_own() {
    let world = World::start().await;
    let markup = one_button("Схвалити", "d1:x");
    let sent =
        world.ok("sendMessage", json!({"chat_id": GROUP, "text": "План", "reply_markup": markup})).await;
    let id = sent["message_id"].clone();
    let edit = |id: serde_json::Value, text: &str, markup: Option<serde_json::Value>| {
        world.call(
            "editMessageText",
            json!({"chat_id": GROUP, "message_id": id, "text": text, "reply_markup": markup}),
        )
    };
    assert_eq!(
        edit(id.clone(), "План", Some(markup.clone())).await["description"],
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the same \
         as a current content and reply markup of the message"
    );
    assert_eq!(edit(json!(9_999), "а", None).await["description"], "Bad Request: message to edit not found");
    let foreign = world.sandbox.send_text(SOFIA, GROUP, "моє", None).unwrap();
    assert_eq!(edit(json!(foreign), "а", None).await["description"], "Bad Request: message can't be edited");
    let edited = edit(id.clone(), "План", None).await;
    assert!(edited["result"].get("reply_markup").is_none(), "an edit without markup removes the keyboard");
    let back = json!({"chat_id": GROUP, "message_id": id, "reply_markup": markup});
    assert_eq!(world.ok("editMessageReplyMarkup", back).await["reply_markup"], markup);
    world.ok("deleteMessage", json!({"chat_id": GROUP, "message_id": id})).await;
    assert_eq!(edit(id, "б", None).await["description"], "Bad Request: message to edit not found");
}

#[tokio::test]
async fn each_dead_chat_has_its_own_words() {
    let world = World::start().await;
    let send = |chat: i64| world.call("sendMessage", json!({"chat_id": chat, "text": "Добрий день"}));
    assert_eq!(send(-42).await["description"], "Bad Request: chat not found");
    let never = send(SOFIA).await;
    assert_eq!(never["description"], "Forbidden: bot can't initiate conversation with a user");
    assert_eq!(never["error_code"], 403);
    world.sandbox.send_text(SOFIA, SOFIA, "/start", None).unwrap();
    assert_eq!(send(SOFIA).await["ok"], true);
    world.sandbox.block_bot(SOFIA).unwrap();
    assert_eq!(send(SOFIA).await["description"], "Forbidden: bot was blocked by the user");
    world.sandbox.kick_bot(GROUP).unwrap();
    assert_eq!(send(GROUP).await["description"], "Forbidden: bot was kicked from the group chat");
    world.sandbox.kick_bot(SUPER).unwrap();
    assert_eq!(send(SUPER).await["description"], "Forbidden: bot was kicked from the supergroup chat");
    world.sandbox.return_bot(SUPER).unwrap();
    assert_eq!(send(SUPER).await["ok"], true);
    world.sandbox.add_chat(-1_009, sandbox::ChatKind::Supergroup, "Чужа").unwrap();
    assert_eq!(send(-1_009).await["description"], "Forbidden: bot is not a member of the supergroup chat");
}

#[tokio::test]
async fn a_migrated_group_names_its_supergroup_and_old_messages_are_dead_there() {
    let world = World::start().await;
    let old = world.send(GROUP, "до").await;
    let new = world.sandbox.migrate(GROUP).unwrap();
    let answer = world.call("sendMessage", json!({"chat_id": GROUP, "text": "після"})).await;
    assert_eq!(answer["error_code"], 400);
    assert_eq!(answer["description"], "Bad Request: group chat was upgraded to a supergroup chat");
    assert_eq!(answer["parameters"]["migrate_to_chat_id"], json!(new));
    let edit = json!({"chat_id": new, "message_id": old + 1_000, "text": "x"});
    assert_eq!(world.refused("editMessageText", edit).await, "Bad Request: message to edit not found");
    assert!(world.send(new, "після").await > 0);
    let told = world.drain().await;
    assert_eq!(told[0]["message"]["migrate_to_chat_id"], json!(new));
    assert_eq!(told[0]["message"]["chat"]["id"], json!(GROUP));
    assert_eq!(told[1]["message"]["migrate_from_chat_id"], json!(GROUP));
    assert_eq!(told[1]["message"]["chat"]["type"], "supergroup");
    assert!(world.sandbox.send_text(IVAN, GROUP, "хто тут", None).is_err());
}

#[tokio::test]
async fn a_late_or_made_up_callback_answer_is_too_old_and_a_long_one_is_refused() {
    const OLD: &str = "Bad Request: query is too old and response timeout expired or query ID is invalid";
    let world = World::start().await;
    let sent = json!({"chat_id": GROUP, "text": "?", "reply_markup": one_button("Так", "d1:y")});
    let id = world.ok("sendMessage", sent).await["message_id"].as_i64().unwrap();
    let press = world.sandbox.press(SOFIA, GROUP, id, "Так").unwrap();
    let answer = |id: &str, text: String| {
        world.call("answerCallbackQuery", json!({"callback_query_id": id, "text": text, "show_alert": true}))
    };
    assert_eq!(answer("17", "?".to_owned()).await["description"], OLD);
    assert_eq!(answer(&press, "я".repeat(201)).await["error_code"], 400);
    assert_eq!(answer(&press, "я".repeat(200)).await["ok"], true);
    assert!(world.sandbox.callback_answer(&press).unwrap().show_alert);
    world.sandbox.advance(150);
    assert_eq!(answer(&press, "?".to_owned()).await["description"], OLD);
}
