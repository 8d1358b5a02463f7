//! Commands: one file each; here is the way to them.

mod access;
mod brief;
mod card;
mod check;
mod client;
mod client_erase;
mod client_link;
mod client_write;
mod demo;
mod events;
mod explain;
mod handoff;
mod init;
mod loose_money;
mod outbox;
mod payment;
mod payment_list;
mod person;
mod person_leave;
mod person_password;
mod project_assign;
mod project_begin;
mod project_end;
mod project_export;
mod project_list;
mod project_move;
mod project_new;
mod project_pace;
mod project_show;
mod project_version;
mod rebuild;
mod report;
mod report_time;
mod report_waits;
mod serve;
mod simulate;
mod status;
mod task;
mod task_insert;
mod task_set;
mod task_show;
mod template;
mod time;
mod timers;
mod verify;

use workflows::LANGUAGES;

pub use payment::json_of as payment_json;
pub use time::{json_of as time_json, minutes as minutes_of};

use crate::args::{
    Access, Brief, Client, Command, Export, Handoff, Outbox, Payment, Person, Project, Report, Task,
    Template, Time,
};
use crate::console::Console;
use crate::failure::{Exit, Failure};
use crate::office::{Database, Office, Setup};

/// Does what was asked.
pub async fn run(command: Command, setup: Setup, console: &mut Console<'_>) -> Result<Exit, Failure> {
    if !is_new_client(&command) {
        spoken(setup.lang.as_deref())?;
    }
    match command {
        Command::Init { dir } => init::run(dir.as_deref(), &setup, console).await,
        Command::Serve => serve::run(&setup, console).await,
        Command::Demo { dir, port, database } => demo::run(&setup, &dir, port, database, console).await,
        Command::Check { files } => check::run(&files, &setup, console),
        Command::Simulate(wanted) => simulate::run(&wanted, &setup, console).await,
        Command::Explain { what, task } => explain::run(&what, task.as_deref(), &setup, console),
        Command::Person(command) => {
            with_office(&setup, may_make_person(&command), console, Work::Person(command)).await
        }
        Command::Client(command) => {
            with_office(&setup, may_make_client(&command), console, Work::Client(command)).await
        }
        Command::Project(Project::Export(Export { check: Some(file), .. })) => {
            project_export::check(&file, &setup, console)
        }
        Command::Project(command) => {
            with_office(&setup, Database::MustExist, console, Work::Project(command)).await
        }
        Command::Task(command) => {
            with_office(&setup, Database::MustExist, console, Work::Task(command)).await
        }
        Command::Outbox(command) => {
            with_office(&setup, Database::MustExist, console, Work::Outbox(command)).await
        }
        Command::Brief(command) => {
            with_office(&setup, Database::MustExist, console, Work::Brief(command)).await
        }
        Command::Handoff(command) => {
            with_office(&setup, Database::MustExist, console, Work::Handoff(command)).await
        }
        Command::Access(command) => {
            with_office(&setup, Database::MustExist, console, Work::Access(command)).await
        }
        Command::Payment(command) => {
            with_office(&setup, Database::MustExist, console, Work::Payment(command)).await
        }
        Command::Time(command) => {
            with_office(&setup, Database::MustExist, console, Work::Time(command)).await
        }
        Command::Template(command) => {
            with_office(&setup, Database::MustExist, console, Work::Template(command)).await
        }
        Command::Status { of } => with_office(&setup, Database::MustExist, console, Work::Status(of)).await,
        Command::Report(report) => {
            with_office(&setup, Database::MustExist, console, Work::Report(report)).await
        }
        Command::Events { project, after, follow } => {
            events::run(project.as_deref(), after, follow, &setup, console).await
        }
        Command::Timers { limit } => timers::run(limit, &setup, console).await,
        Command::Verify => verify::run(&setup, console).await,
        Command::Rebuild { read_model } => rebuild::run(read_model.as_deref(), &setup, console).await,
    }
}

/// Of a client's language the rules speak.
fn is_new_client(command: &Command) -> bool {
    matches!(command, Command::Client(Client::Add { .. }))
}

fn spoken(language: Option<&str>) -> Result<(), Failure> {
    match language.filter(|language| !LANGUAGES.contains(language)) {
        None => Ok(()),
        Some(unknown) => Err(Failure::usage(format!("nothing can be said in the language {unknown:?}"))
            .with_hint(format!("--lang takes {}", LANGUAGES.join(", ")))),
    }
}

