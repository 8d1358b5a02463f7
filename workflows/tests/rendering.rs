//! Messages as people get them: every language, every kind of value, and values that mean harm.

use chrono::{NaiveDate, TimeZone, Utc};
use engine::domain::definition::{FieldKind, Text};
use engine::domain::effect::ResultLine;
use engine::domain::field::{FileRef, Value};
use engine::domain::money::Money;
use engine::domain::refusal::Missing;
use engine::domain::{Arg, ContentId};
use engine::store::change::EntityKind;
use engine::words::{LONGEST, Rendered, Saying, WordsError, split};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use workflows::{Catalogue, Files};

fn catalogue() -> Catalogue {
    match Catalogue::embedded() {
        Ok(catalogue) => catalogue,
        Err(problems) => panic!("{problems:#?}"),
    }
}

fn say(
    catalogue: &Catalogue,
    language: &str,
    key: &str,
    args: &[(&str, Arg)],
) -> Result<Rendered, WordsError> {
    let args: Vec<(String, Arg)> = args.iter().map(|(name, arg)| ((*name).to_owned(), arg.clone())).collect();
    catalogue.render(Saying { language, key, args: &args })
}

fn text(value: &str) -> Arg {
    Arg::Text(value.to_owned())
}

fn both(uk: &str, en: &str) -> Text {
    Text(vec![("uk".into(), uk.into()), ("en".into(), en.into())])
}

/// 12 November 2026, 12:05 UTC, which is 14:05 in Kyiv.
fn at() -> chrono::DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 12, 12, 5, 0).unwrap()
}

/// What stands under an entity.
fn under(rendered: &Rendered, entity: &engine::store::change::Entity) -> String {
    let units: Vec<u16> = rendered.text.encode_utf16().collect();
    String::from_utf16(&units[entity.offset..entity.offset + entity.length])
        .expect("an entity cuts a character")
}

#[test]
fn every_message_of_every_language_is_finished_with_its_values() {
    let catalogue = catalogue();
    let mut rendered = 0;
    for key in catalogue.keys() {
        for language in ["uk", "en", "vi", "bg"] {
            for number in [0, 1, 2, 5, 21] {
                let args: Vec<(&str, Arg)> =
                    catalogue.variables(key).map(|name| (name, sample(name, number))).collect();
                let said = say(&catalogue, language, key, &args)
                    .unwrap_or_else(|error| panic!("{language} {key}: {error}"));
                assert!(!said.text.is_empty(), "{language} {key}");
                for sign in ["{", "}", "<b>", "</", "$", "\n\n\n"] {
                    assert!(!said.text.contains(sign), "{language} {key}: {}", said.text);
                }
                assert!(said.text.encode_utf16().count() <= LONGEST);
                rendered += 1;
            }
        }
    }
    assert!(rendered > 200 * 4 * 5, "only {rendered}");
}

fn sample(name: &str, number: i64) -> Arg {
    match name {
        "days" | "times" | "questions" | "minutes" | "tasks" | "posts" | "remarks" | "round" | "count" => {
            Arg::Number(number)
        }
        "due" | "until" | "from" => Arg::Date(at()),
        "at" => Arg::Moment(at()),
        "amount" => Arg::Money(Money { minor: 2_400_000, currency: "UAH".into() }),
        "person" | "pm" => Arg::Named("Софія Ткач".into(), 77),
        _ => text("Кав'ярня «Ранок»"),
    }
}

#[test]
fn a_message_reads_as_its_language_wants_it() {
    let catalogue = catalogue();
    let said = |language: &str| {
        let args = [
            ("task", Arg::Words(both("Контент-план", "Content plan"))),
            ("due", Arg::Date(Utc.with_ymd_and_hms(2026, 11, 21, 10, 0, 0).unwrap())),
        ];
        say(&catalogue, language, "task-started", &args).unwrap().text
    };
    assert_eq!(said("uk"), "Почали новий крок: «Контент-план». Плануємо показати результат до 21 листопада.");
    assert_eq!(said("en"), "We have started “Content plan”. We plan to show you the result by 21 November.");
    assert_eq!(said("vi"), "Chúng tôi đã bắt đầu “Контент-план”. Dự kiến gửi kết quả trước 21/11.");
    assert_eq!(said("bg"), "Започнахме „Контент-план“. Планираме да покажем резултата до 21 ноември.");
}

