//! The board of a filled agency: its pages over HTTP, and how soon a step of one person is news at twenty browsers.

use std::sync::Arc;
use std::time::{Duration, Instant};

use engine::app::App;
use engine::domain::agency::AgencyCommand;
use engine::domain::project::{ProjectCommand, Status};
use engine::domain::{Actor, ProjectId};
use engine::store::change::Profile;
use futures::future::join_all;
use journeys::db::{self, Db};
use journeys::desk::{add_client, app, ask, catalogue, done, hire, monday, open_smm, options};
use journeys::page::{Pages, site};
use journeys::visitor::Visitor;
use tokio::sync::watch;
use tokio::time::timeout;

use crate::browser;
use crate::figures::{Table, per_second, percentile};
use crate::transitions::{durability, toggle};
use crate::{Chosen, Size};

/// So many projects of nine tasks each, as SURFACES 2c counts them.
const PROJECTS: usize = 300;
const CLIENTS: usize = 40;
/// So many people have the board open.
const PEOPLE: usize = 20;
/// So many projects are worked on while they look.
const LIVE: usize = 200;
/// So long a browser is waited for at most.
const PATIENCE: Duration = Duration::from_mins(1);

/// The pages of the agency, one request after another, and then twenty people at once.
pub async fn run(table: &mut Table, chosen: &Chosen, size: Size) {
    let db = db::sqlite();
    let (app, projects) = fill(&db).await;
    let pages =
        Pages::serve(web::routes(site(&app, &catalogue(), Arc::new(monday), watch::channel(false).1))).await;
    let people = sign_in(&app, &pages).await;
    let pages_of = [
        ("board", "board", "/board".to_owned(), 30.0, Some(100.0)),
        ("project-page", "project page", format!("/p/{}", projects[0]), 30.0, None),
        ("search", "what is found", "/find?q=%D1%80%D0%B0%D0%BD%D0%BE%D0%BA".to_owned(), 20.0, None),
    ];
    let with = format!("{PROJECTS} projects, {} tasks", PROJECTS * 9);
    for (part, name, path, target, worst) in pages_of {
        if chosen.has(part) {
            let took = ask_again(&people[0], &path, size.pages).await;
            let half = percentile(&took, 0.5);
            table.less(&format!("{name} as HTML, {with}, p50"), durability(&db), half, "ms", Some(target));
            let most = percentile(&took, 0.99);
            let worst = worst.or(Some(target));
            table.less(&format!("{name} as HTML, {with}, p99"), durability(&db), most, "ms", worst);
        }
    }
    if chosen.has("board-live") {
        live(table, (&app, &db), &people, &projects[..LIVE], size.moves).await;
    }
    if chosen.has("browser") {
        browser::run(table, (&app, &pages), &with, size.openings).await;
    }
    app.store().close().await;
}

/// An agency as it stands after some years: every project with a history and one task that somebody has to do.
async fn fill(db: &Db) -> (App, Vec<ProjectId>) {
    let catalogue = catalogue();
    let app = app(db.open_with(options()).await, &catalogue);
    hire(&app, monday()).await;
    let mut clients = Vec::new();
    for n in 0..CLIENTS {
        let (id, name) = (format!("client-{n:02}"), format!("Кав'ярня «Ранок» № {n}"));
        clients.push(add_client(&app, monday(), &id, &name, "uk").await);
    }
    let mut projects = Vec::new();
    for n in 0..PROJECTS {
        let client = &clients[n % CLIENTS];
        let project = open_smm(&app, &catalogue, monday(), &format!("smm-{n:04}"), client).await;
        let start = ProjectCommand::StartTask { task: "communication".into() };
        done(app.project(&project, ask(monday(), Actor::Operator, start)).await.expect("stored"));
        toggle(&app, &project, n % 10).await;
        projects.push(project);
    }
    (app, projects)
}

/// Twenty people who lead projects, each in a browser of their own.
async fn sign_in<'a>(app: &App, pages: &'a Pages) -> Vec<Visitor<'a>> {
    let mut people = Vec::new();
    for n in 0..PEOPLE {
        let id = format!("pm-{n:02}");
        let command = AgencyCommand::AddPerson {
            person: id.as_str().into(),
            roles: vec!["pm".into()],
            known: app.desk().agency.roles.iter().map(|role| role.id.clone()).collect(),
            profile_changed: false,
        };
        let mut asked = ask(monday(), Actor::Operator, command);
        let name = format!("Керівниця № {n}");
        let person = id.as_str().into();
        let (telegram_user, username, language) = (None, None, None);
        asked.along.profiles.push(Profile { person, name, telegram_user, username, language });
        done(app.agency(asked).await.expect("stored"));
        people.push(Visitor::of(app, pages, &id, monday()).await);
    }
    people
}

/// How long the whole page takes, sorted.
async fn ask_again(visitor: &Visitor<'_>, path: &str, times: usize) -> Vec<Duration> {
    let mut took = Vec::with_capacity(times);
    for n in 0..times + 5 {
        let started = Instant::now();
        let page = visitor.get(path).await;
        assert_eq!(page.status, 200, "{path}");
        // The first ones fill the caches, as the first browser of a morning does.
        if n >= 5 {
            took.push(started.elapsed());
        }
    }
    took.sort_unstable();
    took
}

