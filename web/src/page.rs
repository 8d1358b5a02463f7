//! Page: what all pages look like from outside, and the plain ones that say what to do next.

use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use engine::domain::Arg;
use maud::{DOCTYPE, Markup, html};

use crate::assets::{SCRIPT_AT, STYLE_AT};
use crate::door::Shut;
use crate::site::Site;

/// Whose page it is.
pub(crate) struct Frame<'a> {
    pub site: &'a Site,
    pub language: &'a str,
    /// What stands in the title of the window.
    pub title: &'a str,
    /// For whom, under the agency's name.
    pub client: Option<&'a str>,
    pub with_script: bool,
}

impl Frame<'_> {
    /// The whole page around its content.
    pub fn page(&self, status: StatusCode, content: &Markup) -> Response {
        let agency = self.site.app.desk().agency.name.clone();
        let letter: String = agency.chars().find(|c| c.is_alphanumeric()).into_iter().collect();
        let page = html! {
            (DOCTYPE)
            html lang=(self.language) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="robots" content="noindex, nofollow";
                    meta name="referrer" content="no-referrer";
                    meta name="color-scheme" content="light dark";
                    title { (self.title) " · " (agency) }
                    link rel="stylesheet" href=(*STYLE_AT);
                    @if self.with_script { script src=(*SCRIPT_AT) defer {} }
                }
                body {
                    main {
                        header {
                            span.ava aria-hidden="true" { (letter.to_uppercase()) }
                            div {
                                b { (agency) }
                                @if let Some(client) = self.client {
                                    div.small.muted {
                                        (self.site.say(self.language, "page-form-for", &[("client", Arg::Text(client.to_owned()))]))
                                    }
                                }
                            }
                        }
                        (content)
                    }
                }
            }
        };
        (status, Html(page.into_string())).into_response()
    }
}

impl Site {
    /// A page that says one thing.
    pub(crate) fn plain(&self, status: StatusCode, language: &str, what: &str) -> Response {
        let title = self.word(language, &format!("page-{what}-title"));
        let content = html! {
            section.card {
                h1 { (title) }
                p.muted { (self.word(language, &format!("page-{what}-text"))) }
            }
        };
        let frame = Frame { site: self, language, title: &title, client: None, with_script: false };
        frame.page(status, &content)
    }

    /// Why there is no page, in words that help.
    pub(crate) fn shut(&self, shut: &Shut, language: &str) -> Response {
        match shut {
            Shut::Gone => self.plain(StatusCode::NOT_FOUND, language, "gone"),
            Shut::Busy => self.plain(StatusCode::TOO_MANY_REQUESTS, language, "busy"),
            Shut::Trouble(error) => self.trouble(error, language),
        }
    }
}