#[test]
fn plurals_follow_each_language() {
    let catalogue = catalogue();
    let days = |language: &str, number: Arg| {
        let args = [("task", text("Х")), ("days", number)];
        let said = say(&catalogue, language, "approval-reminder", &args).unwrap().text;
        let start = said.find(|c: char| c.is_ascii_digit()).unwrap();
        said[start..].split('.').next().unwrap().to_owned()
    };
    let uk: Vec<String> = [1, 2, 5, 11, 21, 22].map(|n| days("uk", Arg::Number(n))).to_vec();
    let expected = [
        "1 робочий день",
        "2 робочі дні",
        "5 робочих днів",
        "11 робочих днів",
        "21 робочий день",
        "22 робочі дні",
    ];
    assert_eq!(uk, expected);
    assert_eq!(days("uk", text("1.5")), "1,5 робочого дня");
    let bg: Vec<String> = [1, 2, 5, 21].map(|n| days("bg", Arg::Number(n))).to_vec();
    assert_eq!(bg, ["1 работен ден", "2 работни дни", "5 работни дни", "21 работни дни"]);
    assert_eq!(days("vi", Arg::Number(1)), "1 ngày làm việc");
    assert_eq!(days("en", Arg::Number(1)), "1 business day");
    assert_eq!(days("en", Arg::Number(21)), "21 business days");
}

#[test]
fn half_an_hour_is_half_an_hour() {
    let catalogue = catalogue();
    let mut args: Vec<(&str, Arg)> =
        catalogue.variables("staff-task-ready").map(|name| (name, sample(name, 1))).collect();
    for (name, arg) in &mut args {
        if *name == "hours" {
            *arg = text("0.5");
        }
    }
    assert!(say(&catalogue, "uk", "staff-task-ready", &args).unwrap().text.contains("план 0,5 години."));
    assert!(say(&catalogue, "en", "staff-task-ready", &args).unwrap().text.contains("planned 0.5 hours."));
}

#[test]
fn a_value_that_is_missing_is_an_error_and_never_a_hole() {
    let catalogue = catalogue();
    let said = say(&catalogue, "uk", "task-started", &[("task", text("Х"))]);
    assert_eq!(said, Err(WordsError::NoValue { key: "task-started".into(), variable: "due".into() }));
    let said = say(&catalogue, "uk", "no-such-message", &[]);
    assert_eq!(said, Err(WordsError::NoMessage { key: "no-such-message".into() }));
    let person = [("person", Arg::Person("p1".into())), ("at", Arg::Moment(at()))];
    assert!(matches!(say(&catalogue, "uk", "approval-given", &person), Err(WordsError::Broken { .. })));
    assert!(catalogue.has("task-started") && !catalogue.has("no-such-message"));
}

#[test]
fn a_strange_language_falls_back_to_the_agencys_own() {
    let catalogue = catalogue();
    let own = say(&catalogue, "uk", "undo-done", &[]).unwrap();
    assert_eq!(say(&catalogue, "de", "undo-done", &[]).unwrap(), own);
    assert_eq!(say(&catalogue, "", "undo-done", &[]).unwrap(), own);
}