/// What one browser heard, the position of the log and when; and how long it waited for its page each time.
#[derive(Default)]
struct Seen {
    heard: Vec<(i64, Instant)>,
    shown: Vec<Duration>,
}

/// A move that was asked for, and a position of the log at which it certainly stands.
struct Moved {
    asked: Instant,
    position: i64,
}

impl Moved {
    /// How long it took to the first news that tells of it.
    fn until(&self, heard: &[(i64, Instant)]) -> Duration {
        let news = heard.iter().find(|(position, _)| *position >= self.position);
        news.expect("every browser hears of every move").1.saturating_duration_since(self.asked)
    }
}

/// Everybody moves a card, waits until the own browser shows it, and moves the next; all hear of every move.
async fn live(
    table: &mut Table,
    (app, db): (&App, &Db),
    people: &[Visitor<'_>],
    projects: &[ProjectId],
    moves: usize,
) {
    let (end, ended) = watch::channel(false);
    let started = Instant::now();
    let work = async {
        let each = moves / people.len();
        let shares = projects.chunks(projects.len() / people.len());
        let all = people.iter().zip(shares).map(|(visitor, own)| work(app, visitor, own, each));
        let moved: Vec<Moved> = join_all(all).await.into_iter().flatten().collect();
        let took = started.elapsed();
        // Whoever still waits for the last news gets it before the browsers close.
        tokio::time::sleep(Duration::from_secs(3)).await;
        let _ = end.send(true);
        (moved, took)
    };
    let browsers = join_all(people.iter().map(|visitor| browser(visitor, ended.clone())));
    let ((moved, took), seen) = tokio::join!(work, browsers);
    let mut late: Vec<Duration> =
        moved.iter().flat_map(|one| seen.iter().map(|browser| one.until(&browser.heard))).collect();
    late.sort_unstable();
    let mut shown: Vec<Duration> = seen.into_iter().flat_map(|browser| browser.shown).collect();
    shown.sort_unstable();
    let with = format!("{} live projects, {PEOPLE} browsers", projects.len());
    let durable = durability(db);
    table.rate(&format!("moves by everybody at once, {with}"), durable, per_second(moved.len(), took), 20.0);
    table.less(
        &format!("move to the news, {with}, p99"),
        durable,
        percentile(&late, 0.99),
        "ms",
        Some(1_000.0),
    );
    table.less(
        &format!("board asked after news, {with}, p99"),
        durable,
        percentile(&shown, 0.99),
        "ms",
        None,
    );
}

/// One person's steps: pause or resume a task, look at the board that the browser asks for afterwards, and so on.
async fn work(app: &App, visitor: &Visitor<'_>, projects: &[ProjectId], moves: usize) -> Vec<Moved> {
    let mut moved = Vec::new();
    for project in projects.iter().cycle().take(moves) {
        let state = app.project_state(project).await.expect("the store answers").expect("a project");
        let is_paused = state.task(&"communication".into()).is_some_and(|task| task.status == Status::Paused);
        let step = if is_paused { "resume" } else { "pause" };
        let asked = Instant::now();
        let answer = visitor.post(&format!("/p/{project}/communication/{step}"), &[]).await;
        assert_eq!(answer.status, 303, "{}", answer.text);
        moved.push(Moved { asked, position: *app.store().watch().borrow() });
        assert_eq!(visitor.get("/board").await.status, 200);
    }
    moved
}

/// An open board: it listens, and asks for its page again when there is news, once at a time.
async fn browser(visitor: &Visitor<'_>, end: watch::Receiver<bool>) -> Seen {
    let (tell, mut told) = watch::channel(0);
    let listen = listen(visitor, tell, end);
    let look = async {
        let mut shown = Vec::new();
        while told.changed().await.is_ok() {
            let started = Instant::now();
            assert_eq!(visitor.get("/board").await.status, 200);
            shown.push(started.elapsed());
        }
        shown
    };
    let (heard, shown) = tokio::join!(listen, look);
    Seen { heard, shown }
}

/// Everything that the stream of a browser tells until the end.
async fn listen(
    visitor: &Visitor<'_>,
    tell: watch::Sender<i64>,
    mut end: watch::Receiver<bool>,
) -> Vec<(i64, Instant)> {
    let (mut stream, mut heard, mut text) =
        (visitor.open("/live?at=/board").await, Vec::new(), String::new());
    loop {
        let chunk = tokio::select! {
            chunk = timeout(PATIENCE, stream.chunk()) => chunk.expect("a sign of life").expect("a stream"),
            _ = end.changed() => return heard,
        };
        text.push_str(&String::from_utf8_lossy(&chunk.expect("the stream goes on")));
        while let Some(line) = text.find('\n').map(|at| text.drain(..=at).collect::<String>()) {
            if let Some(position) = line.strip_prefix("data: ").and_then(|told| told.trim().parse().ok()) {
                heard.push((position, Instant::now()));
                tell.send_replace(position);
            }
        }
    }
}
