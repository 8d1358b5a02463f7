//! Today and the board as one person's own: what waits for them, in order, and nothing of what others lead (SC-29, PF-26).

use std::collections::BTreeMap;

use engine::domain::agency::AgencyCommand;
use engine::domain::project::ProjectCommand;
use engine::domain::{Actor, PersonId};
use engine::store::change::Profile;
use journeys::db::{self, Db};
use journeys::desk::{add_client, ask, done, person, unasked};
use journeys::house::{GROUP, House, SOFIIA};
use journeys::page::{Page, Pages};
use journeys::visitor::Visitor;

use super::briefs::serve;

const DAY: i64 = 24 * 3_600;

/// A house with a second manager, who leads a project of a second client; maksym does the work in both.
async fn two_managers(db: &Db) -> (House, Pages) {
    let house = House::open(db, "uk").await;
    house.sandbox.set_privacy(false);
    let command = AgencyCommand::AddPerson {
        person: "daryna".into(),
        roles: vec!["pm".into()],
        known: vec!["pm".into()],
        profile_changed: false,
    };
    let mut asked = ask(house.now(), Actor::Operator, command);
    let (telegram_user, username, language) = (Some(1_010), None, None);
    asked.along.profiles.push(Profile {
        person: "daryna".into(),
        name: "Дарина Сич".into(),
        telegram_user,
        username,
        language,
    });
    done(house.app.agency(asked).await.expect("the store answers"));
    let client = add_client(&house.app, house.now(), "verba", "Студія «Верба»", "uk").await;
    open(&house, "verba-smm", client, [("pm", "daryna"), ("smm", "maksym")]).await;
    let pages = serve(&house).await;
    (house, pages)
}

async fn open(house: &House, id: &str, client: engine::domain::ClientId, roles: [(&str, &str); 2]) {
    let assigned: BTreeMap<String, PersonId> =
        roles.iter().map(|(role, person)| ((*role).to_owned(), PersonId::from(*person))).collect();
    let command = ProjectCommand::OpenProject {
        project: id.into(),
        client,
        definition: unasked(&house.catalogue.definition("smm").expect("smm is shipped")),
        assigned,
        price: None,
        promised: Box::default(),
    };
    let asked = ask(house.now(), Actor::Operator, command);
    done(house.app.project(&id.into(), asked).await.expect("the store answers"));
}