#[test]
fn formatting_covers_the_value_inside_it_and_counts_as_telegram_does() {
    let catalogue = catalogue();
    let args =
        [("amount", text("🇺🇦 <b>24</b>")), ("period", text("листопад 😀")), ("until", Arg::Date(at()))];
    let said = say(&catalogue, "uk", "payment-invoice", &args).unwrap();
    assert_eq!(
        said.text,
        "Виставили рахунок на 🇺🇦 <b>24</b> за період листопад 😀. Будь ласка, сплатіть до 12 листопада."
    );
    assert_eq!(said.entities.len(), 1);
    assert_eq!(said.entities[0].kind, EntityKind::Bold);
    assert_eq!(under(&said, &said.entities[0]), "🇺🇦 <b>24</b>");
}

#[test]
fn a_mention_lies_exactly_on_the_name() {
    let catalogue = catalogue();
    let args = [("person", Arg::Named("Оля 😀 \u{202e}Коваль".into(), 501)), ("task", text("Звіт"))];
    let said = say(&catalogue, "uk", "sendback-ask", &args).unwrap();
    assert!(said.text.starts_with("Оля 😀 Коваль, що змінити в роботі «Звіт»?"));
    assert_eq!(said.entities.len(), 1);
    assert_eq!(said.entities[0].kind, EntityKind::TextMention { user: 501 });
    assert_eq!(under(&said, &said.entities[0]), "Оля 😀 Коваль");
}

#[test]
fn a_link_of_the_file_stays_the_files_whatever_is_put_into_it() {
    let mut files = Files::embedded();
    for language in ["uk", "en", "vi", "bg"] {
        let path = format!("messages/{language}.ftl");
        let text = files.get(&path).unwrap().text.clone();
        files.put(
            &path,
            &format!(
                "{text}\nhelp = <i>До <a href=\"https://mayak.ua/b\">{{ $task }} тут</a></i> &lt;так&gt;\n"
            ),
        );
    }
    let catalogue = Catalogue::from_files(&files).map_err(|problems| format!("{problems:#?}")).unwrap();
    let evil = "</a><a href=\"https://evil.example\">x";
    let said = say(&catalogue, "uk", "help", &[("task", text(evil))]).unwrap();
    assert_eq!(said.text, format!("До {evil} тут <так>"));
    let kinds: Vec<&EntityKind> = said.entities.iter().map(|entity| &entity.kind).collect();
    assert_eq!(kinds, [&EntityKind::Italic, &EntityKind::TextLink { url: "https://mayak.ua/b".into() }]);
    assert_eq!(under(&said, &said.entities[1]), format!("{evil} тут"));
    let named = say(&catalogue, "uk", "help", &[("task", Arg::Named("Оля".into(), 5))]).unwrap();
    assert_eq!(named.entities.len(), 2, "no mention inside of a link");
}

fn line(title: &str, kind: FieldKind, value: Value) -> ResultLine {
    let options =
        vec![("have".to_owned(), both("Отримано", "Received")), ("new".to_owned(), Text::plain("Нові"))];
    let title = both(title, &format!("{title} (en)"));
    ResultLine { title, options, ..ResultLine::plain(kind, Some(value)) }
}

fn result() -> Vec<ResultLine> {
    let file = |n: u8| FileRef { content: ContentId(format!("c{n}")), sha256: String::new() };
    let day = |d| NaiveDate::from_ymd_opt(2026, 11, d).expect("a day");
    vec![
        line("Опис", FieldKind::Text, Value::Text("Кава \u{202e}й\u{200b} люди".into())),
        line("Текст", FieldKind::LongText, Value::Text("Перший рядок\r\nДругий рядок".into())),
        line("Посилання", FieldKind::Link, Value::Links(vec!["https://mayak.ua/plan?a=1&b=2".into()])),
        line("Дописи", FieldKind::Links, Value::Links(vec!["https://a.ua".into(), "https://b.ua".into()])),
        line("Файл", FieldKind::File, Value::Files(vec![file(1)])),
        line("Файли", FieldKind::Files, Value::Files(vec![file(1), file(2), file(3)])),
        line("Кількість", FieldKind::Number, Value::Number("12.5".into())),
        line("Частка", FieldKind::Percent, Value::Number("40".into())),
        line("Бюджет", FieldKind::Money, Value::Money(Money { minor: 1_234_550, currency: "UAH".into() })),
        line("Дата", FieldKind::Date, Value::Date(day(21))),
        line("Графік", FieldKind::DateRange, Value::DateRange(day(1), day(30))),
        line("Час", FieldKind::DateTime, Value::DateTime(day(21).and_hms_opt(14, 5, 0).expect("a time"))),
        line("Доступи", FieldKind::Choices, Value::Choices(vec!["have".into(), "new".into(), "інше".into()])),
        line("Готово", FieldKind::YesNo, Value::YesNo(true)),
        ResultLine { value: None, ..line("Порожнє", FieldKind::Text, Value::YesNo(false)) },
        ResultLine { title: Text::default(), ..line("", FieldKind::Money, Value::YesNo(false)) },
    ]
}

