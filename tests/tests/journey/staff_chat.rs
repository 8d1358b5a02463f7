//! The staff chat: a whole project by buttons and replies alone, and everything that chat must say no to.

use engine::domain::definition::{Field, FieldKind, Text};
use engine::domain::field::Value;
use engine::domain::project::{ProjectCommand, Status};
use engine::domain::{Refusal, StreamId};
use engine::store::outbox;
use journeys::db;
use journeys::desk::{STAFF_CHAT, person};
use journeys::house::{GROUP, House, PETRO, SOFIIA};

use super::hands::{self, IRYNA, MAKSYM, NADIIA, OLENA, TARAS, alert, ask, attach, fill, reply, tap};
use super::witness::script;

async fn tick_all(house: &House, person: i64) {
    loop {
        let card = house
            .sandbox
            .messages(STAFF_CHAT)
            .into_iter()
            .rev()
            .find(|message| message.button("☐").is_some());
        let Some(card) = card else { return };
        house.press_on(person, STAFF_CHAT, card.id, "☐").await;
    }
}

async fn value(house: &House, task: &str, field: &str) -> Option<Value> {
    let project = house.app.project_state(&house.project).await.unwrap().unwrap();
    project.task(&task.into()).unwrap().values.get(field).cloned()
}

async fn kick_off(house: &House) {
    tap(house, OLENA, "Почати").await;
    let missing = alert(house, OLENA, "🔒 Здати").await;
    assert!(missing.starts_with("«Комунікація» ще не завершити. Бракує: «Домовлені цілі»"), "{missing}");
    fill(house, OLENA, "✎ Домовлені цілі", "Більше замовлень кави через Instagram").await;
    access(house).await;
    tick_all(house, OLENA).await;
    tap(house, OLENA, "▸ Надіслати бриф").await;
    let missing = alert(house, OLENA, "🔒 Здати").await;
    assert_eq!(missing, "«Комунікація» ще не завершити. Бракує: бриф «Бриф на SMM», оплата за цей період.");
    hands::confirm(house, "communication").await;
    assert_eq!(tap(house, OLENA, "Здати").await, "Зроблено.");
    assert_eq!(house.status("communication").await, Status::Completed);
}

/// Tried, and said so: by a button and a reply, like everything else here (G4).
async fn access(house: &House) {
    let question = ask(house, OLENA, "🔑 акаунти в соцмережах").await;
    assert!(question.text.contains("доступ «акаунти в соцмережах»"), "{}", question.text);
    reply(house, OLENA, question.id, "-").await;
    let refusal = house.sandbox.last_message(STAFF_CHAT).unwrap();
    let wanted = Refusal::ReasonNeeded { wanted: "confirm".into() };
    assert_eq!(refusal.text, hands::sentence(house, &wanted), "not needed, and no reason");
    reply(house, OLENA, question.id, "Увійшли, усе працює").await;
    let state = house.app.project_state(&house.project).await.unwrap().unwrap();
    assert_eq!(state.access_state("social_networks").word(), "confirmed");
    let card = house.with_button(STAFF_CHAT, "🔒 Здати");
    assert!(!card.text.contains("доступ"), "{}", card.text);
}

async fn accounts(house: &House) {
    tap(house, MAKSYM, "Почати").await;
    fill(house, MAKSYM, "✎ Мережі", "Instagram: створили новий").await;
    let missing = alert(house, MAKSYM, "🔒 Здати").await;
    assert!(missing.contains("«Мережі»"), "{missing}");
    fill(house, MAKSYM, "✓ Мережі", "Facebook: увійшли в наявний\nTikTok: не ведемо").await;
    fill(house, MAKSYM, "✎ Посилання на акаунти", "https://instagram.com/kava.ranok").await;
    tick_all(house, MAKSYM).await;
    tap(house, MAKSYM, "Здати").await;
    assert_eq!(house.status("accounts").await, Status::InReview);
    let own = alert(house, MAKSYM, "Прийняти").await;
    assert!(own.contains("власну роботу не перевіряють"), "{own}");
    let foreign = alert(house, TARAS, "Прийняти").await;
    assert!(foreign.contains("перевіряє Олена Коваль"), "{foreign}");
    let question = ask(house, OLENA, "Повернути").await;
    assert!(question.text.contains("що виправити"), "{}", question.text);
    reply(house, OLENA, question.id, "Немає посилання на Facebook").await;
    assert_eq!(house.status("accounts").await, Status::Rework);
    let again = house.with_button(STAFF_CHAT, "Почати");
    assert!(again.text.contains("Немає посилання на Facebook"), "{}", again.text);
    tap(house, MAKSYM, "Почати").await;
    let links = "https://instagram.com/kava.ranok https://facebook.com/kava.ranok";
    fill(house, MAKSYM, "✓ Посилання на акаунти", links).await;
    tap(house, MAKSYM, "Здати").await;
    tap(house, OLENA, "Прийняти").await;
    assert_eq!(house.status("accounts").await, Status::Completed);
}

