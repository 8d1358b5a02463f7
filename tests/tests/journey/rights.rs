//! Who is let in where: every role at every page and action of the staff, in their own project and in another (G16).

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use axum::http::Method;
use engine::domain::agency::AgencyCommand;
use engine::domain::project::ProjectCommand;
use engine::domain::{Actor, PersonId, ProjectId};
use engine::store::change::Profile;
use journeys::db;
use journeys::desk::{self, ask, done, unasked};
use journeys::house::House;
use journeys::page::Pages;
use journeys::visitor::Visitor;
use web::{Needs, staff_routes};

use super::briefs::serve;

/// One person of each kind; each does everything in a project of their own.
const ROLES: [&str; 9] =
    ["owner", "head", "pm", "sales", "ops", "accountant", "auditor", "designer", "nobody"];

async fn hire(house: &House) {
    for (number, role) in (5_000..).zip(ROLES) {
        let command = AgencyCommand::AddPerson {
            person: person(role),
            roles: if role == "nobody" { Vec::new() } else { vec![role.into()] },
            known: house.app.desk().agency.roles.iter().map(|role| role.id.clone()).collect(),
            profile_changed: false,
        };
        let mut ask = ask(house.now(), Actor::Operator, command);
        ask.along.profiles.push(Profile {
            person: person(role),
            name: format!("Людина {role}"),
            telegram_user: Some(number),
            username: None,
            language: None,
        });
        done(house.app.agency(ask).await.expect("the store answers"));
    }
}

fn person(role: &str) -> PersonId {
    PersonId(format!("the-{role}"))
}

/// A project in which one person does everything.
async fn open(house: &House, id: &str, holder: &PersonId) {
    let definition = house.catalogue.definition("smm").expect("smm is shipped");
    let assigned: BTreeMap<String, PersonId> =
        ["pm", "smm"].map(|role| (role.to_owned(), holder.clone())).into();
    let command = ProjectCommand::OpenProject {
        project: id.into(),
        client: house.client.clone(),
        definition: unasked(&Arc::clone(&definition)),
        assigned,
        price: None,
        promised: Box::default(),
    };
    let asked = ask(house.now(), Actor::Operator, command);
    done(house.app.project(&ProjectId::from(id), asked).await.expect("the store answers"));
}

/// The path with its places filled in.
fn filled(path: &str, project: &str) -> String {
    let known = [
        ("{project}", project),
        ("{task}", "communication"),
        ("{step}", "start"),
        ("{person}", "taras"),
        ("{token}", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
    ];
    let path = known.iter().fold(path.to_owned(), |path, (place, value)| path.replace(place, value));
    path.replace(['{', '}'], "")
}

/// What somebody meets: let in, not let in, let in to be told by the rules that it is not theirs, or the sign-in page.
async fn door(visitor: &Visitor<'_>, method: &Method, path: &str) -> &'static str {
    let answer = if *method == Method::GET {
        visitor.open(path).await
    } else {
        visitor.send(method.clone(), path, &[("to", "work")]).await
    };
    let to = answer.headers().get("location").and_then(|to| to.to_str().ok()).unwrap_or_default();
    match answer.status().as_u16() {
        403 => "-",
        409 => "rules",
        303 if to.starts_with("/login") && path != "/logout" => "login",
        status => {
            assert!(status < 500, "{method} {path}: {status}");
            "yes"
        }
    }
}

async fn row(house: &House, pages: &Pages, method: &Method, path: &str, own: Option<bool>) -> String {
    let mut line = String::new();
    for role in ROLES {
        // Anew for each: one of the actions signs out.
        let visitor = Visitor::signed_in(house, pages, person(role).as_str()).await;
        let project = if own == Some(true) { format!("of-{role}") } else { "of-others".to_owned() };
        write!(line, " {:<10}", door(&visitor, method, &filled(path, &project)).await).expect("memory");
    }
    line + " " + door(&Visitor::stranger(pages), method, &filled(path, "of-others")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_role_is_let_in_where_the_table_says_and_nowhere_else() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    hire(&house).await;
    open(&house, "of-others", &"taras".into()).await;
    for role in ROLES {
        open(&house, &format!("of-{role}"), &person(role)).await;
    }
    let pages = serve(&house).await;
    let mut matrix = format!("{:<44}", "");
    for role in ROLES.iter().chain(["stranger"].iter()) {
        write!(matrix, " {role:<10}").expect("memory");
    }
    matrix = matrix.trim_end().to_owned() + "\n";
    for route in staff_routes() {
        let scopes: &[(&str, Option<bool>)] = if route.path.contains("{project}") {
            &[(" own", Some(true)), (" other", Some(false))]
        } else {
            &[("", None)]
        };
        for (word, own) in scopes {
            let name = format!("{} {}{word}", route.method, route.path);
            let line = row(&house, &pages, &route.method, route.path, *own).await;
            let stranger = line.rsplit(' ').next().expect("a word");
            let open = if route.needs == Needs::Nothing { "yes" } else { "login" };
            assert_eq!(stranger, open, "{name}: nothing is open but what the table opens");
            writeln!(matrix, "{name:<44}{line}").expect("memory");
        }
    }
    insta::assert_snapshot!("who_is_let_in_where", matrix);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_not_let_in_reads_why_and_an_attempt_to_act_is_on_record() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    hire(&house).await;
    let pages = serve(&house).await;
    let designer = Visitor::signed_in(&house, &pages, "the-designer").await;
    let before = house.app.store().head().await.unwrap().position;
    let looked = designer.get("/p/smm-test").await;
    assert_eq!(looked.status, 403);
    assert!(looked.text.contains("Only those who work on a project see it"), "{}", looked.text);
    assert!(!looked.text.contains("Ранок"), "nothing of the project is shown");
    assert_eq!(house.app.store().head().await.unwrap().position, before, "a look is no attempt");
    assert_eq!(designer.post("/p/smm-test/communication/start", &[]).await.status, 403);
    let after = house.app.store().head().await.unwrap().position;
    assert_eq!(after, before + 1, "the attempt stands in the log");
    assert!(!designer.get("/board").await.text.contains("smm-test"), "no list shows it");
    let olena = Visitor::signed_in(&house, &pages, "olena").await;
    assert!(olena.get("/board").await.text.contains("smm-test"));
    assert_eq!(olena.get("/p/there-is-none").await.status, 404);
    assert_eq!(designer.get("/p/there-is-none").await.status, 403, "nobody learns which projects there are");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pm_hires_but_does_not_give_the_roles_at_the_top() {
    let db = db::sqlite();
    let house = House::empty(&db).await;
    let give = async |by: &str, role: &str| {
        let command = AgencyCommand::AddPerson {
            person: by.into(),
            roles: vec!["pm".into(), role.into()],
            known: vec!["pm".into(), "smm".into()],
            profile_changed: false,
        };
        house.app.agency(ask(house.now(), desk::person(by), command)).await.expect("the store answers")
    };
    done(give("olena", "smm").await);
    for role in ["owner", "head"] {
        let answer = give("olena", role).await;
        let engine::app::Answer::Refused(refusal) = answer else { panic!("{answer:?}") };
        assert_eq!(refusal.code(), "no-right", "{role}");
    }
}
