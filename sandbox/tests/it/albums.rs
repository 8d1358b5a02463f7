//! Albums, copies, and who is in a chat.

use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::world::{GROUP, IVAN, SOFIA, SUPER, World};

async fn send_album(world: &World, media: Value) -> Value {
    let photo = |name: &str| Part::bytes(b"png".to_vec()).file_name(name.to_owned());
    let form = Form::new()
        .text("chat_id", GROUP.to_string())
        .text("media", media.to_string())
        .part("one", photo("one.png"))
        .part("two", photo("two.png"));
    world.client.post(world.url("sendMediaGroup")).multipart(form).send().await.unwrap().json().await.unwrap()
}

#[tokio::test]
async fn an_album_is_several_messages_of_one_group_in_order() {
    let world = World::start().await;
    let media = json!([
        {"type": "photo", "media": "attach://one", "caption": "<b>Пост</b> 1", "parse_mode": "HTML"},
        {"type": "photo", "media": "attach://two"},
    ]);
    let sent = send_album(&world, media).await;
    let album = sent["result"].as_array().unwrap();
    assert_eq!(album.len(), 2, "{sent}");
    assert_eq!(album[0]["media_group_id"], album[1]["media_group_id"]);
    assert_eq!(album[0]["caption"], "Пост 1");
    assert_eq!(album[0]["caption_entities"], json!([{"type": "bold", "offset": 0, "length": 4}]));
    assert!(album[0]["message_id"].as_i64() < album[1]["message_id"].as_i64());
    assert_eq!(world.sandbox.stats().max_per_second[&GROUP], 2, "each item counts as a message");
}

#[tokio::test]
async fn an_album_of_one_or_of_mixed_kinds_or_without_its_file_sends_nothing() {
    let world = World::start().await;
    let photo = json!({"type": "photo", "media": "attach://one"});
    let before = world.sandbox.messages(GROUP).len();
    for (media, why) in [
        (json!([photo]), "Bad Request: media group must include 2-10 items"),
        (
            json!([photo, {"type": "document", "media": "attach://two"}]),
            "Bad Request: document can't be mixed with other media types",
        ),
        (
            json!([photo, {"type": "photo", "media": "attach://three"}]),
            "Bad Request: wrong file identifier/HTTP URL specified",
        ),
    ] {
        assert_eq!(send_album(&world, media).await["description"], why);
    }
    assert_eq!(world.sandbox.messages(GROUP).len(), before);
}

#[tokio::test]
async fn a_copy_is_a_new_message_of_the_bot() {
    let world = World::start().await;
    let original = world.sandbox.send_text(SOFIA, GROUP, "Можна в понеділок?", None).unwrap();
    let copy = json!({"chat_id": SUPER, "from_chat_id": GROUP, "message_id": original});
    let id = world.ok("copyMessage", copy).await["message_id"].as_i64().unwrap();
    let seen = world.sandbox.last_message(SUPER).unwrap();
    assert_eq!((seen.id, seen.is_bot, seen.text.as_str()), (id, true, "Можна в понеділок?"));
    let gone = json!({"chat_id": SUPER, "from_chat_id": GROUP, "message_id": 9_999});
    assert_eq!(world.refused("copyMessage", gone).await, "Bad Request: message to copy not found");
}

#[tokio::test]
async fn the_bot_can_count_the_members_and_leave() {
    let world = World::start().await;
    assert_eq!(world.ok("getChatMemberCount", json!({"chat_id": GROUP})).await, 3);
    assert_eq!(world.ok("getChatAdministrators", json!({"chat_id": GROUP})).await, json!([]));
    world.ok("leaveChat", json!({"chat_id": GROUP})).await;
    let why = world.refused("sendMessage", json!({"chat_id": GROUP, "text": "x"})).await;
    assert_eq!(why, "Forbidden: bot is not a member of the group chat");
    assert_eq!(world.updates().await[0]["my_chat_member"]["new_chat_member"]["status"], "left");
}

#[tokio::test]
async fn a_muted_bot_a_missing_thread_and_a_deleted_account_are_refused_in_telegrams_words() {
    let world = World::start().await;
    let text = |chat: i64| json!({"chat_id": chat, "text": "x"});
    let thread = json!({"chat_id": SUPER, "text": "x", "message_thread_id": 5});
    assert_eq!(world.refused("sendMessage", thread).await, "Bad Request: message thread not found");
    world.sandbox.mute_bot(SUPER, true).unwrap();
    let muted = "Bad Request: not enough rights to send text messages to the chat";
    assert_eq!(world.refused("sendMessage", text(SUPER)).await, muted);
    world.sandbox.mute_bot(SUPER, false).unwrap();
    world.ok("sendMessage", text(SUPER)).await;
    world.sandbox.send_text(IVAN, IVAN, "/start", None).unwrap();
    world.sandbox.deactivate(IVAN).unwrap();
    assert_eq!(world.refused("sendMessage", text(IVAN)).await, "Forbidden: user is deactivated");
}