enum Work {
    Person(Person),
    Client(Client),
    Project(Project),
    Task(Task),
    Outbox(Outbox),
    Brief(Brief),
    Handoff(Handoff),
    Access(Access),
    Payment(Payment),
    Time(Time),
    Template(Template),
    Report(Report),
    Status(Option<String>),
}

/// The first commands in a fresh place may make the database; the others would only hide a wrong address.
fn may_make_person(command: &Person) -> Database {
    match command {
        Person::Add { .. } => Database::MayBeMade,
        Person::List
        | Person::Link { .. }
        | Person::Password { .. }
        | Person::Owns { .. }
        | Person::Leave { .. } => Database::MustExist,
    }
}

fn may_make_client(command: &Client) -> Database {
    match command {
        Client::Add { .. } => Database::MayBeMade,
        Client::Set { .. }
        | Client::Answered { .. }
        | Client::Write(_)
        | Client::Waiting
        | Client::Link { .. }
        | Client::Confirm { .. }
        | Client::Approver { .. }
        | Client::Resolve { .. }
        | Client::Erase { .. }
        | Client::Show { .. }
        | Client::List => Database::MustExist,
    }
}

async fn with_office(
    setup: &Setup,
    database: Database,
    console: &mut Console<'_>,
    work: Work,
) -> Result<Exit, Failure> {
    let office = Office::open(setup, database).await?;
    if let Some(problem) = office.templates.broken.iter().find(|problem| problem.is_error()) {
        console.words(&format!("warning: the last good templates are used until this is mended: {problem}"));
    }
    let done = match work {
        Work::Person(command) => person::run(command, &office, console).await,
        Work::Client(command) => client::run(command, setup, &office, console).await,
        Work::Project(command) => project(command, setup, &office, console).await,
        Work::Status(of) => status::run(of.as_deref(), &office, console).await,
        Work::Report(Report::Time(wanted)) => report_time::run(wanted, &office, console).await,
        Work::Report(Report::Waits { from, until }) => {
            report_waits::run((from, until), &office, console).await
        }
        Work::Report(report) => report::run(report, &office, console).await,
        Work::Task(Task::Insert(wanted)) => task_insert::run(wanted, &office, console).await,
        Work::Task(Task::Show { task }) => task_show::run(&task, &office, console).await,
        Work::Task(command) => task::run(command, setup, &office, console).await,
        Work::Outbox(command) => outbox::run(command, &office, console).await,
        Work::Brief(command) => brief::run(command, &office, console).await,
        Work::Handoff(command) => handoff::run(command, &office, console).await,
        Work::Access(command) => access::run(command, setup, &office, console).await,
        Work::Payment(command) => payment::run(command, setup, &office, console).await,
        Work::Time(command) => time::run(command, &office, console).await,
        Work::Template(command) => template::run(command, &office, console).await,
    };
    office.close().await;
    done.map(|()| Exit::Done)
}

async fn project(
    command: Project,
    setup: &Setup,
    office: &Office,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    match command {
        Project::Export(Export { project, to, .. }) => {
            let project = project.unwrap_or_default();
            project_export::run(&project, to.as_deref(), (setup, office), console).await
        }
        Project::New { service, client, assign, price, promised } => {
            let wanted = project_new::Wanted { service, client, assign, price, promised };
            project_new::run(wanted, office, console).await
        }
        Project::Assign { project, assign } => project_assign::run(&project, &assign, office, console).await,
        Project::MoveVersion(wanted) => project_move::run(wanted, office, console).await,
        Project::List { marks } => project_list::run(marks, office, console).await,
        Project::Show { project } => project_show::run(&project, office, console).await,
        Project::Pause { project, reason } => project_pace::pause(&project, &reason, office, console).await,
        Project::Resume { project } => project_pace::resume(&project, office, console).await,
        Project::Promise { project, day, what } => {
            project_pace::promise(&project, (day, &what), office, console).await
        }
        Project::Keep { project } => project_pace::keep(&project, office, console).await,
        Project::OpenPeriod { project, number } => {
            project_end::open_period(&project, number, office, console).await
        }
        Project::Close { project, comment } => project_end::close(&project, &comment, office, console).await,
    }
}
