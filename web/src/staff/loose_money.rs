//! Money of a client that fits no payment: written down, matched with one, written off (PF-66).

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use chrono::{NaiveDate, NaiveTime};
use engine::app::{Along, Answer, AppError, Ask};
use engine::domain::client::money::Arrived;
use engine::domain::client::{Client, ClientCommand};
use engine::domain::money::Money;
use engine::domain::{Arg, ClientId, PaymentId, Refusal};
use engine::store::change::Content;
use maud::{Markup, html};
use projections::board::{BoardPayment, BoardProject};

use super::act::{Posted, refused, written};
use super::answer::command_id;
use super::client_page::{self, Above};
use super::frame::Ui;
use super::session::Staff;
use crate::body;
use crate::site::Site;

/// A posted form, in bytes.
const LARGEST: usize = 16 * 1024;

/// The part of a client's page that is about such money; `id` names the client.
pub(super) struct Panel<'a> {
    pub site: &'a Site,
    pub ui: &'a Ui<'a>,
    pub id: &'a ClientId,
    pub client: &'a Client,
    pub projects: &'a [Arc<BoardProject>],
}

impl Panel<'_> {
    pub(super) fn draw(&self) -> Markup {
        let open: Vec<(&u32, &Arrived)> =
            self.client.money.iter().filter(|(_, money)| money.left.minor > 0).collect();
        html! {
            section.card.panel aria-labelledby="loose-money" {
                h2 #loose-money { (self.ui.t("ui-money-loose")) }
                @if open.is_empty() { p.muted { (self.ui.t("ui-money-none")) } }
                @for (number, money) in open { (self.one(*number, money)) }
                (self.note())
            }
        }
    }

    fn one(&self, number: u32, money: &Arrived) -> Markup {
        let on = self.site.app.desk().agency.calendar.instant(money.on.and_time(NaiveTime::MIN));
        html! {
            div.loose {
                p { b.num { (number) ". " (self.money(&money.amount)) } " "
                    span.small.muted { (self.ui.say("ui-day", &[("at", Arg::Date(on))])) }
                    @if let Some(reference) = &money.reference { " " span.small.muted { (reference) } }
                    @if money.left != money.amount { " " span.chip.late { (self.ui.say("ui-money-left", &[("amount", Arg::Money(money.left.clone()))])) } } }
                (self.matching(number, money))
                details {
                    summary { (self.ui.t("ui-money-dismiss")) "…" }
                    form.reply method="post" action=(self.action()) {
                        (self.hidden("dismiss", Some(number)))
                        label for={ "why-" (number) } { (self.ui.t("ui-money-why")) }
                        textarea id={ "why-" (number) } name="why" rows="2" maxlength="4000" required {}
                        button.btn { (self.ui.t("ui-money-dismiss")) }
                    }
                }
            }
        }
    }

    fn matching(&self, number: u32, money: &Arrived) -> Markup {
        let fits = |payment: &&BoardPayment| {
            payment.is_open() && payment.due.as_ref().is_none_or(|due| due.currency == money.left.currency)
        };
        let payments: Vec<(&BoardProject, &BoardPayment)> = self
            .projects
            .iter()
            .flat_map(|project| project.payments.iter().filter(fits).map(move |one| (project.as_ref(), one)))
            .collect();
        if payments.is_empty() {
            return html! { p.small.muted { (self.ui.t("ui-money-no-payment")) } };
        }
        html! {
            form.reply method="post" action=(self.action()) {
                (self.hidden("match", Some(number)))
                label for={ "for-" (number) } { (self.ui.t("ui-money-for")) }
                select id={ "for-" (number) } name="payment" required {
                    @for (project, payment) in payments {
                        option value={ (project.project) "/" (payment.payment) } { (self.named(project, payment)) }
                    }
                }
                label for={ "sum-" (number) } { (self.ui.t("ui-money-amount")) }
                input id={ "sum-" (number) } name="amount" inputmode="decimal" autocomplete="off" placeholder=(self.money(&money.left));
                label.choice { input type="checkbox" name="again" value="yes"; span { (self.ui.t("ui-money-again")) } }
                button.btn.pri { (self.ui.t("ui-money-match")) }
            }
        }
    }

    fn named(&self, project: &BoardProject, payment: &BoardPayment) -> String {
        let open = payment.open_amount().map(|open| format!(", {}", self.money(&open))).unwrap_or_default();
        format!("{} · {}{open}", project.title.in_language(self.ui.language), payment.payment)
    }

    fn note(&self) -> Markup {
        html! {
            details {
                summary { (self.ui.t("ui-money-note")) "…" }
                form.reply method="post" action=(self.action()) {
                    (self.hidden("arrive", None))
                    label for="money-amount" { (self.ui.t("ui-money-amount")) }
                    input #money-amount name="amount" inputmode="decimal" required autocomplete="off";
                    label for="money-on" { (self.ui.t("ui-money-on")) }
                    input #money-on type="date" name="on";
                    label for="money-reference" { (self.ui.t("ui-money-reference")) }
                    input #money-reference name="reference" maxlength="64" autocomplete="off";
                    label.choice { input type="checkbox" name="again" value="yes"; span { (self.ui.t("ui-money-again")) } }
                    button.btn { (self.ui.t("ui-money-note")) }
                }
            }
        }
    }

    fn money(&self, amount: &Money) -> String {
        self.ui.say("ui-money", &[("amount", Arg::Money(amount.clone()))])
    }

    fn action(&self) -> String {
        format!("/c/{}/money", self.id)
    }

    fn hidden(&self, what: &str, number: Option<u32>) -> Markup {
        html! {
            input type="hidden" name="ask" value=(self.site.token());
            input type="hidden" name="do" value=(what);
            @if let Some(number) = number { input type="hidden" name="number" value=(number); }
        }
    }
}