/// The tasks below a heading of a page.
fn below(page: &Page, heading: &str) -> Vec<String> {
    let list = page.text.split("<section").find(|part| part.contains(&format!(">{heading} <span")));
    let cards = list.unwrap_or_default().split("data-task=\"").skip(1);
    cards.filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

fn cards(page: &Page) -> Vec<String> {
    let all = page.text.split("data-task=\"").skip(1).filter_map(|rest| rest.split('"').next());
    all.map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manager_sees_what_is_late_in_own_projects_first_and_nothing_of_other_managers() {
    let db = db::sqlite();
    let (house, pages) = two_managers(&db).await;
    house.work_until("accounts").await;
    house.order(person("maksym"), ProjectCommand::StartTask { task: "accounts".into() }).await;
    house.skip(40 * DAY);
    house.sandbox.send_text(SOFIIA, GROUP, "Коли буде готово?", None).expect("said");
    house.settle().await;
    let (olena, daryna, maksym) = (
        Visitor::signed_in(&house, &pages, "olena").await,
        Visitor::signed_in(&house, &pages, "daryna").await,
        Visitor::signed_in(&house, &pages, "maksym").await,
    );
    let page = olena.get("/today").await;
    assert_eq!(below(&page, "Overdue"), ["smm-test/accounts"], "done by maksym, led by olena");
    let (late, answers) = (page.text.find("Overdue"), page.text.find("Коли буде готово?"));
    assert!(late.is_some() && late < answers, "overdue first, then who waits for an answer");
    let other = daryna.get("/today").await;
    assert_eq!(below(&other, "Overdue"), ["verba-smm/communication"]);
    assert!(!other.text.contains("Коли буде готово?"), "olena's client asks olena");
    assert!(!other.text.contains("smm-test/"), "{}", other.text);
    assert_eq!(below(&maksym.get("/today").await, "Overdue"), ["smm-test/accounts"]);

    assert!(
        cards(&daryna.get("/board").await).iter().all(|card| card.starts_with("verba-smm/")),
        "own by default"
    );
    let everybody = cards(&daryna.get("/board?who=all").await);
    assert!(everybody.iter().any(|card| card == "smm-test/accounts"), "{everybody:?}");
    assert!(!daryna.get("/board").await.text.contains("Answers due"), "nor above the board");
    assert!(olena.get("/board").await.text.contains("Answers due: 1"));
    let by_person = daryna.get("/board?by=person&who=all").await;
    let maksyms = by_person.text.split("<section").find(|part| part.contains("<h2>Максим Лисенко</h2>"));
    assert!(maksyms.is_some_and(|column| column.contains("smm-test/accounts")), "{}", by_person.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promise_stands_on_today_until_it_is_kept_and_says_when_it_is_late() {
    for db in db::both().await {
        let (house, pages) = two_managers(&db).await;
        let olena = Visitor::signed_in(&house, &pages, "olena").await;
        let by = (house.now() + chrono::Duration::days(2)).date_naive().to_string();
        let fields = [("text", "Покажемо <b>макет</b>"), ("by", by.as_str())];
        assert_eq!(olena.post("/p/smm-test/write", &fields).await.status, 303);
        let page = olena.get("/today").await;
        assert!(
            page.text.contains("Promised to clients") && page.text.contains("Покажемо &lt;b&gt;макет"),
            "{}",
            page.text
        );
        let promises =
            |page: &Page| page.text.split("class=\"promises\"").nth(1).unwrap_or_default().to_owned();
        assert!(!promises(&page).contains("chip late"));
        assert!(
            olena.get("/p/smm-test").await.text.contains("Покажемо &lt;b&gt;макет"),
            "and on its project"
        );
        let daryna = Visitor::signed_in(&house, &pages, "daryna").await;
        assert!(!daryna.get("/today").await.text.contains("Promised to clients"), "{}: olena's", db.name);
        house.skip(4 * DAY);
        house.settle().await;
        let olena = Visitor::signed_in(&house, &pages, "olena").await;
        assert!(promises(&olena.get("/today").await).contains("chip late"), "{}", db.name);
        let maksym = Visitor::signed_in(&house, &pages, "maksym").await;
        let kept = [("back", "/today")];
        assert_eq!(
            maksym.post("/p/smm-test/kept", &kept).await.status,
            409,
            "{}: the rules say who",
            db.name
        );
        assert_eq!(olena.post("/p/smm-test/kept", &kept).await.status, 303);
        assert!(!olena.get("/today").await.text.contains("Promised to clients"), "{}", db.name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn roles_that_nobody_holds_are_named_on_the_project_and_on_the_card_and_given_on_the_page() {
    let db = db::sqlite();
    let (house, pages) = two_managers(&db).await;
    let client = add_client(&house.app, house.now(), "kroky", "Школа «Кроки»", "uk").await;
    open(&house, "kroky-smm", client, [("smm", "maksym"), ("ads", "taras")]).await;
    let olena = Visitor::signed_in(&house, &pages, "olena").await;
    let board = olena.get("/board?who=all").await.text;
    let card = board.split("data-task=\"").find(|part| part.starts_with("kroky-smm/")).expect("a card");
    let card = card.split("</article>").next().unwrap_or_default();
    assert!(card.contains("Waits for: a person for the role"), "{card}");
    let page = olena.get("/p/kroky-smm").await.text;
    let notice = page.split("id=\"unbound\"").nth(1).and_then(|rest| rest.split("</div>").next());
    let notice = notice.unwrap_or_else(|| panic!("no notice: {page}"));
    assert!(notice.contains("Project manager") && notice.contains("Designer"), "{notice}");
    assert!(!notice.contains("Ads"), "taras does that: {notice}");

    let roles = [("r.pm", "olena"), ("r.designer", "iryna"), ("r.smm", "maksym")];
    let maksym = Visitor::signed_in(&house, &pages, "maksym").await;
    assert_eq!(maksym.post("/p/kroky-smm/team", &roles).await.status, 409, "the rules say who");
    assert!(!maksym.get("/p/kroky-smm").await.text.contains("/team\""), "and no form for it");
    assert_eq!(olena.post("/p/kroky-smm/team", &roles).await.status, 303);
    let state = house.app.project_state(&"kroky-smm".into()).await.expect("an answer").expect("a project");
    assert_eq!(state.holder("pm"), Some(&"olena".into()));
    assert_eq!(state.holder("designer"), Some(&"iryna".into()));
    let board = olena.get("/board").await.text;
    let card =
        board.split("data-task=\"").find(|part| part.starts_with("kroky-smm/")).expect("a card of hers");
    assert!(!card.split("</article>").next().unwrap_or_default().contains("Waits for"), "{card}");
    // A form that is older than a colleague's change takes nothing back that was not touched on it.
    let older =
        [("was.designer", "taras"), ("r.designer", "taras"), ("was.smm", "maksym"), ("r.smm", "iryna")];
    assert_eq!(olena.post("/p/kroky-smm/team", &older).await.status, 303);
    let state = house.app.project_state(&"kroky-smm".into()).await.expect("an answer").expect("a project");
    assert_eq!(state.holder("designer"), Some(&"iryna".into()));
    assert_eq!(state.holder("smm"), Some(&"iryna".into()));
    let stranger = olena.post("/p/kroky-smm/team", &[("r.smm", "nobody-here")]).await;
    assert_eq!(stranger.status, 409, "{}", stranger.text);
}