async fn rubricator(house: &House) {
    tap(house, MAKSYM, "Почати").await;
    fill(house, MAKSYM, "✎ Теми й підтеми", "Кава: зерно; обсмаження\nЛюди\n- бариста\n- гості").await;
    fill(house, MAKSYM, "✎ Рубрикатор", "https://docs.example.com/rubricator").await;
    tap(house, MAKSYM, "Пауза").await;
    assert_eq!(house.status("rubricator").await, Status::Paused);
    tap(house, MAKSYM, "Продовжити").await;
    tick_all(house, MAKSYM).await;
    tap(house, MAKSYM, "Здати").await;
    tap(house, OLENA, "Прийняти").await;
    assert_eq!(house.status("rubricator").await, Status::Completed);
}

async fn content_plan(house: &House) {
    tap(house, MAKSYM, "Почати").await;
    assert!(
        house.with_button(STAFF_CHAT, "✎ Контент-план").text.contains("2. Люди\n   – бариста"),
        "the topics are at hand"
    );
    fill(house, MAKSYM, "✎ Контент-план", "https://docs.example.com/plan").await;
    fill(house, MAKSYM, "✎ Період", "01.12.2026 - 31.12.2026").await;
    fill(
        house,
        MAKSYM,
        "✎ Публікації",
        "Дата\tТема\tМережа\tТекст\n09.12.2026\tЗерно\tInstagram\tЗвідки кава",
    )
    .await;
    fill(house, MAKSYM, "✎ Кількість публікацій", "12").await;
    tick_all(house, MAKSYM).await;
    tap(house, MAKSYM, "Здати").await;
    tap(house, OLENA, "Прийняти").await;
    house.press(SOFIIA, GROUP, "✅").await;
    assert_eq!(value(house, "content_plan", "posts").await, Some(Value::Number("12".into())));
}

async fn design_and_posts(house: &House) {
    tap(house, IRYNA, "Почати").await;
    fill(house, IRYNA, "✎ Профіль", "https://instagram.com/kava.ranok").await;
    fill(house, IRYNA, "✎ Текст опису", "Кава, яку чути за квартал.\nЩодня з 7:00").await;
    tap(house, IRYNA, "Здати").await;
    tap(house, OLENA, "Прийняти").await;
    house.press(SOFIIA, GROUP, "✅").await;
    tap(house, MAKSYM, "Почати").await;
    let eight: String = (1..=8).map(|n| format!("https://instagram.com/p/{n}\n")).collect();
    fill(house, MAKSYM, "✎ Публікації", &eight).await;
    tick_all(house, MAKSYM).await;
    let missing = alert(house, MAKSYM, "🔒 Здати").await;
    assert_eq!(
        missing,
        "«Первинне наповнення» ще не завершити. Бракує: «Публікації» (треба щонайменше 9, є 8)."
    );
    fill(house, MAKSYM, "✓ Публікації", &format!("{eight}https://instagram.com/p/9")).await;
    tap(house, MAKSYM, "Здати").await;
    tap(house, OLENA, "Прийняти").await;
    house.press(SOFIIA, GROUP, "✅").await;
}

async fn ads(house: &House) {
    tap(house, TARAS, "Почати").await;
    fill(house, TARAS, "✎ Очікуваний результат", "300 нових підписників").await;
    fill(house, TARAS, "✎ Аудиторія", "Київ, 20-40 років").await;
    fill(house, TARAS, "✎ Бюджет", "5 000 грн").await;
    fill(house, TARAS, "✎ Графік", "09.12.2026 - 18.12.2026").await;
    tap(house, TARAS, "▸ Реклама запущена").await;
    attach(house, TARAS, "✎ Звіт про рекламу", "реклама.pdf").await;
    assert!(matches!(value(house, "ads", "ad_report").await, Some(Value::Files(files)) if files.len() == 1));
    tick_all(house, TARAS).await;
    tap(house, TARAS, "Здати").await;
    tap(house, OLENA, "Прийняти").await;
    assert_eq!(house.status("ads").await, Status::Completed);
}

