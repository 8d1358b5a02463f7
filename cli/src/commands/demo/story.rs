//! Story: what the staff of the example agency has done before one looks at it.

use engine::app::{Along, Answer};
use engine::domain::definition::{Gate, Period};
use engine::domain::field::Entered;
use engine::domain::project::ProjectCommand;
use engine::domain::{ProjectId, Refusal, TaskId};

use crate::clock;
use crate::failure::Failure;
use crate::files::comment;
use crate::office::Office;

/// Who does what on which task.
pub struct Step(&'static str, &'static str, Act);

enum Act {
    Start,
    Set(&'static [(&'static str, &'static str)]),
    Tick(u32),
    Press(&'static str),
    Brief(&'static str),
    Paid(&'static str),
    Submit,
    Accept,
}

use Act::{Accept, Brief, Paid, Press, Set, Start, Submit, Tick};

/// The content plan waits for the client's decision.
pub const RANOK: &[Step] = &[
    Step("olena", "communication", Start),
    Step(
        "olena",
        "communication",
        Set(&[("goals", "Більше гостей зранку: 300 відміток у профілі на місяць"), ("access", "have")]),
    ),
    Step("olena", "communication", Tick(1)),
    Step("olena", "communication", Tick(2)),
    Step("olena", "communication", Tick(3)),
    Step("olena", "communication", Brief("Бриф заповнили разом по телефону")),
    Step("nadiia", "communication", Paid("Платіжне доручення 118")),
    Step("olena", "communication", Submit),
    Step("maksym", "accounts", Start),
    Step("maksym", "accounts", Tick(1)),
    Step("maksym", "accounts", Tick(2)),
    Step("maksym", "accounts", Tick(3)),
    Step(
        "maksym",
        "accounts",
        Set(&[("account_links", "https://instagram.com/ranok.coffee https://facebook.com/ranok.coffee")]),
    ),
    Step("maksym", "accounts", Submit),
    Step("olena", "accounts", Accept),
    Step("maksym", "rubricator", Start),
    Step("maksym", "rubricator", Tick(1)),
    Step("maksym", "rubricator", Tick(2)),
    Step("maksym", "rubricator", Set(&[("rubricator_link", "https://docs.example.com/ranok/rubrykator")])),
    Step("maksym", "rubricator", Submit),
    Step("olena", "rubricator", Accept),
    Step("maksym", "content_plan", Start),
    Step("maksym", "content_plan", Tick(1)),
    Step("maksym", "content_plan", Tick(2)),
    Step(
        "maksym",
        "content_plan",
        Set(&[("plan_link", "https://docs.example.com/ranok/kontent-plan"), ("posts", "12")]),
    ),
    Step("maksym", "content_plan", Submit),
    Step("olena", "content_plan", Accept),
];

/// Work on the accounts is under way.
pub const GREEN: &[Step] = &[
    Step("olena", "communication", Start),
    Step(
        "olena",
        "communication",
        Set(&[("goals", "40 test rides a month booked from Instagram"), ("access", "create")]),
    ),
    Step("olena", "communication", Tick(1)),
    Step("olena", "communication", Tick(2)),
    Step("olena", "communication", Tick(3)),
    Step("olena", "communication", Brief("Filled in together on the kick-off call")),
    Step("nadiia", "communication", Paid("Bank transfer of the first month")),
    Step("olena", "communication", Submit),
    Step("maksym", "accounts", Start),
    Step("maksym", "accounts", Tick(1)),
];

/// The brief is with the client: the button in its chat opens the page.
pub const PERLYNA: &[Step] =
    &[Step("olena", "communication", Start), Step("olena", "communication", Press("send_brief"))];

/// Does the steps that are not done yet; a task that people have moved on since is left alone.
pub async fn play(office: &Office, project: &ProjectId, steps: &[Step]) -> Result<(), Failure> {
    for (number, Step(person, task, act)) in steps.iter().enumerate() {
        // One name per step for ever: what was done at an earlier start is not done again.
        let office = office.acting(person).named(&format!("demo:{project}:{number}"));
        let task = TaskId::from(*task);
        let (command, along) = order(act, task.clone(), &office);
        let answer = office.app.project(project, office.ask(command, along)).await?;
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

fn order(act: &Act, task: TaskId, office: &Office) -> (ProjectCommand, Along) {
    let mut along = Along::default();
    let mut keep = |text: &str| {
        let (content, reference) = comment(text, office.by.person().cloned(), clock::now());
        along.contents.push(content);
        reference
    };
    let command = match act {
        Start => ProjectCommand::StartTask { task },
        Set(values) => {
            let values =
                values.iter().map(|(name, text)| ((*name).to_owned(), Entered::Text((*text).to_owned())));
            ProjectCommand::SetFields { task, values: values.collect() }
        }
        Tick(item) => ProjectCommand::TickItem { task, item: *item, done: true },
        Press(button) => ProjectCommand::PressButton { task, button: (*button).to_owned() },
        Brief(why) => {
            let gate = Gate::Form("smm-brief".to_owned());
            ProjectCommand::ConfirmGate { task, gate, comment: keep(why) }
        }
        Paid(why) => ProjectCommand::ConfirmGate { task, gate: Gate::Paid(Period::This), comment: keep(why) },
        Submit => ProjectCommand::SubmitTask { task },
        Accept => ProjectCommand::AcceptTask { task, round: None },
    };
    (command, along)
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
