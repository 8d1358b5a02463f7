//! Story: what the staff of the example agency has done before one looks at it.

use engine::app::{Along, Answer, HandIn, HandedIn};
use engine::domain::definition::Gate;
use engine::domain::field::Entered;
use engine::domain::project::ProjectCommand;
use engine::domain::project::event::FilledBy;
use engine::domain::{PaymentId, ProjectId, Refusal, TaskId};

use crate::failure::Failure;
use crate::office::Office;
use crate::{clock, files};

/// Who does what on which task.
pub struct Step(&'static str, &'static str, Act);

enum Act {
    Start,
    Set(&'static [(&'static str, &'static str)]),
    Tick(u32),
    Press(&'static str),
    /// The accesses were tried, and this is what came of it.
    Tried(&'static str),
    /// The answers of the brief, taken down together with the client.
    Brief(&'static [(&'static str, &'static str)]),
    /// The first month is paid.
    Paid,
    Submit,
    Accept,
}

use Act::{Accept, Brief, Paid, Press, Set, Start, Submit, Tick, Tried};

/// The brief that the stories fill in.
const BRIEF: &str = "smm-brief";
/// The access that the stories try.
const ACCESS: &str = "social_networks";

const RANOK_BRIEF: &[(&str, &str)] = &[
    ("business", "Кав'ярня з власним обсмаженням, два заклади на Подолі"),
    ("goals", "Більше гостей зранку"),
    ("audience", "Мешканці й офіси поруч, 25-40 років"),
    ("networks", "instagram"),
    ("approver", "Софія Ткаченко"),
    ("budget", "10000 UAH"),
];

const MALVA_BRIEF: &[(&str, &str)] = &[
    ("business", "Салон краси біля ринку, вісім майстрів"),
    ("goals", "Запис на будні дні"),
    ("audience", "Жінки 25-45 років із району"),
    ("networks", "instagram"),
    ("approver", "Олеся Мороз"),
    ("budget", "9000 UAH"),
];

const GREEN_BRIEF: &[(&str, &str)] = &[
    ("business", "Electric bicycles, a shop and a repair service"),
    ("goals", "Test rides booked from Instagram"),
    ("audience", "Commuters, 25-45"),
    ("networks", "instagram"),
    ("approver", "Emma Clarke"),
    ("budget", "12000 UAH"),
];

/// The content plan waits for the client's decision.
pub const RANOK: &[Step] = &[
    Step("olena", "communication", Start),
    Step(
        "olena",
        "communication",
        Set(&[("goals", "Більше гостей зранку: 300 відміток у профілі на місяць")]),
    ),
    Step("olena", "communication", Tick(1)),
    Step("olena", "communication", Tick(2)),
    Step("olena", "communication", Tried("Увійшли до Instagram і Facebook, усе працює")),
    Step("olena", "communication", Brief(RANOK_BRIEF)),
    Step("nadiia", "communication", Paid),
    Step("olena", "communication", Submit),
    Step("maksym", "accounts", Start),
    Step("maksym", "accounts", Tick(1)),
    Step("maksym", "accounts", Tick(2)),
    Step("maksym", "accounts", Tick(3)),
    Step(
        "maksym",
        "accounts",
        Set(&[
            ("networks", "instagram: new, facebook: existing, tiktok: unused"),
            ("account_links", "https://instagram.com/ranok.coffee https://facebook.com/ranok.coffee"),
        ]),
    ),
    Step("maksym", "accounts", Submit),
    Step("olena", "accounts", Accept),
    Step("maksym", "rubricator", Start),
    Step("maksym", "rubricator", Tick(1)),
    Step("maksym", "rubricator", Tick(2)),
    Step(
        "maksym",
        "rubricator",
        Set(&[
            ("topics", "Кава: зерно; обсмаження\nЛюди: бариста; гості"),
            ("rubricator_link", "https://docs.example.com/ranok/rubrykator"),
        ]),
    ),
    Step("maksym", "rubricator", Submit),
    Step("olena", "rubricator", Accept),
    Step("maksym", "content_plan", Start),
    Step("maksym", "content_plan", Tick(1)),
    Step("maksym", "content_plan", Tick(2)),
    Step(
        "maksym",
        "content_plan",
        Set(&[
            ("plan_period", "2026-12-01..2026-12-31"),
            ("plan", "2026-12-09; Звідки наше зерно; instagram\n2026-12-11; Ранок бариста; facebook"),
            ("plan_link", "https://docs.example.com/ranok/kontent-plan"),
            ("posts", "12"),
        ]),
    ),
    Step("maksym", "content_plan", Submit),
    Step("olena", "content_plan", Accept),
];

/// Work on the accounts is under way.
pub const GREEN: &[Step] = &[
    Step("olena", "communication", Start),
    Step("olena", "communication", Set(&[("goals", "40 test rides a month booked from Instagram")])),
    Step("olena", "communication", Tick(1)),
    Step("olena", "communication", Tick(2)),
    Step("olena", "communication", Tried("Invited to the page as administrators, it works")),
    Step("olena", "communication", Brief(GREEN_BRIEF)),
    Step("nadiia", "communication", Paid),
    Step("olena", "communication", Submit),
    Step("maksym", "accounts", Start),
    Step("maksym", "accounts", Tick(1)),
];

/// The accounts are made, and the PM has to look.
pub const MALVA: &[Step] = &[
    Step("olena", "communication", Start),
    Step("olena", "communication", Set(&[("goals", "20 записів на будні дні")])),
    Step("olena", "communication", Tick(1)),
    Step("olena", "communication", Tick(2)),
    Step("olena", "communication", Tried("Увійшли, усе працює")),
    Step("olena", "communication", Brief(MALVA_BRIEF)),
    Step("nadiia", "communication", Paid),
    Step("olena", "communication", Submit),
    Step("maksym", "accounts", Start),
    Step("maksym", "accounts", Tick(1)),
    Step("maksym", "accounts", Tick(2)),
    Step("maksym", "accounts", Tick(3)),
    Step(
        "maksym",
        "accounts",
        Set(&[
            ("networks", "instagram: existing, facebook: new, tiktok: unused"),
            ("account_links", "https://instagram.com/malva.salon https://facebook.com/malva.salon"),
        ]),
    ),
    Step("maksym", "accounts", Submit),
];

/// The brief is with the client: the button in its chat opens the page.
pub const BRIEF_SENT: &[Step] =
    &[Step("olena", "communication", Start), Step("olena", "communication", Press("send_brief"))];

/// Does the steps that are not done yet; a task that people have moved on since is left alone.
pub async fn play(office: &Office, project: &ProjectId, steps: &[Step]) -> Result<(), Failure> {
    for (number, Step(person, task, act)) in steps.iter().enumerate() {
        // One name per step for ever: what was done at an earlier start is not done again.
        let office = office.acting(person).named(&format!("demo:{project}:{number}"));
        let task = TaskId::from(*task);
        let answer = if let Brief(answers) = act {
            hand_in(&office, project, answers).await?
        } else {
            let (command, along) = order(&office, act, task.clone());
            office.app.project(project, office.ask(command, along)).await?
        };
        match answer {
            Answer::Done { .. } | Answer::AlreadySo => {}
            Answer::Refused(
                Refusal::WrongStatus { .. } | Refusal::NotItsTurn { .. } | Refusal::ProjectOver,
            ) => {
                tracing::debug!(%project, %task, number, "people have gone on from here");
            }
            Answer::Refused(refusal) => return Err(office.refused(refusal, None).await),
        }
    }
    Ok(())
}

/// The brief, filled in by the staff for the client.
async fn hand_in(office: &Office, project: &ProjectId, answers: &[(&str, &str)]) -> Result<Answer, Failure> {
    let typed = answers.iter().map(|(name, text)| ((*name).to_owned(), vec![(*text).to_owned()]));
    let ask = office.ask((), Along::default());
    let given = HandIn {
        project: project.clone(),
        form: BRIEF.to_owned(),
        typed: typed.collect(),
        sending: None,
        filled: FilledBy::Staff,
        by: ask.by,
        command_id: ask.command_id,
        at: ask.at,
    };
    match office.app.hand_in(given).await? {
        HandedIn::Given(answer) => Ok(answer),
        HandedIn::Wrong(wrong) => {
            let names: Vec<&str> = wrong.iter().map(|wrong| wrong.question.as_str()).collect();
            Err(Failure::failed(format!("the brief of the example is wrong in {}", names.join(", "))))
        }
    }
}

fn order(office: &Office, act: &Act, task: TaskId) -> (ProjectCommand, Along) {
    let command = match act {
        Tried(found) => return tried(office, found, task),
        // The brief itself is handed in beside the log.
        Start | Brief(_) => ProjectCommand::StartTask { task },
        Set(values) => {
            let values =
                values.iter().map(|(name, text)| ((*name).to_owned(), Entered::Text((*text).to_owned())));
            ProjectCommand::SetFields { task, values: values.collect() }
        }
        Tick(item) => ProjectCommand::TickItem { task, item: *item, done: true, note: None },
        Press(button) => ProjectCommand::PressButton { task, button: (*button).to_owned() },
        Paid => {
            let payment = PaymentId::period(1);
            ProjectCommand::ReceivePayment { payment, amount: None, on: None, reason: None, again: false }
        }
        Submit => ProjectCommand::SubmitTask { task },
        Accept => ProjectCommand::AcceptTask { task, round: None },
    };
    (command, Along::default())
}

/// The access works; what was found is kept beside the log.
fn tried(office: &Office, found: &str, task: TaskId) -> (ProjectCommand, Along) {
    let (content, comment) = files::comment(found, office.by.person().cloned(), clock::now());
    let gate = Gate::Access(ACCESS.to_owned());
    let along = Along { contents: vec![content], ..Along::default() };
    (ProjectCommand::ConfirmGate { task, gate, comment }, along)
}

/// Where a project stands, in one line.
pub async fn told(office: &Office, project: &ProjectId) -> Result<String, Failure> {
    let Some(state) = office.app.project_state(project).await? else { return Ok(String::new()) };
    let current = state.tasks.iter().find(|task| !task.status.is_over());
    Ok(match current {
        Some(task) => format!("{}: {}", task.id, task.status.word().replace('_', " ")),
        None => "completed".to_owned(),
    })
}
