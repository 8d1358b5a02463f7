//! By the clock: the overview of the day and the report of the month, in the staff chat (SC-29, T8).

use std::collections::{BTreeMap, HashMap};

use chrono::{Datelike, Duration, NaiveDate, NaiveTime};
use engine::app::Along;
use engine::domain::calendar::Calendar;
use engine::domain::project::Status;
use engine::domain::{Arg, PersonId, Timestamp};
use engine::words::Rendered;
use projections::board::{self, Ball, BoardProject, BoardTask};
use projections::directory;

use crate::bot::{Bot, lock};
use crate::digest::{join, lines};
use crate::fault::Fault;
use crate::post::post;

/// An overview that is later than this is of no use any more.
const LATE: Duration = Duration::hours(6);
/// A report is of use until the next morning.
const VERY_LATE: Duration = Duration::hours(16);
const DAY: &str = "staff-day";
const MONTH: &str = "staff-month";

/// What both are made from.
struct Scene {
    language: String,
    calendar: Calendar,
    now: Timestamp,
    projects: Vec<BoardProject>,
    clients: BTreeMap<String, String>,
    people: HashMap<PersonId, String>,
}

impl Bot {
    /// Tells the staff what its time has come for; once, on whichever node.
    pub async fn clock_tick(&self, now: Timestamp) -> Result<(), Fault> {
        let desk = self.inner.app.desk();
        let (times, calendar) = (&desk.agency.by_the_clock, &desk.agency.calendar);
        let day = times.day_overview.as_ref().and_then(|time| time.come(calendar, now, LATE));
        let month = times.month_report.as_ref().and_then(|time| time.come_early(calendar, now, VERY_LATE));
        for (kind, came) in [(DAY, day), (MONTH, month)] {
            let Some(came) = came.filter(|came| lock(&self.inner.told_at).get(kind) != Some(came)) else {
                continue;
            };
            if self.lead(now).await?.is_none() {
                return Ok(());
            }
            self.tell_by_the_clock(kind, came, now).await?;
            lock(&self.inner.told_at).insert(kind, came);
        }
        Ok(())
    }

    async fn tell_by_the_clock(&self, kind: &str, came: Timestamp, now: Timestamp) -> Result<(), Fault> {
        let Some(chat) = self.inner.app.desk().staff_chat else { return Ok(()) };
        let scene = self.scene(now).await?;
        let texts = if kind == DAY { self.day(&scene) } else { self.month(&scene) };
        let messages = (1..).zip(join(texts)).map(|(part, text)| {
            let key = format!("{kind}:{}:{part}", came.timestamp());
            let mut message = post(chat, &key, kind, text);
            message.language.clone_from(&scene.language);
            message
        });
        let along = Along { messages: messages.collect(), ..Along::default() };
        Ok(self.inner.app.settle(format!("{kind}:{}", came.timestamp()), now, along).await?)
    }

    async fn scene(&self, now: Timestamp) -> Result<Scene, Fault> {
        let projects = board::projects(self.store()).await?;
        let clients = directory::clients(self.store()).await?;
        let tasks = projects.iter().flat_map(|project| &project.tasks);
        let people: Vec<PersonId> =
            tasks.flat_map(|task| [&task.assignee, &task.auditor]).flatten().cloned().collect();
        Ok(Scene {
            language: self.staff_language(),
            calendar: self.inner.app.desk().agency.calendar.clone(),
            now,
            people: self.store().names(&people).await?,
            clients: clients.into_iter().map(|client| (client.client.0, client.name)).collect(),
            projects,
        })
    }

    /// Nothing to do is nothing to say.
    fn day(&self, scene: &Scene) -> Vec<Rendered> {
        let tasks: Vec<(&BoardProject, &BoardTask)> =
            scene.open().flat_map(|project| project.tasks.iter().map(move |task| (project, task))).collect();
        let part = |key: &str, line: &str, fits: &dyn Fn(&BoardTask) -> bool| {
            let found = tasks.iter().filter(|(_, task)| fits(task));
            let said: Vec<Rendered> =
                found.filter_map(|(project, task)| self.line(scene, line, project, task)).collect();
            let head = self.inner.voice.text(&scene.language, key, &[]).filter(|_| !said.is_empty())?;
            Some(lines(std::iter::once(head).chain(said)))
        };
        let parts = [
            part("staff-day-overdue", "staff-day-line", &|task| scene.is_late(task)),
            part("staff-day-today", "staff-day-line", &|task| scene.is_for_today(task)),
            part("staff-day-check", "staff-day-line-check", &|task| task.status == Status::InReview),
            part("staff-day-client", "staff-day-line-client", &|task| task.ball == Ball::Client),
            part("staff-day-ready", "staff-day-line", &|task| {
                task.status == Status::Ready && !scene.is_late(task) && !scene.is_for_today(task)
            }),
        ];
        let parts: Vec<Rendered> = parts.into_iter().flatten().collect();
        let today = ("day".to_owned(), Arg::Date(scene.now));
        let head = self.inner.voice.text(&scene.language, DAY, &[today]).filter(|_| !parts.is_empty());
        head.into_iter().chain(parts).collect()
    }

