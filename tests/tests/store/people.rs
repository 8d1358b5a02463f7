//! People and what they wrote: kept beside the log, found by id, gone when erased.

use std::collections::HashMap;

use engine::domain::{ContentId, PersonId};
use engine::store::change::{Change, Content, Profile};
use journeys::db;

use super::support::at;

fn profile(person: &str, name: &str, telegram_user: Option<i64>) -> Profile {
    let person = PersonId::from(person);
    Profile { person, name: name.into(), telegram_user, username: None, language: Some("uk".into()) }
}

fn content(id: &str, text: &str) -> Content {
    Content {
        content: ContentId::from(id),
        person: None,
        kind: "photo".into(),
        text: text.into(),
        file_id: Some("AgAC".into()),
        file_name: Some("макет.png".into()),
        mime: Some("image/png".into()),
        size: Some(12_345_678_901),
        sha256: "ab".into(),
        created: at(0),
    }
}

#[tokio::test]
async fn a_profile_is_what_was_last_said_of_the_person() {
    for db in db::both().await {
        let store = db.open().await;
        let say = |command: &str, profiles| Change {
            command_id: command.into(),
            profiles,
            at: at(0),
            ..Change::default()
        };
        let first = vec![profile("olena", "Олена", Some(5_000_000_000)), profile("taras", "Тарас", None)];
        store.write(say("1", first)).await.unwrap();
        let twice = vec![profile("olena", "Ол", Some(5_000_000_000)), profile("olena", "Олена К.", Some(6))];
        store.write(say("2", twice)).await.unwrap();
        let olena = profile("olena", "Олена К.", Some(6));
        assert_eq!(
            store.profile(&PersonId::from("olena")).await.unwrap().as_ref(),
            Some(&olena),
            "{}",
            db.name
        );
        assert_eq!(store.profile_by_telegram(6).await.unwrap().as_ref(), Some(&olena));
        assert_eq!(store.profile_by_telegram(5_000_000_000).await.unwrap(), None);
        assert_eq!(store.profiles().await.unwrap(), [olena, profile("taras", "Тарас", None)]);
        let asked = ["taras", "nobody", "olena"].map(PersonId::from);
        let expected = HashMap::from([
            (asked[0].clone(), "Тарас".to_owned()),
            (asked[2].clone(), "Олена К.".to_owned()),
        ]);
        assert_eq!(store.names(&asked).await.unwrap(), expected);
        store.close().await;
    }
}

#[tokio::test]
async fn contents_come_in_the_order_asked_for() {
    for db in db::both().await {
        let store = db.open().await;
        let contents = vec![content("a", "Перше"), content("b", "Друге"), content("c", "")];
        let change =
            Change { command_id: "1".into(), contents: contents.clone(), at: at(0), ..Change::default() };
        store.write(change).await.unwrap();
        let asked = ["c", "gone", "a"].map(ContentId::from);
        assert_eq!(
            store.contents(&asked).await.unwrap(),
            [contents[2].clone(), contents[0].clone()],
            "{}",
            db.name
        );
        assert_eq!(store.content(&ContentId::from("b")).await.unwrap(), Some(contents[1].clone()));
        assert_eq!(store.contents(&[]).await.unwrap(), []);
        store.close().await;
    }
}