#[test]
fn a_result_is_titles_and_values_in_the_readers_language() {
    let catalogue = catalogue();
    let shown = |language: &str| {
        let args = [("task", text("Звіт")), ("result", Arg::Result(result()))];
        say(&catalogue, language, "task-finished-info", &args).unwrap().text
    };
    insta::assert_snapshot!(
        "result",
        format!("{}\n\n{}", shown("uk"), shown("en")).replace(['\u{202f}', '\u{a0}'], "_")
    );
}

#[test]
fn an_empty_result_leaves_no_hole_behind() {
    let catalogue = catalogue();
    let args = [("task", text("Звіт")), ("result", Arg::Result(Vec::new()))];
    let said = say(&catalogue, "uk", "task-finished-info", &args).unwrap();
    assert_eq!(said.text, "Готово: «Звіт».");
    let mut args: Vec<(&str, Arg)> =
        catalogue.variables("staff-card-rework").map(|name| (name, sample(name, 2))).collect();
    args.retain(|(name, _)| !["remarks", "missing", "result", "status"].contains(name));
    args.push(("status", Arg::Key("status-rework".into())));
    args.push(("remarks", text("Логотип більший\nКолір інший")));
    args.push(("missing", Arg::Missing(Vec::new())));
    args.push(("result", Arg::Result(Vec::new())));
    let said = say(&catalogue, "uk", "staff-card-rework", &args).unwrap();
    assert!(said.text.ends_with("Зауваження:\nЛоготип більший\nКолір інший"), "{}", said.text);
    assert!(said.text.contains("\nДоопрацювання, 2-е коло."), "{}", said.text);
    assert!(said.entities.iter().any(|entity| under(&said, entity) == "Зауваження:"));
}

#[test]
fn a_line_with_another_value_stays_when_its_list_is_empty() {
    let mut files = Files::embedded();
    for language in ["uk", "en", "vi", "bg"] {
        let path = format!("messages/{language}.ftl");
        let text = files.get(&path).unwrap().text.clone();
        files.put(
            &path,
            &format!("{text}\nmixed = Готово: <b>{{ $task }}</b>. {{ $result }}\nalone = {{ $result }}\n"),
        );
    }
    let catalogue = Catalogue::from_files(&files).map_err(|problems| format!("{problems:#?}")).unwrap();
    let args = [("task", text("Звіт")), ("result", Arg::Result(Vec::new()))];
    assert_eq!(say(&catalogue, "uk", "mixed", &args).unwrap().text, "Готово: Звіт.");
    let said = say(&catalogue, "uk", "alone", &args);
    assert!(matches!(said, Err(WordsError::Broken { .. })), "an empty message cannot be sent: {said:?}");
}