    fn line(&self, scene: &Scene, key: &str, project: &BoardProject, task: &BoardTask) -> Option<Rendered> {
        let person = if task.status == Status::InReview { &task.auditor } else { &task.assignee };
        let name = person.as_ref().and_then(|person| scene.people.get(person)).cloned();
        let moment = |at: Option<Timestamp>| at.map_or(Arg::Text("—".to_owned()), Arg::Date);
        let args = [
            ("client".to_owned(), Arg::Text(scene.client(project))),
            ("task".to_owned(), Arg::Words(task.title.clone())),
            ("project".to_owned(), Arg::Text(project.project.to_string())),
            ("person".to_owned(), Arg::Text(name.unwrap_or_else(|| "—".to_owned()))),
            ("due".to_owned(), moment(task.due)),
            ("since".to_owned(), moment(Some(task.since))),
        ];
        self.inner.voice.text(&scene.language, key, &args)
    }

    /// A draft for each project in which something happened this month or that still runs.
    fn month(&self, scene: &Scene) -> Vec<Rendered> {
        let first = scene.today().with_day(1).unwrap_or_else(|| scene.today());
        let from = scene.calendar.instant(first.and_time(NaiveTime::MIN));
        let days = [("from".to_owned(), Arg::Date(from)), ("until".to_owned(), Arg::Date(scene.now))];
        let projects: Vec<Rendered> =
            scene.projects.iter().filter_map(|project| self.of_month(scene, project, from)).collect();
        let head = self.inner.voice.text(&scene.language, MONTH, &days).filter(|_| !projects.is_empty());
        head.into_iter().chain(projects).collect()
    }

    fn of_month(&self, scene: &Scene, project: &BoardProject, from: Timestamp) -> Option<Rendered> {
        let titles = |fits: &dyn Fn(&BoardTask) -> bool| -> Vec<String> {
            let found = project.tasks.iter().filter(|task| fits(task));
            found.map(|task| task.title.in_language(&scene.language).to_owned()).collect()
        };
        let done = titles(&|task| task.status == Status::Completed && task.since >= from);
        let open = titles(&|task| !task.status.is_over() && task.status != Status::Waiting);
        if done.is_empty() && (open.is_empty() || project.completed) {
            return None;
        }
        let say = |key: &str, args: &[(String, Arg)]| self.inner.voice.text(&scene.language, key, args);
        let named = |key: &str, names: Vec<String>| {
            (!names.is_empty()).then(|| say(key, &[("tasks".to_owned(), Arg::Names(names))])).flatten()
        };
        let head = say(
            "staff-month-project",
            &[
                ("client".to_owned(), Arg::Text(scene.client(project))),
                ("service".to_owned(), Arg::Words(project.title.clone())),
                ("project".to_owned(), Arg::Text(project.project.to_string())),
            ],
        );
        let first_day = scene.calendar.local(from).date();
        let paid =
            project.payments.iter().filter(|payment| payment.paid_on.is_some_and(|day| day >= first_day));
        let money = paid
            .filter_map(|payment| payment.received.clone())
            .filter_map(|amount| say("staff-month-money", &[("amount".to_owned(), Arg::Money(amount))]));
        let parts = [head, named("staff-month-done", done), named("staff-month-open", open)];
        Some(lines(parts.into_iter().flatten().chain(money)))
    }
}

impl Scene {
    fn open(&self) -> impl Iterator<Item = &BoardProject> {
        self.projects.iter().filter(|project| !project.completed)
    }

    fn today(&self) -> NaiveDate {
        self.calendar.local(self.now).date()
    }

    fn client(&self, project: &BoardProject) -> String {
        self.clients.get(&project.client.0).cloned().unwrap_or_else(|| project.client.to_string())
    }

    /// Ours to do, and over its time.
    fn is_late(&self, task: &BoardTask) -> bool {
        is_ours(task) && task.due.is_some_and(|due| due < self.now)
    }

    fn is_for_today(&self, task: &BoardTask) -> bool {
        let day = task.due.map(|due| self.calendar.local(due).date());
        is_ours(task) && !self.is_late(task) && day == Some(self.today())
    }
}

fn is_ours(task: &BoardTask) -> bool {
    matches!(task.ball, Ball::Us | Ball::Rework)
}