async fn report_and_payment(house: &House) {
    tap(house, OLENA, "Почати").await;
    attach(house, OLENA, "✎ Звіт", "звіт.pdf").await;
    fill(house, OLENA, "✎ Головне за місяць", "Підписників більше на 312").await;
    tick_all(house, OLENA).await;
    tap(house, OLENA, "Здати").await;
    house.press(SOFIIA, GROUP, "✅").await;
    tap(house, NADIIA, "Почати").await;
    fill(house, NADIIA, "✎ Рахунок", "СФ-117 від 24.11.2026").await;
    fill(house, NADIIA, "✎ Сума", "24000").await;
    fill(house, NADIIA, "✎ Дата оплати", "23.11.2026").await;
    tap(house, NADIIA, "Здати").await;
    assert_eq!(house.status("payment").await, Status::Completed);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_project_is_run_by_buttons_and_replies_in_the_staff_chat() {
    for db in db::both().await {
        let house = House::open(&db, "uk").await;
        kick_off(&house).await;
        accounts(&house).await;
        rubricator(&house).await;
        content_plan(&house).await;
        design_and_posts(&house).await;
        ads(&house).await;
        report_and_payment(&house).await;
        let state = house.app.project_state(&house.project).await.unwrap().unwrap();
        assert_eq!(state.last_period(), 2, "{}: the payment opens the next period", db.name);
        assert_eq!(house.status("content_plan.2").await, Status::Ready);
        house.pass(130).await;
        assert_eq!(messages_about(&house), expected_messages(), "{}", house.transcript(STAFF_CHAT));
        if db.name == "SQLite" {
            insta::assert_snapshot!("staff_chat_whole", script(&house, STAFF_CHAT));
            insta::assert_snapshot!("staff_chat_client", script(&house, GROUP));
        }
        assert!(house.app.store().verify().await.unwrap().is_well());
        house.app.store().close().await;
    }
}

/// How many messages of the bot, questions aside, speak of each task in the staff chat.
fn messages_about(house: &House) -> Vec<(&'static str, usize)> {
    let messages = house.sandbox.messages(STAFF_CHAT);
    let told: Vec<_> = messages.iter().filter(|message| message.is_bot && !message.force_reply).collect();
    let count =
        |title: &str| told.iter().filter(|message| message.text.contains(&format!("«{title}»"))).count();
    expected_messages().into_iter().map(|(title, _)| (title, count(title))).collect()
}

/// One card a round, one check a round, one line about the client's decision; and the card of the next
/// period's content plan, which the payment brought.
fn expected_messages() -> Vec<(&'static str, usize)> {
    vec![
        ("Комунікація", 1),
        ("Створення акаунтів у соцмережах", 4),
        ("Рубрикатор", 2),
        ("Контент-план", 4),
        ("Оформлення профілю", 3),
        ("Первинне наповнення", 3),
        ("Реклама публікацій", 2),
        ("Звіт", 2),
        ("Оплата", 1),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_that_does_not_fit_is_answered_with_the_sentence_and_asked_for_again() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    house.work_until("content_plan").await;
    tap(&house, MAKSYM, "Почати").await;
    let question = ask(&house, MAKSYM, "✎ Кількість публікацій").await;
    let before = hands::standing(&house).await;
    reply(&house, MAKSYM, question.id, "дев'ять").await;
    assert_eq!(hands::standing(&house).await, (before.0, before.1 + 1));
    let answer = house.sandbox.last_message(STAFF_CHAT).unwrap();
    let refusal = Refusal::BadValue {
        field: "posts".into(),
        title: Text(vec![("uk".into(), "Кількість публікацій".into())]),
        kind: "number".into(),
        given: "дев'ять".into(),
        known: Vec::new(),
    };
    assert_eq!(answer.text, hands::sentence(&house, &refusal));
    assert!(answer.text.contains("число, наприклад 12"), "{}", answer.text);
    assert!(answer.is_bot && answer.reply_to.is_some());
    reply(&house, MAKSYM, question.id, "9").await;
    assert_eq!(value(&house, "content_plan", "posts").await, Some(Value::Number("9".into())));
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_says_whose_task_it_is_about_and_how_to_answer_and_goes_once_it_is_answered() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    house.work_until("ads").await;
    tap(&house, TARAS, "Почати").await;
    for (label, takes) in [("✎ Бюджет", "24000 UAH"), ("✎ Графік", "01.11.2026 - 30.11.2026")]
    {
        let question = ask(&house, TARAS, label).await.text;
        for words in ["Тарас Мельник", "Кава «Ранок»", "«Реклама публікацій»", takes]
        {
            assert!(question.contains(words), "{words}: {question}");
        }
    }
    let questions = || {
        let all = house.sandbox.messages(STAFF_CHAT).into_iter();
        all.filter(|message| message.force_reply && !message.deleted).map(|message| message.id).collect()
    };
    let open: Vec<i64> = questions();
    assert_eq!(open.len(), 2);
    reply(&house, TARAS, open[0], "п'ять тисяч").await;
    assert_eq!(questions(), open, "a wrong answer leaves the question");
    reply(&house, TARAS, open[0], "5000 UAH").await;
    assert_eq!(questions(), open[1..], "{}", house.transcript(STAFF_CHAT));
    reply(&house, TARAS, open[1], "09.12.2026 - 18.12.2026").await;
    assert_eq!(questions(), Vec::<i64>::new());
    let failed = outbox::counts(house.app.store()).await.unwrap();
    assert!(failed.iter().all(|(state, _)| state == "sent" || state == "cancelled"), "{failed:?}");
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_field_says_what_it_takes_when_the_answer_is_wrong() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    house.work_until("ads").await;
    tap(&house, TARAS, "Почати").await;
    for (label, wrong, takes) in [
        ("✎ Бюджет", "багато", "сума з валютою"),
        ("✎ Графік", "увесь грудень", "дві дати"),
        ("✎ Графік", "18.12.2026 - 09.12.2026", "дві дати"),
        ("✎ Звіт про рекламу", "ось він", "файл"),
    ] {
        fill(&house, TARAS, label, wrong).await;
        let said = house.sandbox.last_message(STAFF_CHAT).unwrap().text;
        assert!(said.contains(takes) && said.contains(wrong), "{label} {wrong}: {said}");
    }
    attach(&house, TARAS, "✎ Аудиторія", "аудиторія.pdf").await;
    let said = house.sandbox.last_message(STAFF_CHAT).unwrap().text;
    assert!(said.contains("Аудиторія") && said.contains("текст"), "{said}");
    assert!(
        house
            .app
            .project_state(&house.project)
            .await
            .unwrap()
            .unwrap()
            .task(&"ads".into())
            .unwrap()
            .values
            .is_empty()
    );
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_in_the_staff_chat_is_politely_told_that_the_buttons_are_not_theirs() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    house.sandbox.join(PETRO, STAFF_CHAT).unwrap();
    let before = hands::standing(&house).await;
    let said = alert(&house, PETRO, "Почати").await;
    let refusal = Refusal::NotAllowed { wanted: "start".into() };
    assert_eq!(said, hands::in_alert(&house, &refusal));
    assert_eq!(hands::standing(&house).await, (before.0, before.1 + 1));
    tap(&house, OLENA, "Почати").await;
    let question = ask(&house, OLENA, "✎ Домовлені цілі").await;
    let before = hands::standing(&house).await;
    reply(&house, PETRO, question.id, "Чужі цілі").await;
    assert_eq!(value(&house, "communication", "goals").await, None);
    assert_eq!(hands::standing(&house).await, (before.0, before.1 + 1));
    let answer = house.sandbox.last_message(STAFF_CHAT).unwrap();
    assert_eq!(answer.text, hands::sentence(&house, &Refusal::NotAllowed { wanted: "fill".into() }));
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleague_may_not_touch_the_task_of_another_and_the_pm_may() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    house.work_until("rubricator").await;
    let before = hands::standing(&house).await;
    let said = alert(&house, TARAS, "Почати").await;
    assert!(said.contains("виконує Максим Лисенко") && said.contains("Олена Коваль"), "{said}");
    assert_eq!(hands::standing(&house).await, (before.0, before.1 + 1));
    tap(&house, OLENA, "Почати").await;
    let said = alert(&house, TARAS, "✎ Рубрикатор").await;
    assert!(said.contains("виконує Максим Лисенко"), "{said}");
    let asked = house.sandbox.messages(STAFF_CHAT).iter().filter(|message| message.force_reply).count();
    assert_eq!(asked, 0, "nobody is asked for what they may not give");
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dash_clears_a_field_and_chatter_that_is_no_reply_changes_nothing() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    tap(&house, OLENA, "Почати").await;
    fill(&house, OLENA, "✎ Домовлені цілі", "Більше замовлень").await;
    assert!(value(&house, "communication", "goals").await.is_some());
    fill(&house, OLENA, "✓ Домовлені цілі", "-").await;
    assert_eq!(value(&house, "communication", "goals").await, None);
    let before = (hands::standing(&house).await, house.said(STAFF_CHAT).len());
    house.sandbox.set_privacy(false);
    house.sandbox.send_text(MAKSYM, STAFF_CHAT, "Хто на обід?", None).unwrap();
    let card = house.with_button(STAFF_CHAT, "🔒 Здати");
    reply(&house, MAKSYM, card.id, "Гарна картка").await;
    assert_eq!((hands::standing(&house).await, house.said(STAFF_CHAT).len()), before);
    let audit = house.app.store().stream(StreamId::audit(), 0).await.unwrap();
    assert!(audit.is_empty());
    house.app.store().close().await;
}

/// The first message of the bot in the staff chat that speaks of this task and stands as a card.
fn card(house: &House, title: &str) -> String {
    let messages = house.sandbox.messages(STAFF_CHAT);
    let start = format!("Кава «Ранок»: «{title}» (smm-test)\n");
    let found = messages.into_iter().find(|message| message.is_bot && message.text.starts_with(&start));
    found.unwrap_or_else(|| panic!("no card:\n{}", house.transcript(STAFF_CHAT))).text
}

#[tokio::test(flavor = "multi_thread")]
async fn the_card_of_a_round_that_came_back_waits_for_nobody_any_more() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    house.work_until("content_plan").await;
    house.work("content_plan").await;
    assert!(card(&house, "Контент-план").contains("Чекає на клієнта, 1-е коло"));
    house.press(SOFIIA, GROUP, "✏️").await;
    let said = card(&house, "Контент-план");
    assert!(said.contains("Доопрацювання, 1-е коло"), "{said}");
    house.press(SOFIIA, GROUP, "Передумали").await;
    let said = card(&house, "Контент-план");
    assert!(said.contains("Чекає на клієнта, 1-е коло"), "{said}");
    house.press(SOFIIA, GROUP, "✅").await;
    assert!(card(&house, "Контент-план").contains("Завершено, 1-е коло"));
    house.press(SOFIIA, GROUP, "Скасувати").await;
    let said = card(&house, "Контент-план");
    assert!(said.contains("Чекає на клієнта, 1-е коло"), "{said}");
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_card_says_so_when_the_auditor_returns_the_work() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    house.work_until("rubricator").await;
    tap(&house, MAKSYM, "Почати").await;
    house.fill("rubricator").await;
    house.settle().await;
    tap(&house, MAKSYM, "Здати").await;
    assert!(card(&house, "Рубрикатор").contains("Наша перевірка, 1-е коло"));
    let question = ask(&house, OLENA, "Повернути").await;
    reply(&house, OLENA, question.id, "Мало рубрик").await;
    let said = card(&house, "Рубрикатор");
    assert!(said.contains("Доопрацювання, 1-е коло"), "{said}");
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_choice_is_one_press_and_the_card_shows_it() {
    let db = db::sqlite();
    let mut house = House::open(&db, "uk").await;
    let mut definition = (*house.catalogue.definition("smm").unwrap()).clone();
    let result = &mut definition.stages[0].tasks[0].result;
    let options = ["Тепло", "Стримано"].map(|words| (words.to_lowercase(), Text::plain(words)));
    let (title, kind) = (Text::plain("Тон"), FieldKind::Choice);
    result.push(Field { id: "tone".into(), title, kind, options: options.to_vec(), ..result[0].clone() });
    hands::open_as(&mut house, "smm-tone", definition.into()).await;
    house.order(person("olena"), ProjectCommand::StartTask { task: "communication".into() }).await;
    house.settle().await;
    tap(&house, OLENA, "✎ Тепло").await;
    assert_eq!(value(&house, "communication", "tone").await, Some(Value::Choices(vec!["тепло".into()])));
    let card = house.with_button(STAFF_CHAT, "✓ Тон");
    assert!(card.text.contains("Тон: Тепло"), "{}", card.text);
    house.app.store().close().await;
}