#[test]
fn what_is_missing_is_said_in_words() {
    let catalogue = catalogue();
    let missing = vec![
        Missing::Field {
            field: "ad_report".into(), title: both("Звіт про рекламу", "Ads report")
        },
        Missing::More {
            field: "posts".into(), title: both("Публікації", "Posts"), at_least: 9, have: 3
        },
        Missing::Gate { gate: "form:smm-brief".into() },
        Missing::Gate { gate: "paid:this-period".into() },
        Missing::Checklist { item: 2, text: Text::plain("Сітка переглянута") },
        Missing::Button {
            button: "ad_launched".into(),
            title: both("Реклама запущена", "Ad launched"),
            opens_with: vec!["ad_goal".into()],
        },
        Missing::Role { role: "ads".into() },
        Missing::Task { task: "report".into(), title: both("Звіт", "Report") },
    ];
    let shown = |language: &str| {
        let args = [("task", text("Х")), ("missing", Arg::Missing(missing.clone()))];
        say(&catalogue, language, "staff-gate-closed", &args).unwrap().text
    };
    insta::assert_snapshot!("missing", ["uk", "en", "vi", "bg"].map(shown).join("\n"));
}

#[test]
fn several_approvers_are_joined_with_the_languages_or() {
    let catalogue = catalogue();
    let names = Arg::Names(vec!["Софія".into(), "Іван".into(), "Оля".into()]);
    let shown = |language: &str| {
        say(&catalogue, language, "refusal-not-an-approver", &[("people", names.clone())]).unwrap().text
    };
    assert!(shown("uk").starts_with("Роботу погоджує Софія, Іван або Оля."));
    assert!(shown("en").starts_with("This work is approved by Софія, Іван or Оля."));
}

/// Names that people gave themselves, or that somebody wants to break us with.
fn hostile_name(random: &mut StdRng) -> String {
    const PARTS: [&str; 34] = [
        "Оля",
        "Nguyễn",
        "</b>",
        "<b>",
        "<a href=\"https://evil.example\">",
        "</a>",
        "{ $x }",
        "{ $client }",
        "{",
        "}",
        "&lt;",
        "&amp;",
        "\"",
        "'",
        "»",
        "«",
        "\u{202e}",
        "\u{2066}",
        "\u{200b}",
        "\u{feff}",
        "\u{200d}",
        "😀",
        "👩‍👩‍👧‍👦",
        "🇺🇦",
        "\n",
        "\r\n",
        "\t",
        " ",
        "\u{0}",
        "𝕬",
        "e\u{301}",
        "[x](tg://user?id=1)",
        "*_`",
        "\u{e000}",
    ];
    let count = random.random_range(1..12);
    (0..count).map(|_| PARTS[random.random_range(0..PARTS.len())]).collect()
}

#[test]
fn no_name_ever_becomes_markup_or_moves_an_entity_from_its_place() {
    let catalogue = catalogue();
    let seed: u64 = rand::rng().random();
    eprintln!("seed {seed}");
    let mut random = StdRng::seed_from_u64(seed);
    let keys: Vec<&str> = catalogue.keys().filter(|key| catalogue.variables(key).any(is_name)).collect();
    for round in 0..2_000 {
        let name = hostile_name(&mut random);
        let key = keys[random.random_range(0..keys.len())];
        let language = ["uk", "en", "vi", "bg"][random.random_range(0..4)];
        let render = |value: &str| {
            let mention = random_mention(value, round);
            let args: Vec<(&str, Arg)> = catalogue
                .variables(key)
                .map(|v| (v, if is_name(v) { mention.clone() } else { sample(v, 3) }))
                .collect();
            say(&catalogue, language, key, &args).unwrap()
        };
        let harmless = render("Ім'я-Зразок");
        let said = render(&name);
        let shown = cleaned(&catalogue, &name);
        let context = format!("seed {seed}, {language} {key} with {name:?}");
        assert_eq!(said.text, harmless.text.replace("Ім'я-Зразок", &shown), "{context}");
        assert_eq!(said.entities.len(), harmless.entities.len(), "{context}");
        for (ours, theirs) in said.entities.iter().zip(&harmless.entities) {
            assert_eq!(ours.kind, theirs.kind, "{context}");
            assert_eq!(
                under(&said, ours),
                under(&harmless, theirs).replace("Ім'я-Зразок", &shown),
                "{context}"
            );
        }
        let hidden = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}' | '\u{feff}' | '\u{0}');
        assert!(!said.text.contains(hidden), "{context}");
    }
}