/// What was posted from the panel.
pub(super) async fn take(
    State(site): State<Site>,
    staff: Staff,
    Path(client): Path<String>,
    body: Body,
) -> Response {
    let Ok(body) = body::read(body, LARGEST).await else {
        return site.plain(StatusCode::PAYLOAD_TOO_LARGE, &staff.language, "large");
    };
    let (client, posted) = (ClientId(client), Posted::read(&body));
    if !posted.get("on").is_empty() && posted.get("on").parse::<NaiveDate>().is_err() {
        let said = Ui::of(&site, &staff).t("ui-reply-day");
        return client_page::page(&site, &staff, &client, None, Some(Above::No(said))).await;
    }
    match done(&site, &staff, &client, &posted).await {
        Ok(None) => (StatusCode::SEE_OTHER, [(LOCATION, format!("/c/{client}"))]).into_response(),
        Ok(Some(refusal)) => match refused(&site, &staff, &refusal).await {
            Ok(said) => client_page::page(&site, &staff, &client, None, Some(Above::No(said))).await,
            Err(error) => site.trouble(&error, &staff.language),
        },
        Err(error) => site.trouble(&error, &staff.language),
    }
}

async fn done(
    site: &Site,
    staff: &Staff,
    client: &ClientId,
    posted: &Posted,
) -> Result<Option<Refusal>, AppError> {
    let (command, content) = match order(site, staff, posted) {
        Ok(made) => made,
        Err(refusal) => return Ok(Some(*refusal)),
    };
    let ask = Ask {
        command_id: command_id(staff, site, posted.token()),
        at: site.now(),
        by: staff.actor(),
        command,
        along: Along { contents: content.into_iter().collect(), ..Along::default() },
    };
    Ok(match site.app.client(client, ask).await? {
        Answer::Done { .. } | Answer::AlreadySo => None,
        Answer::Refused(refusal) => Some(refusal),
    })
}

fn order(
    site: &Site,
    staff: &Staff,
    posted: &Posted,
) -> Result<(ClientCommand, Option<Content>), Box<Refusal>> {
    let currency = site.app.desk().agency.currency.clone();
    let needed = || Box::new(Refusal::AmountNeeded { payment: "—".to_owned() });
    let typed = Some(posted.get("amount").trim()).filter(|text| !text.is_empty());
    let amount = typed.map(|text| Money::parse(text, Some(&currency)).ok_or_else(needed)).transpose()?;
    let again = posted.get("again") == "yes";
    let number = posted.get("number").parse().unwrap_or(0);
    Ok(match posted.get("do") {
        "match" => {
            let (project, payment) = posted.get("payment").split_once('/').unwrap_or_default();
            let (project, payment) = (project.into(), PaymentId(payment.to_owned()));
            (ClientCommand::MatchMoney { number, project, payment, amount, again }, None)
        }
        "dismiss" => {
            let why = Some(posted.get("why").trim()).filter(|why| !why.is_empty());
            let content = why.map(|why| written(site, staff, why));
            let reason = content.as_ref().map(Content::reference);
            (ClientCommand::DismissMoney { number, reason }, content)
        }
        _ => {
            let reference = Some(posted.get("reference").to_owned()).filter(|text| !text.trim().is_empty());
            let (on, amount) = (posted.get("on").parse().ok(), amount.ok_or_else(needed)?);
            (ClientCommand::NoteMoney { amount, on, reference, again }, None)
        }
    })
}
