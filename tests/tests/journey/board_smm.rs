//! The SMM project from "new" to the last of its nine tasks, by hand in a real browser, while another one watches.

use std::time::{Duration, Instant};

use engine::app::Desk;
use engine::domain::TaskId;
use engine::domain::definition::{Field, FieldKind, Gate, Task};
use engine::domain::field::Entered;
use engine::domain::project::{ProjectCommand, Status};
use journeys::browser::{Browser, Driver};
use journeys::db::{self, Db};
use journeys::desk::person;
use journeys::house::{GROUP, House, SOFIIA};
use journeys::page::Pages;
use journeys::samples;

use super::briefs::serve;
use super::witness::script;

/// The one who works, signed in anew as whoever the task is for, and the PM, whose board is open all the time.
struct Office {
    house: House,
    pages: Pages,
    worker: Browser,
    olena: Browser,
    seen: Vec<Duration>,
}

#[tokio::test(flavor = "multi_thread")]
async fn an_smm_project_goes_from_new_to_its_end_on_the_board_and_another_browser_sees_every_move() {
    let driver = Driver::start().await;
    let (_db, mut office) = office(&driver).await;
    office.open_project().await;
    for (task, _) in office.tasks().await {
        office.work(&task).await;
        if task == "content_plan" {
            office.send_back(&task).await;
            office.work(&task).await;
        }
        if office.house.status(&task).await == Status::AwaitingApproval {
            office.answers("✅").await;
        }
        office.watch(&task, "done").await;
        assert_eq!(office.house.status(&task).await, Status::Completed, "{task}");
    }
    insta::assert_snapshot!("board_smm_client_uk", script(&office.house, GROUP));
    office.seen.sort();
    println!(
        "{} moves seen by another browser, the slowest after {:?}",
        office.seen.len(),
        office.seen.last()
    );
    assert!(office.house.app.store().verify().await.unwrap().is_well());
    for browser in [office.worker, office.olena] {
        browser.close().await;
    }
}

async fn office(driver: &Driver) -> (Db, Office) {
    let db = db::sqlite();
    let house = House::empty(&db).await;
    house.link("uk").await;
    let pages = serve(&house).await;
    let desk = house.app.desk();
    house.app.set_desk(Desk { public_url: pages.at(""), ..(*desk).clone() });
    let (worker, olena) = (driver.browser().await, driver.browser().await);
    let office = Office { house, pages, worker, olena, seen: Vec::new() };
    office.sign_in(&office.olena, "olena").await;
    (db, office)
}

impl Office {
    async fn sign_in(&self, browser: &Browser, who: &str) {
        browser.open(&self.pages.at(&self.house.sign_in_path(who).await)).await;
        browser.click("button").await;
        browser.see("#main[data-live]").await;
    }

