//! Story: what happened, in sentences, with who did it, by which way and why.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use engine::app::AppError;
use engine::domain::project::Project;
use engine::domain::refusal::Missing;
use engine::domain::{Actor, Arg, Origin, PersonId, ProjectId, StreamId, TaskId};
use engine::store::change::Content;
use maud::{Markup, html};
use projections::conversation;
use projections::timeline::{self, Moment};

use super::frame::Ui;
use super::talk::words;
use crate::site::{Site, read_trouble};

/// So many facts stand on a page.
const PAGE: usize = 50;

/// A page of what happened, the latest first.
pub(super) struct Story<'a> {
    ui: Ui<'a>,
    moments: Vec<Moment>,
    /// Facts that others follow from, by position.
    causes: HashMap<i64, Moment>,
    projects: HashMap<String, Arc<Project>>,
    names: HashMap<PersonId, String>,
    said: HashMap<i64, Option<Content>>,
    older: Option<i64>,
    /// Whether facts of several projects stand together.
    mixed: bool,
}

impl<'a> Story<'a> {
    /// What happened in these streams before a position.
    pub async fn of(
        site: &'a Site,
        ui: Ui<'a>,
        streams: &[StreamId],
        before: Option<i64>,
    ) -> Result<Self, AppError> {
        let store = site.app.store();
        let asked = (before.unwrap_or(i64::MAX), PAGE + 1);
        let mut moments = timeline::latest(store, streams, asked).await.map_err(read_trouble)?;
        let more = moments.len() > PAGE;
        moments.truncate(PAGE);
        let older = moments.last().filter(|_| more).map(|moment| moment.position);
        let causes: Vec<i64> = moments.iter().filter_map(|moment| moment.cause).collect();
        let causes = timeline::at(store, &causes).await.map_err(read_trouble)?;
        let mut projects = HashMap::new();
        let all = moments.iter().chain(&causes).filter(|moment| moment.kind == "project");
        for id in all.map(|moment| &moment.subject).collect::<BTreeSet<_>>() {
            let state = site.app.project_state(&ProjectId(id.clone())).await?;
            projects.extend(state.map(|state| (id.clone(), state)));
        }
        let people: Vec<PersonId> = moments.iter().chain(&causes).flat_map(people).collect();
        let names = store.names(&people).await?;
        let said = said(site, &moments).await?;
        let causes = causes.into_iter().map(|moment| (moment.position, moment)).collect();
        let mixed = streams.len() > 1;
        Ok(Self { ui, moments, causes, projects, names, said, older, mixed })
    }

    /// The list, and the way to what was before; `here` is the address of the page.
    pub fn draw(&self, here: &str) -> Markup {
        html! {
            @if self.moments.is_empty() { p.muted { (self.ui.t("ui-history-empty")) } }
            ol.story { @for moment in &self.moments { (self.line(moment)) } }
            @if let Some(older) = self.older {
                p { a.btn href={ (here) "?before=" (older) } { (self.ui.t("ui-older")) } }
            }
        }
    }

    fn line(&self, moment: &Moment) -> Markup {
        let project = self.projects.get(&moment.subject).filter(|_| self.mixed);
        let opened = project.and_then(|project| project.opened.as_ref());
        html! {
            li id={ "f-" (moment.position) } {
                time.small.faint datetime=(moment.at.to_rfc3339()) { (self.ui.say("ui-day", &[("at", Arg::Moment(moment.at))])) }
                div {
                    p.t {
                        (self.sentence(moment))
                        @if let Some(opened) = opened {
                            " " a.chip href={ "/p/" (opened.project) } { (opened.definition.title.in_language(self.ui.language)) }
                        }
                    }
                    @if let Some(content) = self.said.get(&moment.position) { p.quote.lines { (words(&self.ui, content.as_ref())) } }
                    p.small.muted { (self.who(moment)) " · " (self.ui.t(way(moment))) }
                    @for why in self.why(moment) { p.small.faint { (why) } }
                }
            }
        }
    }

    fn sentence(&self, moment: &Moment) -> String {
        let key = format!("fact-{}", moment.fact.replace('_', "-"));
        let round = Arg::Number(moment.round.unwrap_or(1));
        let args = [("task", self.task(moment)), ("what", self.what(moment)), ("round", round)];
        match self.ui.site.rendered(self.ui.language, &key, &args) {
            Ok(rendered) => rendered.text,
            // A fact of a newer program.
            Err(_) => self.ui.t("fact-other"),
        }
    }

    fn task(&self, moment: &Moment) -> Arg {
        let Some(id) = &moment.task else { return Arg::Text(String::new()) };
        let plan = self.projects.get(&moment.subject).and_then(|project| project.plan(id));
        let title = plan.map_or(id.0.as_str(), |plan| plan.title.in_language(self.ui.language));
        let period = if id.period() > 1 { format!(" · {}", id.period()) } else { String::new() };
        Arg::Text(format!("{title}{period}"))
    }

