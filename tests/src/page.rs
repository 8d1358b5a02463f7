//! A client's browser and a form elsewhere: requests to the pages of a house, over real HTTP.

use reqwest::{Client, Response, StatusCode, redirect};

use crate::desk::PUBLIC_URL;
use crate::house::{GROUP, House};

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
    /// Serves routes until the test ends.
    pub async fn serve(routes: axum::Router) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        tokio::spawn(async move { axum::serve(listener, routes).await });
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
