//! A person of the staff at a browser, as far as HTTP goes: a cookie, and the headers that browsers send.

use engine::app::App;
use engine::domain::Timestamp;
use reqwest::header::{COOKIE, ORIGIN, SET_COOKIE};
use reqwest::{Method, RequestBuilder, Response};

use crate::house::House;
use crate::page::{Page, Pages, read, sign_in_path};

/// Signed in, or not yet.
pub struct Visitor<'a> {
    pub pages: &'a Pages,
    cookie: Option<String>,
    pub language: &'static str,
}

impl<'a> Visitor<'a> {
    pub fn stranger(pages: &'a Pages) -> Self {
        Self { pages, cookie: None, language: "en" }
    }

    /// Signed in by a link, without the bot.
    pub async fn signed_in(house: &House, pages: &'a Pages, person: &str) -> Self {
        Self::of(&house.app, pages, person, house.now()).await
    }

    /// The same without a house.
    pub async fn of(app: &App, pages: &'a Pages, person: &str, now: Timestamp) -> Self {
        let mut visitor = Self::stranger(pages);
        let path = sign_in_path(app, person, now).await;
        let page = visitor.post(&path, &[]).await;
        assert_eq!(page.status, 303, "{}", page.text);
        visitor.keep_cookie(&page);
        visitor
    }

    /// Takes the session, or what stands for the browser, that an answer hands out.
    pub fn keep_cookie(&mut self, page: &Page) {
        let given = page.headers.get(SET_COOKIE).expect("a cookie").to_str().expect("text");
        self.cookie = given.split(';').next().map(str::to_owned);
    }

    pub async fn get(&self, path: &str) -> Page {
        read(self.open(path).await).await
    }

    /// The answer as it comes, for what does not end.
    pub async fn open(&self, path: &str) -> Response {
        self.dressed(self.pages.client.get(self.pages.at(path))).send().await.expect("an answer")
    }

    /// A form of one of our pages.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let request = self.pages.client.post(self.pages.at(path)).form(fields);
        let request = request.header("sec-fetch-site", "same-origin").header(ORIGIN, "null");
        read(self.dressed(request).send().await.expect("an answer")).await
    }

    /// A form with a file, as browsers send one.
    pub async fn upload(&self, path: &str, fields: &[(&str, &str)], file: Option<(&str, &[u8])>) -> Page {
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(
                format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
                    .bytes(),
            );
        }
        let (name, bytes) = file.unwrap_or_default();
        let head = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: image/png\r\n\r\n"
        );
        body.extend(head.bytes().chain(bytes.iter().copied()).chain(b"\r\n--edge--\r\n".iter().copied()));
        let request = self.pages.client.post(self.pages.at(path)).body(body);
        let request = request.header("content-type", "multipart/form-data; boundary=edge");
        let request = request.header("sec-fetch-site", "same-origin").header(ORIGIN, "null");
        read(self.dressed(request).send().await.expect("an answer")).await
    }

    /// A form, and the answer as it comes.
    pub async fn send(&self, method: Method, path: &str, fields: &[(&str, &str)]) -> Response {
        let request = self.pages.client.request(method, self.pages.at(path)).form(fields);
        let request = request.header("sec-fetch-site", "same-origin").header(ORIGIN, "null");
        self.dressed(request).send().await.expect("an answer")
    }

    fn dressed(&self, request: RequestBuilder) -> RequestBuilder {
        let cookies = self.cookie.iter().cloned().chain([format!("language={}", self.language)]);
        request.header(COOKIE, cookies.collect::<Vec<_>>().join("; "))
    }
}
