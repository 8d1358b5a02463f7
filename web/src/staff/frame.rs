//! Frame: what stands around every page of the staff.

use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use engine::domain::Arg;
use maud::{DOCTYPE, Markup, html};

use super::icon::Icon;
use super::people::avatar;
use super::pins;
use super::routes::is_open;
use super::session::Staff;
use crate::assets;
use crate::site::Site;

/// The words of one reader.
#[derive(Clone, Copy)]
pub(super) struct Ui<'a> {
    pub site: &'a Site,
    pub language: &'a str,
}

impl<'a> Ui<'a> {
    pub fn of(site: &'a Site, staff: &'a Staff) -> Self {
        Self { site, language: &staff.language }
    }

    /// A text without values.
    pub fn t(&self, key: &str) -> String {
        self.site.word(self.language, key)
    }

    /// A text with values.
    pub fn say(&self, key: &str, args: &[(&str, Arg)]) -> String {
        self.site.say(self.language, key, args)
    }
}

/// A page of the staff.
pub(super) struct Page<'a> {
    pub site: &'a Site,
    pub staff: &'a Staff,
    pub title: &'a str,
    /// The address of its entry in the menu.
    pub place: &'static str,
    /// Whether it follows what others do; a page that somebody writes on, or that says no, stays as it is.
    pub live: bool,
    pub content: Markup,
}

pub(super) const PLACES: [(&str, &str, Icon); 8] = [
    ("/today", "ui-nav-today", Icon::Clock),
    ("/board", "ui-nav-board", Icon::Board),
    ("/projects", "ui-nav-projects", Icon::Rows),
    ("/clients", "ui-nav-clients", Icon::People),
    ("/messages", "ui-nav-messages", Icon::Talk),
    ("/checks", "ui-nav-checks", Icon::Eye),
    ("/people", "ui-nav-people", Icon::Team),
    ("/templates", "ui-nav-templates", Icon::Page),
];

impl Page<'_> {
    pub async fn answer(self, status: StatusCode) -> Response {
        let (site, staff) = (self.site, self.staff);
        let ui = Ui::of(site, staff);
        let pinned = pins::in_menu(&ui, staff).await;
        let body = html! {
            a.skip href="#main" { (ui.t("ui-skip")) }
            div.app {
                (menu(&ui, staff, self.place, &pinned))
                main #main.main tabindex="-1" data-live=[self.live.then_some("1")] data-position=(staff.position) { (self.content) }
            }
            dialog #menu aria-labelledby="menu-title" {}
            dialog #find aria-label=(ui.t("ui-find")) {}
            dialog #keys aria-labelledby="keys-title" { (keys(&ui)) }
            div #said.sr role="status" aria-live="polite" {}
        };
        let page = whole(site, (&staff.language, staff.theme), self.title, &body);
        (status, Html(page.into_string())).into_response()
    }
}

/// A page for people who are not signed in.
pub(super) fn bare(
    site: &Site,
    language: &str,
    status: StatusCode,
    title: &str,
    content: &Markup,
) -> Response {
    let body = html! { main #main.door { (content) } };
    (status, Html(whole(site, (language, None), title, &body).into_string())).into_response()
}

fn whole(site: &Site, (language, theme): (&str, Option<&str>), title: &str, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(language) data-theme=[theme] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex, nofollow";
                meta name="color-scheme" content="light dark";
                meta name="htmx-config" content=r#"{"includeIndicatorCSS":false,"history":false}"#;
                title { (title) " · " (site.app.desk().agency.name) }
                link rel="stylesheet" href=(*assets::BOARD_STYLE_AT);
                link rel="icon" href=(*assets::ICON_AT) type="image/svg+xml";
                script src=(*assets::HTMX_AT) defer {}
                script src=(*assets::SORTABLE_AT) defer {}
                script src=(*assets::BOARD_SCRIPT_AT) defer {}
            }
            body { (body) }
        }
    }
}

fn menu(ui: &Ui<'_>, staff: &Staff, place: &str, pinned: &Markup) -> Markup {
    let current = |address: &str| (address == place).then_some("page");
    html! {
        header.side {
            a.logo href="/today" { (logo()) span { "Signoff" } }
            a.nav.seek href="/find" aria-current=[current("/find")] aria-keyshortcuts="Control+K" { (Icon::Seek.draw(17)) span { (ui.t("ui-find")) } kbd { "Ctrl K" } }
            nav aria-label=(ui.t("ui-nav")) {
                @for (address, key, icon) in PLACES.into_iter().filter(|(address, _, _)| is_open(address, staff)) {
                    a.nav href=(address) aria-current=[current(address)] { (icon.draw(17)) span { (ui.t(key)) } }
                }
                @if is_open("/new", staff) {
                    a.nav href="/new" aria-current=[current("/new")] { (Icon::Plus.draw(17)) span { (ui.t("ui-nav-new")) } }
                }
            }
            (pinned)
            span.grow {}
            p.live #live data-lost=(ui.t("ui-lost")) { i {} span { (ui.t("ui-live")) } small {} }
            div.who {
                a.me href="/password" title=(ui.t("ui-me")) aria-current=[current("/password")] {
                    (avatar(&staff.name, true))
                    span { b { (staff.name) } }
                }
                form method="post" action="/logout" {
                    button.btn.ghost.icon title=(ui.t("ui-sign-out")) aria-label=(ui.t("ui-sign-out")) { (Icon::Leave.draw(16)) }
                }
            }
        }
    }
}

fn logo() -> Markup {
    html! {
        svg width="22" height="22" viewBox="0 0 24 24" fill="none" aria-hidden="true" {
            rect x="2.5" y="2.5" width="19" height="19" rx="6" fill="currentColor" {}
            path.tick d="M6.5 13.2 9.8 16c1.6-4 3.9-6.9 7.7-8.6" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round" {}
        }
    }
}

fn keys(ui: &Ui<'_>) -> Markup {
    let all = [
        ("J K", "ui-key-next"),
        ("Enter", "ui-key-open"),
        ("M", "ui-key-move"),
        ("T", "ui-key-time"),
        ("N", "ui-key-new"),
        ("Ctrl K", "ui-key-find"),
        ("B", "ui-key-board"),
        ("D", "ui-key-today"),
        ("?", "ui-key-help"),
        ("Esc", "ui-key-close"),
    ];
    html! {
        h2 #keys-title { (ui.t("ui-keys")) }
        dl.keylist { @for (key, what) in all { div { dt { kbd { (key) } } dd { (ui.t(what)) } } } }
        form method="dialog" { button.btn { (ui.t("ui-close")) } }
    }
}

/// Something that has to be said above the page.
pub(super) fn notice(text: &str) -> Markup {
    html! { div.gate role="alert" { (Icon::Lock.draw(16)) div { @for line in text.lines() { p { (line) } } } } }
}