    /// What the fact names, as people call it.
    fn what(&self, moment: &Moment) -> Arg {
        let Some(named) = &moment.what else { return Arg::Text(String::new()) };
        if matches!(moment.fact.as_str(), "gate_confirmed" | "gate_overridden") {
            return Arg::Missing(vec![Missing::Gate { gate: named.clone() }]);
        }
        if let Some(name) = self.names.get(&PersonId(named.clone())).filter(|name| !name.is_empty()) {
            return Arg::Text(name.clone());
        }
        let title = moment.task.as_ref().and_then(|task| self.title(moment, task, named));
        let form = self.projects.get(&moment.subject).and_then(|project| form_title(project, named));
        let role = self.ui.site.app.desk().agency.roles.iter().find(|role| role.id == *named).cloned();
        let role = role.map(|role| role.title.in_language(self.ui.language).to_owned());
        let form = form.map(|text| text.in_language(self.ui.language).to_owned());
        Arg::Text(title.or(form).or(role).unwrap_or_else(|| named.clone()))
    }

    /// The title of a field, a button or a line of the checklist.
    fn title(&self, moment: &Moment, task: &TaskId, named: &str) -> Option<String> {
        let plan = self.projects.get(&moment.subject)?.plan(task)?;
        let field = plan.result.iter().find(|field| field.id == named).map(|field| &field.title);
        let button = || plan.buttons.iter().find(|button| button.id == named).map(|button| &button.title);
        let line = || {
            let place = named.parse::<usize>().ok()?.checked_sub(1)?;
            plan.checklist.get(place).map(|line| &line.text)
        };
        let text = match moment.fact.as_str() {
            "item_ticked" => line(),
            "button_pressed" => button(),
            _ => field,
        };
        text.map(|text| text.in_language(self.ui.language).to_owned())
    }

    fn who(&self, moment: &Moment) -> String {
        match &moment.by {
            _ if moment.origin == Origin::Derived => self.ui.t("ui-who-engine"),
            Actor::Person(person) => {
                self.names.get(person).filter(|name| !name.is_empty()).unwrap_or(&person.0).clone()
            }
            Actor::Operator => self.ui.t("ui-who-operator"),
            Actor::Timer => self.ui.t("ui-who-clock"),
            Actor::Telegram => self.ui.t("ui-who-telegram"),
            Actor::LinkHolder => self.ui.t("ui-who-link"),
        }
    }

    /// Why the engine did it: the clock, and the fact that it follows from.
    fn why(&self, moment: &Moment) -> Vec<String> {
        if moment.origin == Origin::Input {
            return Vec::new();
        }
        let clock = (moment.by == Actor::Timer).then(|| self.ui.t("ui-why-clock"));
        let cause = moment.cause.and_then(|position| self.causes.get(&position));
        let followed = cause.map(|cause| {
            let who =
                if cause.origin == Origin::Input { format!(", {}", self.who(cause)) } else { String::new() };
            let what = Arg::Text(format!("{}{who}", self.sentence(cause)));
            self.ui.say("ui-why", &[("what", what)])
        });
        clock.into_iter().chain(followed).collect()
    }
}

/// The words that belong to facts: messages, notes, remarks.
async fn said(site: &Site, moments: &[Moment]) -> Result<HashMap<i64, Option<Content>>, AppError> {
    let positions: Vec<i64> = moments.iter().map(|moment| moment.position).collect();
    let found = conversation::contents(site.app.store(), &positions).await.map_err(read_trouble)?;
    let ids: Vec<_> = found.iter().map(|(_, content)| content.clone()).collect();
    let contents = site.app.store().contents(&ids).await?;
    let of = |id| contents.iter().find(|content| content.content == id).cloned();
    Ok(found.into_iter().map(|(position, id)| (position, of(id))).collect())
}

fn people(moment: &Moment) -> Vec<PersonId> {
    let named = moment.what.clone().map(PersonId);
    moment.by.person().cloned().into_iter().chain(named).collect()
}

fn form_title<'p>(project: &'p Project, named: &str) -> Option<&'p engine::domain::definition::Text> {
    let forms = &project.opened.as_ref()?.definition.forms;
    forms.iter().find(|form| form.id == named).map(|form| &form.title)
}

/// By which way a command came, as its id begins.
fn way(moment: &Moment) -> &'static str {
    match moment.command.split(':').next().unwrap_or_default() {
        "web" => "ui-via-board",
        "tg" => "ui-via-chat",
        "timer" => "ui-via-clock",
        "form" | "access" => "ui-via-form",
        "recompute" | "start" | "move" | "incomplete" | "templates" => "ui-via-server",
        _ => "ui-via-cli",
    }
}
