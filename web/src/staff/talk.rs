//! Talk: what was said with a client, both ways, and the box to write to it (PF-31, PF-32).

use std::collections::HashMap;

use engine::app::AppError;
use engine::domain::client::Client;
use engine::domain::{Arg, ClientId, PersonId, ProjectId, StreamId, Timestamp};
use engine::store::change::Content;
use engine::store::talk::{self, Told};
use maud::{Markup, html};
use projections::conversation::{self, Said, Sort};

use super::frame::Ui;
use crate::site::{Site, read_trouble};

/// So many messages stand on a page.
const PAGE: usize = 40;

/// One message of the conversation.
struct Line {
    at: Timestamp,
    /// Nobody: the bot by itself.
    person: Option<PersonId>,
    ours: bool,
    /// What has to be said of it.
    mark: Option<&'static str>,
    text: String,
    language: Option<String>,
    buttons: Vec<String>,
}

/// The conversation with a client; of a project, what is about another one is left out.
pub(super) struct Talk<'a> {
    ui: Ui<'a>,
    /// The earliest first.
    lines: Vec<Line>,
    names: HashMap<PersonId, String>,
    older: Option<i64>,
}

impl<'a> Talk<'a> {
    pub async fn of(
        site: &'a Site,
        ui: Ui<'a>,
        (id, client): (&ClientId, &Client),
        project: &ProjectId,
        before: Option<i64>,
    ) -> Result<Self, AppError> {
        let store = site.app.store();
        let streams: [StreamId; 2] = [id.stream(), project.stream()];
        let before = before.and_then(Timestamp::from_timestamp_micros).unwrap_or(Timestamp::MAX_UTC);
        let page = (before.min(site.now() + chrono::TimeDelta::days(1)), PAGE);
        let said = conversation::said(store, &streams, page).await.map_err(read_trouble)?;
        let told = match client.chat.as_ref() {
            Some(chat) => talk::told(store, chat.chat, &streams, page).await?,
            None => Vec::new(),
        };
        let full = said.len() == PAGE || told.len() == PAGE;
        let people: Vec<PersonId> = said.iter().filter_map(|said| said.person.clone()).collect();
        let names = store.names(&people).await?;
        let mut lines = lines(&ui, said, told, project).await?;
        lines.sort_by_key(|line| std::cmp::Reverse(line.at));
        lines.truncate(PAGE);
        let older = lines.last().filter(|_| full).map(|line| line.at.timestamp_micros());
        lines.reverse();
        Ok(Self { ui, lines, names, older })
    }

    pub fn draw(&self, here: &str) -> Markup {
        html! {
            @if let Some(older) = self.older { p { a.btn href={ (here) "?before=" (older) } { (self.ui.t("ui-older")) } } }
            @if self.lines.is_empty() { p.muted { (self.ui.t("ui-talk-empty")) } }
            div.talk role="log" { @for line in &self.lines { (self.line(line)) } }
        }
    }

    fn line(&self, line: &Line) -> Markup {
        let bot = self.ui.t("ui-talk-bot");
        let name = line.person.as_ref().map_or(bot.as_str(), |person| {
            self.names.get(person).filter(|name| !name.is_empty()).map_or(person.as_str(), String::as_str)
        });
        html! {
            div.m.us[line.ours] lang=[line.language.as_deref()] {
                div.by {
                    b { (name) }
                    time datetime=(line.at.to_rfc3339()) { (self.ui.say("ui-day", &[("at", Arg::Moment(line.at))])) }
                    @if let Some(mark) = line.mark { span { (self.ui.t(mark)) } }
                }
                div.said { (line.text) }
                @if !line.buttons.is_empty() { div.k { @for label in &line.buttons { span { (label) } } } }
            }
        }
    }
}

/// What sort of message it is, where that does not show.
fn mark(sort: Sort) -> Option<&'static str> {
    match sort {
        Sort::Client | Sort::Told => None,
        Sort::Edited => Some("ui-talk-edited"),
        Sort::Remark => Some("ui-talk-remark"),
        Sort::Colleague => Some("ui-talk-colleague"),
        Sort::Note => Some("ui-talk-note"),
    }
}

fn unsent(told: &Told) -> Option<&'static str> {
    told.sent.is_none().then_some("ui-talk-unsent")
}

/// A message as people read it; a file by its name.
pub(super) fn words(ui: &Ui<'_>, content: Option<&Content>) -> String {
    let Some(content) = content else { return ui.t("ui-talk-erased") };
    let file = content.file_id.as_ref().map(|_| {
        let name = content.file_name.clone().unwrap_or_else(|| content.kind.clone());
        ui.say("ui-talk-file", &[("name", Arg::Text(name))])
    });
    let text = Some(content.text.clone()).filter(|text| !text.is_empty());
    file.into_iter().chain(text).collect::<Vec<_>>().join("\n")
}

/// What was said and what the bot wrote, each once.
async fn lines(
    ui: &Ui<'_>,
    said: Vec<Said>,
    mut told: Vec<Told>,
    project: &ProjectId,
) -> Result<Vec<Line>, AppError> {
    let ids: Vec<_> = said.iter().map(|said| said.content.clone()).collect();
    let contents = ui.site.app.store().contents(&ids).await?;
    let mut lines = Vec::new();
    for said in said {
        let sent = told.iter().position(|told| told.position == said.position).map(|at| told.remove(at));
        if said.project.as_ref().is_some_and(|about| about != project) {
            continue;
        }
        let content = contents.iter().find(|content| content.content == said.content);
        lines.push(Line {
            at: said.at,
            ours: !said.sort.is_of_client(),
            mark: mark(said.sort).or(sent.as_ref().and_then(unsent)),
            text: words(ui, content),
            person: said.person,
            language: None,
            buttons: Vec::new(),
        });
    }
    // Files of ours have no text of their own.
    lines.extend(told.into_iter().filter(|told| !told.payload.text.is_empty()).map(by_bot));
    Ok(lines)
}

fn by_bot(told: Told) -> Line {
    Line {
        at: told.at,
        person: None,
        ours: true,
        mark: unsent(&told),
        buttons: told.payload.buttons.iter().flatten().map(|(label, _)| label.clone()).collect(),
        text: told.payload.text,
        language: Some(told.language),
    }
}