fn is_name(variable: &str) -> bool {
    ["client", "person", "task", "pm", "title", "project", "service"].contains(&variable)
}

fn random_mention(name: &str, round: i64) -> Arg {
    if round % 2 == 0 { Arg::Named(name.to_owned(), 42) } else { text(name) }
}

/// How a name is shown.
fn cleaned(catalogue: &Catalogue, name: &str) -> String {
    let args = [("person", text(name)), ("at", Arg::Moment(at()))];
    let said = say(catalogue, "uk", "approval-given", &args).expect("a text").text;
    let name =
        said.strip_prefix("✅ Погоджено: ").and_then(|rest| rest.strip_suffix(", 12 листопада, 14:05"));
    name.expect("the name between its words").to_owned()
}

#[test]
fn a_name_of_nothing_but_invisible_signs_becomes_a_dash() {
    let catalogue = catalogue();
    assert_eq!(cleaned(&catalogue, "\u{200b}\u{202e}\u{feff} "), "—");
    assert_eq!(cleaned(&catalogue, ""), "—");
    assert_eq!(cleaned(&catalogue, "  Оля \n Коваль "), "Оля Коваль");
}

#[test]
fn a_long_text_is_split_at_the_ends_of_its_paragraphs() {
    let catalogue = catalogue();
    let paragraph = "Правка 😀 номер один. ".repeat(40);
    let remarks = (0..12).map(|n| format!("{n} {paragraph}")).collect::<Vec<_>>().join("\n\n");
    let args = [("client", text("Ранок")), ("task", text("Звіт")), ("remarks", text(&remarks))];
    let said = say(&catalogue, "uk", "staff-remarks", &args).unwrap();
    let parts = split(said.clone());
    assert!(parts.len() > 2);
    for part in &parts {
        assert!(part.text.encode_utf16().count() <= LONGEST);
        assert!(part.text.ends_with('.'), "ends with a paragraph: {:?}", &part.text[part.text.len() - 40..]);
        for entity in &part.entities {
            assert!(!under(part, entity).is_empty());
        }
    }
    let joined: String = parts.iter().map(|part| part.text.replace(['\n', ' '], "")).collect();
    assert_eq!(joined, said.text.replace(['\n', ' '], ""));
}

#[test]
fn splitting_never_cuts_an_entity_or_a_character_that_fits() {
    let seed: u64 = rand::rng().random();
    eprintln!("seed {seed}");
    let mut random = StdRng::seed_from_u64(seed);
    let catalogue = catalogue();
    for _ in 0..60 {
        let remarks: String =
            (0..9_000).map(|_| ["😀", "б", " ", "\n", "x"][random.random_range(0..5)]).collect();
        let args = [("client", text("Р")), ("task", text("З")), ("remarks", text(&remarks))];
        let mut said = say(&catalogue, "uk", "staff-remarks", &args).unwrap();
        let units = said.text.encode_utf16().count();
        let starts: Vec<usize> = said
            .text
            .chars()
            .scan(0, |unit, c| {
                *unit += c.len_utf16();
                Some(*unit)
            })
            .collect();
        let from = starts[random.random_range(0..starts.len() / 2)];
        let to = starts.iter().copied().find(|to| *to > from + 300).unwrap_or(units);
        said.entities =
            vec![engine::store::change::Entity { offset: from, length: to - from, kind: EntityKind::Italic }];
        let covered = under(&said, &said.entities[0]);
        let found: Vec<String> = split(said)
            .iter()
            .flat_map(|part| part.entities.iter().map(|entity| under(part, entity)).collect::<Vec<_>>())
            .collect();
        assert_eq!(found.len(), 1, "seed {seed}");
        assert_eq!(found[0].trim(), covered.trim(), "seed {seed}");
    }
}
