//! A client's browser and a form elsewhere: requests to the pages of a house, over real HTTP.

use std::net::SocketAddr;
use std::sync::Arc;

use engine::app::App;
use engine::domain::{PersonId, Timestamp};
use engine::store::files::Files;
use engine::store::sessions::Offer;
use reqwest::{Client, Response, StatusCode, redirect};
use sha2::{Digest, Sha256};
use tokio::net::TcpListener;
use tokio::sync::watch;
use workflows::Catalogue;

use crate::desk::{PUBLIC_URL, unasked};
use crate::house::{GROUP, House};

/// Where uploads of tests go.
pub const FILES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/test-files");

/// The pages of a house, served on a free port.
pub struct Pages {
    base: String,
    pub client: Client,
}

/// What a page answered.
pub struct Page {
    pub status: StatusCode,
    pub text: String,
    pub headers: reqwest::header::HeaderMap,
}

impl Pages {
    /// Serves routes until the test ends; where requests come from is not known, so that one machine may be many people.
    pub async fn serve(routes: axum::Router) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let pages = Self::at_address(&listener);
        tokio::spawn(async move { axum::serve(listener, routes).await });
        pages
    }

    /// The same as the program does it: with where each request comes from.
    pub async fn serve_with_peers(routes: axum::Router) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let pages = Self::at_address(&listener);
        let routes = routes.into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, routes).await });
        pages
    }

    fn at_address(listener: &TcpListener) -> Self {
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let client =
            Client::builder().redirect(redirect::Policy::none()).no_proxy().build().expect("a client");
        Self { base, client }
    }

    /// The page at a path or at an address as messages say it.
    pub async fn get(&self, path: &str) -> Page {
        read(self.client.get(self.at(path)).send().await.expect("an answer")).await
    }

    /// A posted form.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        read(self.client.post(self.at(path)).form(fields).send().await.expect("an answer")).await
    }

    /// Posted JSON.
    pub async fn post_json(&self, path: &str, body: &serde_json::Value) -> Page {
        read(self.client.post(self.at(path)).json(body).send().await.expect("an answer")).await
    }

    /// Any body of any type.
    pub async fn post_raw(&self, path: &str, media: &str, body: Vec<u8>) -> Page {
        let request = self.client.post(self.at(path)).header("content-type", media).body(body);
        read(request.send().await.expect("an answer")).await
    }

    /// Where a path, or an address as messages say it, is served here.
    pub fn at(&self, path: &str) -> String {
        format!("{}{}", self.base, path.strip_prefix(PUBLIC_URL).unwrap_or(path))
    }
}

pub(crate) async fn read(response: Response) -> Page {
    let (status, headers) = (response.status(), response.headers().clone());
    Page { status, headers, text: response.text().await.expect("a body") }
}

/// The pages of an app, with the words of a catalogue; what does not end by itself ends with `stop`.
pub fn site(
    app: &App,
    catalogue: &Arc<Catalogue>,
    clock: web::Clock,
    stop: watch::Receiver<bool>,
) -> web::Site {
    let (sentence, offer) = (Arc::clone(catalogue), Arc::clone(catalogue));
    let office = web::Office {
        refusal: Arc::new(move |language, refusal, names| {
            let name_of =
                |person: &PersonId| names.get(person).cloned().unwrap_or_else(|| person.to_string());
            sentence.refusal_in_chat(language, refusal, &name_of)
        }),
        services: Arc::new(move || {
            let known = offer.services().filter_map(|service| offer.definition(service));
            known.map(|definition| unasked(&definition)).collect()
        }),
        workshop: inside(),
        files: files(),
        trusted_proxies: vec![[127, 0, 0, 1].into()],
    };
    web::Site::new(app.clone(), clock, office, stop)
}

/// The folder of files of every house: a file has its hash for a name, so none is in the way of another.
pub fn files() -> Files {
    Files::new(FILES)
}

/// The path of a link by which a person signs in.
pub async fn sign_in_path(app: &App, person: &str, now: Timestamp) -> String {
    let mut bytes = [0_u8; 32];
    (app.desk().random)(&mut bytes);
    let token: String = hex::encode(bytes).chars().take(43).collect();
    let token_sha256 = hex::encode(Sha256::digest(&token));
    let offer = Offer { token_sha256, browser_sha256: None, most: None };
    let kept = app.store().offer_sign_in(&PersonId::from(person), offer, now).await;
    assert!(kept.expect("the store answers"), "too many links");
    format!("/login/{token}")
}

/// The path behind the last button of a chat that opens an address.
pub fn link_in(house: &House, chat: i64, label: &str) -> String {
    let message = house.with_button(chat, label);
    let button = message.button(label).expect("a button");
    let url = button.url.clone().unwrap_or_else(|| panic!("{label} opens nothing"));
    url.strip_prefix(PUBLIC_URL).unwrap_or(&url).to_owned()
}

/// The path of the form that the client was sent last.
pub fn form_link(house: &House) -> String {
    link_in(house, GROUP, "Заповнити бриф")
}

/// The templates inside the program: they can be read, and that is all. What a folder can do the process tests try.
fn inside() -> web::workshop::Workshop {
    web::workshop::Workshop {
        writable: false,
        schema: workflows::schema_of,
        files: Arc::new(|| {
            let files = workflows::Files::embedded();
            let texts = files.texts().map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
            Box::pin(async move { texts })
        }),
        check: Arc::new(|_| Box::pin(async { Vec::new() })),
        try_out: Arc::new(|_| Box::pin(async { None })),
        publish: Arc::new(|_| Box::pin(async { Ok(web::workshop::Verdict::Inside) })),
    }
}