    async fn open_project(&mut self) {
        self.olena.open(&self.pages.at("/new")).await;
        let chosen = "(document.querySelector('#client').value = 'kava-ranok',
            document.querySelector('input[name=service][value=smm]').click(),
            [['pm', 'olena'], ['smm', 'maksym'], ['designer', 'iryna'], ['ads', 'taras'], ['accountant', 'nadiia']]
                .forEach(([role, person]) => { document.querySelector('#r-' + role).value = person; }), true)";
        self.olena.wait_for(chosen).await;
        self.olena.click("main form button.pri").await;
        self.olena.see("ol.tasks").await;
        let address = self.olena.address().await;
        let id = address.rsplit("/p/").next().expect("a project").split('?').next().expect("its id");
        self.house.project = id.into();
        self.house.settle().await;
        self.olena.open(&self.pages.at("/board")).await;
        self.olena.see("#live.on").await;
    }

    async fn tasks(&self) -> Vec<(String, Task)> {
        let project = self.house.app.project_state(&self.house.project).await.unwrap().unwrap();
        let planned =
            project.tasks.iter().map(|task| (task.id.0.clone(), project.plan(&task.id).unwrap().clone()));
        planned.collect()
    }

    /// Waits until the card stands in a column of the board that nobody touches, and notes how long it took.
    async fn watch(&mut self, task: &str, column: &str) {
        let (project, since) = (self.house.project.clone(), Instant::now());
        let stands = if column == "done" {
            format!("!!document.querySelector(\"a.fold[href='/p/{project}?task={task}']\")")
        } else {
            format!(
                "!!document.querySelector(\".drop-zone[data-column='{column}'] [data-task='{project}/{task}']\")"
            )
        };
        self.olena.wait_for(&stands).await;
        self.seen.push(since.elapsed());
    }

    /// A task by its assignee on its panel, and checked by the PM on the board.
    async fn work(&mut self, task: &str) {
        let (id, by) = (TaskId::from(task), self.assignee(task).await);
        self.sign_in(&self.worker, &by).await;
        self.house.settle().await;
        self.open_panel(task).await;
        self.worker.click(&format!("form[action$='/{task}/start'] button")).await;
        self.watch(task, "work").await;
        self.house.settle().await;
        let plan = self.tasks().await.into_iter().find(|(known, _)| known == task).expect("planned").1;
        self.fill(&id, &plan, &by).await;
        self.house.open_gates(task).await;
        self.open_panel(task).await;
        self.worker.click(&format!("form[action$='/{task}/submit'] button")).await;
        if plan.auditor.is_some() {
            self.watch(task, "check").await;
            self.check(task).await;
        }
        self.worker.see(".task-panel .sect:first-child > .chip:is(.client, .done)").await;
        self.house.settle().await;
    }

    async fn assignee(&self, task: &str) -> String {
        let project = self.house.app.project_state(&self.house.project).await.unwrap().unwrap();
        project.assignee(&task.into()).expect("somebody does it").0.clone()
    }

    async fn open_panel(&self, task: &str) {
        self.worker.open(&self.pages.at(&format!("/p/{}?task={task}", self.house.project))).await;
        self.worker.see(".task-panel").await;
    }

    /// Every field, line and button that the task asks for.
    async fn fill(&self, id: &TaskId, plan: &Task, by: &str) {
        let fields: Vec<&Field> =
            plan.result.iter().filter(|field| field.required || !plan.buttons.is_empty()).collect();
        let (files, typed): (Vec<_>, Vec<_>) =
            fields.into_iter().partition(|field| matches!(field.kind, FieldKind::File | FieldKind::Files));
        for field in files {
            let file = Entered::Files(vec![self.house.file("звіт.pdf").await]);
            let values = vec![(field.id.clone(), file)];
            self.house.order(person(by), ProjectCommand::SetFields { task: id.clone(), values }).await;
        }
        self.open_panel(&id.0).await;
        let project = self.house.app.project_state(&self.house.project).await.unwrap().unwrap();
        let due = project.payment_of(id).and_then(|payment| project.payment(&payment)?.open_amount());
        let text = |field: &Field| match &due {
            Some(due) if field.id == "amount" => due.to_string(),
            _ => samples::text(field),
        };
        let inputs = |field: &&Field| match field.options.first() {
            Some((option, _)) if field.kind == FieldKind::ChoiceForEach => field
                .items
                .iter()
                .map(|(item, _)| (format!("f-{}-{item}", field.id), option.clone()))
                .collect(),
            _ => vec![(format!("f-{}", field.id), text(field))],
        };
        let values: Vec<(String, String)> = typed.iter().flat_map(inputs).collect();
        if !values.is_empty() {
            let values = serde_json::to_string(&values).expect("JSON");
            let set = format!(
                "({values}.forEach(([id, text]) => {{ document.getElementById(id).value = text; }}), document.querySelector(\"form[action$='/set']\").requestSubmit(), true)"
            );
            self.worker.wait_for(&set).await;
            self.worker.wait_for("!document.querySelector('.fld.miss')").await;
        }
        self.tick(id, plan).await;
        for gate in &plan.finish_needs {
            if let Gate::Button(button) = gate {
                self.worker
                    .click(&format!("form[action$='/press']:has(input[value='{button}']) button"))
                    .await;
                self.worker.wait_for(&format!("!document.querySelector(\"input[value='{button}']\")")).await;
            }
        }
    }

    async fn tick(&self, id: &TaskId, plan: &Task) {
        let project = self.house.app.project_state(&self.house.project).await.unwrap().unwrap();
        let ticked = &project.task(id).expect("a task").ticked;
        for (item, line) in (1_u32..).zip(&plan.checklist).filter(|(item, _)| !ticked.contains(item)) {
            if line.needs_note {
                self.worker.fill(&format!("#note-{item}"), "Домовились").await;
            }
            self.worker.click(&format!("ul.ck li:nth-child({item}) button")).await;
            self.worker.see(&format!("ul.ck li.on:nth-child({item})")).await;
        }
    }

    /// The PM accepts on the board, by keys.
    async fn check(&self, task: &str) {
        let card = format!("[data-task='{}/{task}'] h3 a", self.house.project);
        self.olena.wait_for(&format!("(document.querySelector(\"{card}\").focus(), true)")).await;
        self.olena.press("m").await;
        self.olena.click("dialog[open] [data-open='client'], dialog[open] [data-open='done']").await;
    }

    async fn answers(&self, label: &str) {
        self.house.press(SOFIIA, GROUP, label).await;
    }

    /// The client does not like it, and says why.
    async fn send_back(&mut self, task: &str) {
        self.watch(task, "client").await;
        self.answers("✏️").await;
        let question =
            self.house.sandbox.messages(GROUP).into_iter().rev().find(|message| message.force_reply);
        let question = question.expect("a question").id;
        self.house
            .sandbox
            .send_text(SOFIIA, GROUP, "Менше тексту на картинках", Some(question))
            .expect("said");
        self.house.settle().await;
        self.answers("Готово, це все").await;
        self.watch(task, "rework").await;
        self.open_panel(task).await;
        self.worker.wait_for("document.body.innerText.includes('Менше тексту на картинках')").await;
    }
}
