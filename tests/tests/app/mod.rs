//! The engine behind every surface: one way in, on both databases.

use engine::app::{Answer, App};
use engine::domain::project::{ProjectCommand, Status};
use engine::domain::{Actor, ProjectId, StreamId};
use futures::future::join_all;
use journeys::db::{self, Db};
use journeys::desk::{add_client, app, ask, catalogue, done, hire, monday, open_smm, options, person};

/// An agency with one project, on the given database.
async fn agency(db: &Db) -> (App, ProjectId) {
    let catalogue = catalogue();
    let app = app(db.open_with(options()).await, &catalogue);
    hire(&app, monday()).await;
    let client = add_client(&app, monday(), "ranok", "Кава «Ранок»", "uk").await;
    let project = open_smm(&app, &catalogue, monday(), "smm-test", &client).await;
    (app, project)
}

fn start() -> ProjectCommand {
    ProjectCommand::StartTask { task: "communication".into() }
}

async fn status(app: &App, project: &ProjectId) -> Status {
    let state = app.project_state(project).await.unwrap().unwrap();
    state.task(&"communication".into()).unwrap().status
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_asked_twice_gets_its_first_answer_again() {
    for db in db::both().await {
        let (app, project) = agency(&db).await;
        let first = ask(monday(), person("olena"), start());
        let Answer::Done { first: position, .. } = app.project(&project, first.clone()).await.unwrap() else {
            panic!("{}", db.name)
        };
        let pause =
            ask(monday(), person("olena"), ProjectCommand::PauseTask { task: "communication".into() });
        done(app.project(&project, pause).await.unwrap());
        let again = app.project(&project, first).await.unwrap();
        assert!(matches!(again, Answer::Done { first, .. } if first == position), "{}: {again:?}", db.name);
        assert_eq!(status(&app, &project).await, Status::Paused);
        app.store().close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_command_under_a_used_id_is_refused_and_changes_nothing() {
    for db in db::both().await {
        let (app, project) = agency(&db).await;
        let first = ask(monday(), person("olena"), start());
        done(app.project(&project, first.clone()).await.unwrap());
        let pause = ProjectCommand::PauseTask { task: "communication".into() };
        let mut commands =
            vec![ask(monday(), person("olena"), pause), ask(monday(), Actor::Operator, start())];
        // What would change nothing, and what would be refused anyway.
        let skip = ProjectCommand::StartTask { task: "ads".into() };
        commands.push(ask(monday(), person("olena"), skip));
        for mut other in commands {
            other.command_id.clone_from(&first.command_id);
            for _ in 0..2 {
                let answer = app.project(&project, other.clone()).await.unwrap();
                let code =
                    matches!(&answer, Answer::Refused(refusal) if refusal.code() == "command-id-taken");
                assert!(code, "{}: {other:?}: {answer:?}", db.name);
            }
        }
        assert_eq!(status(&app, &project).await, Status::InProgress);
        let again = app.project(&project, first).await.unwrap();
        assert!(matches!(again, Answer::Done { repeated: true, .. }), "{}: {again:?}", db.name);
        assert_eq!(app.store().stream(StreamId::audit(), 0).await.unwrap().len(), 3, "{}", db.name);
        assert!(app.store().verify().await.unwrap().is_well());
        app.store().close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_id_is_taken_too_and_a_foreign_stream_does_not_lend_its_answer() {
    for db in db::both().await {
        let (app, project) = agency(&db).await;
        let client = add_client(&app, monday(), "zirka", "Зірка", "uk").await;
        let other = open_smm(&app, &catalogue(), monday(), "smm-other", &client).await;
        let wrong = ask(monday(), person("maksym"), start());
        app.project(&project, wrong.clone()).await.unwrap();
        let answer = app.project(&other, wrong).await.unwrap();
        let taken = matches!(&answer, Answer::Refused(refusal) if refusal.code() == "command-id-taken");
        assert!(taken, "{}: {answer:?}", db.name);
        app.store().close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_a_fact_and_is_repeated_as_it_was() {
    for db in db::both().await {
        let (app, project) = agency(&db).await;
        let wrong = ask(monday(), person("maksym"), start());
        let first = app.project(&project, wrong.clone()).await.unwrap();
        let again = app.project(&project, wrong).await.unwrap();
        assert!(matches!(&first, Answer::Refused(refusal) if refusal.code() == "not-your-task"), "{first:?}");
        assert_eq!(first, again);
        let audit = app.store().stream(StreamId::audit(), 0).await.unwrap();
        assert_eq!(audit.len(), 1, "{}", db.name);
        app.store().close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_on_one_database_see_each_other() {
    for db in db::both().await {
        let (server, project) = agency(&db).await;
        let beside = app(db.open_with(options()).await, &catalogue());
        done(beside.project(&project, ask(monday(), person("olena"), start())).await.unwrap());
        // The server's cache still says "ready"; the answer must not.
        let again = server.project(&project, ask(monday(), person("olena"), start())).await.unwrap();
        assert_eq!(again, Answer::AlreadySo, "{}", db.name);
        let pause = ProjectCommand::PauseTask { task: "communication".into() };
        done(server.project(&project, ask(monday(), person("olena"), pause)).await.unwrap());
        let resume = ProjectCommand::ResumeTask { task: "communication".into() };
        done(beside.project(&project, ask(monday(), person("olena"), resume.clone())).await.unwrap());
        let refused = server.project(&project, ask(monday(), person("iryna"), resume)).await.unwrap();
        assert!(matches!(refused, Answer::Refused(_)), "{}: {refused:?}", db.name);
        assert!(server.store().verify().await.unwrap().is_well(), "{}", db.name);
        beside.store().close().await;
        server.store().close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_at_once_start_the_task_once() {
    for db in db::both().await {
        let (app, project) = agency(&db).await;
        let presses = (0..100).map(|_| {
            let (app, project) = (app.clone(), project.clone());
            async move { app.project(&project, ask(monday(), Actor::Operator, start())).await.unwrap() }
        });
        let answers = join_all(presses).await;
        let started = answers.iter().filter(|answer| matches!(answer, Answer::Done { .. })).count();
        assert_eq!(started, 1, "{}", db.name);
        assert!(app.store().verify().await.unwrap().is_well());
        app.store().close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn read_models_rebuilt_from_zero_are_the_same_bytes() {
    for db in db::both().await {
        let (app, project) = agency(&db).await;
        done(app.project(&project, ask(monday(), person("olena"), start())).await.unwrap());
        let tables: Vec<_> =
            projections::all().iter().flat_map(|model| model.table_names().to_vec()).collect();
        let mut before = Vec::new();
        for table in &tables {
            before.push(app.store().dump(table).await.unwrap());
        }
        let outbox = app.store().dump("outbox").await.unwrap();
        app.store().rebuild(None).await.unwrap();
        for (table, before) in tables.iter().zip(before) {
            assert_eq!(app.store().dump(table).await.unwrap(), before, "{}: {table}", db.name);
        }
        assert_eq!(app.store().dump("outbox").await.unwrap(), outbox, "a rebuild sends nothing");
        app.store().close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_command_changes_nobodys_profile() {
    let db = db::sqlite();
    let (app, _) = agency(&db).await;
    let command = engine::domain::agency::AgencyCommand::AddPerson {
        person: "olena".into(),
        roles: vec!["pm".into()],
        known: vec!["pm".into()],
        profile_changed: true,
    };
    let mut theft = ask(monday(), person("taras"), command);
    theft.along.profiles.push(journeys::house::House::contact("olena", "Зламана", 666));
    let answer = app.agency(theft).await.unwrap();
    assert!(matches!(answer, Answer::Refused(_)), "{answer:?}");
    let profile = app.store().profile(&"olena".into()).await.unwrap().unwrap();
    assert_eq!((profile.name.as_str(), profile.telegram_user), ("Олена Коваль", Some(1001)));
    app.store().close().await;
}
