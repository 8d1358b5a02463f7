//! The keys of agency.yaml.

use super::task::DEFAULTS;
use super::{Block, Key, TITLE, Takes, VERSION, words};
use crate::agency::{DAYS, HANDOFF, OVERRIDES, SIGNED_BY};
use crate::walk::LANGUAGES;

pub(crate) static AGENCY: Block = Block::of(&[
    VERSION,
    Key::must("agency", Takes::Word, "Name of the agency.", "Назва агенції."),
    Key::must(
        "currency",
        Takes::Currency,
        "Currency of prices that name none: three capital letters, `UAH`.",
        "Валюта, коли її не вказано: три великі літери, `UAH`.",
    ),
    Key::must(
        "languages",
        Takes::List(&Takes::OneOf(|| LANGUAGES.to_vec())),
        "Languages of clients. The first is what a client gets unless the client's card says otherwise.",
        "Мови клієнтів. Перша діє, якщо в картці клієнта не сказано інакше.",
    ),
    Key::must(
        "timezone",
        Takes::Word,
        "Time zone of the agency: `Europe/Kyiv`.",
        "Часовий пояс агенції: `Europe/Kyiv`.",
    ),
    Key::must(
        "work_time",
        Takes::Block(&WORK_TIME),
        "When we work; business days and hours are counted by it.",
        "Коли ми працюємо; за цим рахують робочі дні й години.",
    ),
    Key::may(
        "answer_clients_within",
        Takes::Term,
        "A client's message gets a human answer within this time.",
        "За який час клієнтові відповідає людина.",
    ),
    Key::may(
        "warn_pm_after",
        Takes::Term,
        "The PM is warned when a client has waited this long.",
        "Менеджера попереджаємо, коли клієнт чекає так довго.",
    ),
    Key::may(
        "messages_signed_by",
        Takes::OneOf(|| words(&SIGNED_BY)),
        "Whose name a client reads over what is written to it from the pages: pm, so that it knows one name, or author. Left out: pm.",
        "Чиє ім'я клієнт бачить над тим, що йому пишуть зі сторінок: pm, щоб знав одне ім'я, або author. Якщо не вказано: pm.",
    ),
    Key::may(
        "accept_within",
        Takes::Term,
        "How long a task that is ready may lie before the PM hears that nobody has started it; 4 business hours if left out.",
        "Скільки завдання, яке можна починати, чекає, перш ніж менеджер дізнається, що за нього ніхто не взявся; якщо не вказано, 4 робочі години.",
    ),
    Key::may(
        "by_the_clock",
        Takes::Block(&CLOCK),
        "What the staff chat hears at fixed times; minute, hour, day of the month, month, day of the week, as cron writes it.",
        "Що чат команди чує за годинником; хвилина, година, день місяця, місяць, день тижня, як пише cron.",
    ),
    Key::may(
        "handoff_needs",
        Takes::List(&Takes::OneOf(|| words(&HANDOFF))),
        "What must be known of a client before a project is opened.",
        "Що треба знати про клієнта, перш ніж відкрити проєкт.",
    ),
    Key::may(
        "overrides",
        Takes::Block(&OVERRIDES_BLOCK),
        "Who may let work go on over a closed gate, with a reason.",
        "Хто може, з поясненням, пустити роботу далі попри закриту умову.",
    ),
    Key::may(
        "see_accesses",
        Takes::List(&Takes::Id),
        "Roles that may look at what clients gave us to get in; besides whoever does the task that needs it. Left out: pm and head.",
        "Ролі, яким можна бачити доступи від клієнтів, крім того, хто виконує завдання з ними. Якщо не вказано: pm і head.",
    ),
    Key::may(
        "defaults",
        Takes::Block(&DEFAULTS),
        "Taken by every task of every template that does not say otherwise.",
        "Діє для кожного завдання кожного шаблону, де не сказано інакше.",
    ),
    Key::must(
        "roles",
        Takes::List(&Takes::Block(&ROLE)),
        "Roles that templates speak of; which person fills one is chosen per project.",
        "Ролі, про які говорять шаблони; яка людина в ролі, вирішують у проєкті.",
    ),
    Key::may(
        "rates",
        Takes::Block(&RATES),
        "What an hour of work costs the agency inside. Only `signoff report time` reads it; no client ever sees it.",
        "Скільки година роботи коштує агенції всередині. Читає лише `signoff report time`; клієнт цього не бачить.",
    ),
]);

pub(crate) static WORK_TIME: Block = Block::of(&[
    Key::must("days", Takes::List(&Takes::OneOf(|| words(&DAYS))), "Days of work.", "Робочі дні тижня."),
    Key::must(
        "hours",
        Takes::Span,
        "Hours of a working day: `09:00-18:00`.",
        "Робочі години: `09:00-18:00`.",
    ),
    Key::may("lunch", Takes::Span, "A break that is no working time.", "Перерва, що не є робочим часом."),
    Key::may(
        "quiet",
        Takes::Span,
        "Hours in which nothing is sent to clients unasked; may run over midnight.",
        "Години, коли клієнтам нічого не надсилаємо без запиту; можуть іти через північ.",
    ),
    Key::may(
        "holidays",
        Takes::List(&Takes::Date),
        "Days off for everyone: `2026-12-25`.",
        "Вихідні для всіх: `2026-12-25`.",
    ),
    Key::may(
        "extra_days",
        Takes::List(&Takes::Date),
        "Days that are worked although their weekday is free, with the hours of a working day.",
        "Дні, коли працюємо, хоча за днем тижня вихідний; години звичайні.",
    ),
]);

pub(crate) static CLOCK: Block = Block::of(&[
    Key::may(
        "day_overview",
        Takes::FixedTime,
        "Overview of the day in the staff chat, on business days.",
        "Огляд дня в чаті команди, у робочі дні.",
    ),
    Key::may(
        "month_report",
        Takes::FixedTime,
        "Report of the month, a draft for each project.",
        "Звіт за місяць, чернетка для кожного проєкту.",
    ),
]);

pub(crate) static OVERRIDES_BLOCK: Block = Block::of(&[
    Key::may(
        "brief",
        Takes::OneOf(|| words(&OVERRIDES)),
        "Without the brief (default: nobody).",
        "Без брифу (звично: ніхто).",
    ),
    Key::may(
        "payment",
        Takes::OneOf(|| words(&OVERRIDES)),
        "Without the money (default: head).",
        "Без оплати (звично: керівник).",
    ),
    Key::may(
        "audit",
        Takes::OneOf(|| words(&OVERRIDES)),
        "Without the auditor's yes (default: head).",
        "Без згоди аудитора (звично: керівник).",
    ),
]);

pub(crate) static ROLE: Block = Block::of(&[
    Key::must("role", Takes::Id, "Id of the role (a-z, 0-9, _).", "Код ролі (a-z, 0-9, _)."),
    TITLE,
    Key::may(
        "usually",
        Takes::Word,
        "Person that is suggested for the role.",
        "Людина, яку пропонуємо на цю роль.",
    ),
]);

pub(crate) static RATES: Block = Block::of(&[
    Key::may(
        "roles",
        Takes::Amounts,
        "An hour of whoever works in the role, such as `pm: 600 UAH`.",
        "Година того, хто працює в ролі, наприклад `pm: 600 UAH`.",
    ),
    Key::may(
        "people",
        Takes::Amounts,
        "An hour of one person, instead of that of the role.",
        "Година однієї людини, замість ставки ролі.",
    ),
]);
