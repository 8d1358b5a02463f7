//! Updates that Telegram brings: the secret, the store, the answers (TG-06).

use axum::Router;
use bot::secret::Secret;
use bot::webhook::webhook;
use reqwest::StatusCode;
use tokio::net::TcpListener;

use crate::house::{GROUP, House, SOFIIA};

/// Serves the route at a free port and answers its address.
async fn serve(routes: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("it works");
    let address = format!("http://{}/hook", listener.local_addr().expect("it works"));
    let routes = Router::new().nest("/hook", routes);
    tokio::spawn(async move { axum::serve(listener, routes).await });
    address
}

async fn call(address: &str, secret: Option<&str>, body: impl Into<reqwest::Body>) -> StatusCode {
    let client = reqwest::Client::builder().no_proxy().build().expect("it works");
    let mut request = client.post(address).body(body);
    if let Some(secret) = secret {
        request = request.header("X-Telegram-Bot-Api-Secret-Token", secret);
    }
    request.send().await.expect("it works").status()
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_secret_there_is_no_webhook() {
    let house = House::new().await;
    for bad in ["", "має кирилицю", &"x".repeat(257)] {
        assert!(webhook(house.bot.clone(), Secret::new(bad)).is_err(), "{bad}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_is_answered_once_it_is_stored_and_handled_once() {
    let house = House::new().await;
    let routes = serve(webhook(house.bot.clone(), Secret::new("s3cret")).unwrap()).await;
    let body = format!(
        r#"{{"update_id":777000,"message":{{"message_id":9,"date":1,"text":"привіт","chat":{{"id":{GROUP},"type":"group"}},
            "from":{{"id":{SOFIIA},"is_bot":false,"first_name":"Софія"}}}}}}"#
    );
    assert_eq!(call(&routes, None, body.clone()).await, StatusCode::UNAUTHORIZED);
    assert_eq!(call(&routes, Some("s3cre"), body.clone()).await, StatusCode::UNAUTHORIZED);
    assert_eq!(call(&routes, Some("s3cret"), body.clone()).await, StatusCode::OK);
    assert_eq!(call(&routes, Some("s3cret"), body).await, StatusCode::OK);
    assert_eq!(house.inbox("received").await, 1);
    house.settle().await;
    assert_eq!(house.events("client_wrote").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_json_is_taken_and_put_aside() {
    let house = House::new().await;
    let routes = serve(webhook(house.bot.clone(), Secret::new("s3cret")).unwrap()).await;
    for body in ["", "not json", "[1,2]", "{\"update_id\":\"x\"}", "\u{0}"] {
        assert_eq!(call(&routes, Some("s3cret"), body.to_owned()).await, StatusCode::OK, "{body}");
    }
    house.settle().await;
    assert_eq!((house.inbox("dead").await, house.inbox("received").await), (5, 0));
    assert_eq!(
        call(&routes, Some("s3cret"), vec![b' '; 2 * 1024 * 1024]).await,
        StatusCode::PAYLOAD_TOO_LARGE
    );
}
