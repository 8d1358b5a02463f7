//! The keys of a task: who does it and when, its result, its buttons, its gates and reminders.

use super::form::FIELD;
use super::{Block, Key, Rule, TITLE, Takes, WAS, words};
use crate::remind::{APPROVALS, CONDITIONS};
use crate::task::{KINDS, MONTHS, PAID};
use crate::worktime::TIMES;

const ASSIGNEE: Key = Key::may(
    "assignee",
    Takes::Id,
    "Role that does the work (see agency.yaml).",
    "Роль виконавця (див. agency.yaml).",
);
const AUDITOR: Key = Key::may(
    "auditor",
    Takes::IdOrNone,
    "Role that checks the result before the client sees it, or `none`.",
    "Роль того, хто перевіряє до показу клієнтові, або `none`.",
);
const APPROVAL: Key = Key::may(
    "approval",
    Takes::OneOf(|| words(&APPROVALS)),
    "`required`: the client gets the buttons Approve and Send back, and the next task waits. `none`: the client is only informed.",
    "`required`: клієнт отримує кнопки «Затвердити» й «Доопрацювати», наступне завдання чекає. `none`: клієнта лише інформуємо.",
);
static A_REMINDER: Takes = Takes::Block(&REMINDER);
const REMIND: Key = Key::may(
    "remind",
    Takes::List(&A_REMINDER),
    "Reminders. Added to those of `defaults`; one with the same `if` replaces it.",
    "Нагадування. Додаються до `defaults`; з тим самим `if` замінює його.",
);

/// What every task takes that does not say otherwise.
pub(crate) static DEFAULTS: Block = Block::of(&[ASSIGNEE, AUDITOR, APPROVAL, REMIND]);

pub(crate) static TASK: Block = Block {
    snippet: Some(("task: work with approval", SNIPPET)),
    ..Block::of(&[
        Key::must(
            "task",
            Takes::Id,
            "Id of the task (a-z, 0-9, _). To rename it later, keep the old id in `was`.",
            "Код завдання (a-z, 0-9, _). Щоб перейменувати, лишіть старий код у `was`.",
        ),
        TITLE,
        Key::may(
            "was",
            Takes::List(&Takes::Id),
            "Earlier ids of this task, so that running projects find it.",
            "Колишні коди цього завдання, щоб проєкти в роботі його знайшли.",
        ),
        Key::may(
            "kind",
            Takes::OneOf(|| words(&KINDS)),
            "`work` by default. `payment`: finished means the money is in. `report`: figures come in by themselves. `meeting`: has a time and an invitation.",
            "Звичайно `work`. `payment`: завершено, коли гроші надійшли. `report`: цифри підставляються самі. `meeting`: має час і запрошення.",
        ),
        Key::may(
            "months",
            Takes::OneOf(|| words(&MONTHS)),
            "In which rounds this task exists: `first`, `every` (default) or `from second`.",
            "У яких колах є це завдання: `first` (лише перше), `every` (кожне) або `from second` (від другого).",
        ),
        Key::may(
            "after",
            Takes::List(&Takes::Id),
            "Tasks that must be over before this one. Left out: the task above it. Several tasks that name the same one run side by side; `[]` waits for nothing.",
            "Завдання, які мають завершитися перед цим. Якщо не вказано: те, що стоїть вище. Кілька завдань з тим самим `after` ідуть паралельно; `[]` не чекає ні на що.",
        ),
        ASSIGNEE,
        AUDITOR,
        Key::may(
            "hours",
            Takes::Hours,
            "Planned working hours. Time actually spent is compared with it.",
            "Планові години. З ними порівнюється фактичний час.",
        ),
        Key::may(
            "time",
            Takes::List(&Takes::OneOf(|| words(&TIMES))),
            "What working time is logged for here: the kinds that `signoff time add` and the staff chat offer. Left out: the work itself.",
            "На що тут записують час: види, які пропонують `signoff time add` і чат команди. Якщо не вказано: сама робота.",
        ),
        Key::may(
            "inputs",
            Takes::List(&Takes::Id),
            "Tasks whose results are shown with this one: on its card, in `project show` and `task show`.",
            "Завдання, результати яких показано разом із цим: на його картці, у `project show` і `task show`.",
        ),
        Key::may(
            "due",
            Takes::Term,
            "Deadline, counted from the start of the task: `3 business days`, `6 business hours`, `10 calendar days`.",
            "Термін від початку завдання: `3 business days`, `6 business hours`, `10 calendar days`.",
        ),
        APPROVAL,
        Key::may(
            "approve_after_silence",
            Takes::Term,
            "Counts as approved after this much silence. Leave out (the default) to never assume a yes.",
            "Вважати погодженим після такої тиші. Не пишіть (так за замовчуванням), щоб ніколи не вигадувати згоду.",
        ),
        Key::may(
            "rework_rounds",
            Takes::Count,
            "Rounds of rework included in the price. One more asks the PM first.",
            "Скільки кіл правок входить у вартість. Далі спершу питаємо менеджера.",
        ),
        Key::may(
            "stays_open",
            Takes::Flag,
            "Time can be logged here until the project ends; the next task starts all the same.",
            "Час можна записувати до кінця проєкту; наступне завдання однак починається.",
        ),
        Key::may(
            "client",
            Takes::Block(&CLIENT),
            "What the client hears: message keys from messages/*.ftl, or `silent`.",
            "Що чує клієнт: ключі повідомлень із messages/*.ftl або `silent` (мовчки).",
        ),
        Key::may(
            "instructions",
            Takes::Text,
            "How to do it. Markdown; the assignee sees it in the task.",
            "Як виконувати. Markdown; виконавець бачить у завданні.",
        ),
        Key::may(
            "checklist",
            Takes::List(&Takes::TextOr(&ITEM)),
            "Must be ticked before the task can be finished, unless `optional`.",
            "Треба позначити до завершення, крім `optional`.",
        ),
        Key::may(
            "result",
            Takes::List(&Takes::Block(&FIELD)),
            "Fields the assignee fills in. Those with `client_sees` go to the client.",
            "Поля, які заповнює виконавець. З `client_sees` їх бачить клієнт.",
        ),
        Key::may(
            "buttons",
            Takes::List(&Takes::Block(&BUTTON)),
            "Extra buttons on the task, for staff.",
            "Додаткові кнопки в завданні, для команди.",
        ),
        Key::may(
            "start_needs",
            Takes::List(&Takes::Block(&GATE)),
            "What must be true before the task can go to In progress.",
            "Що має бути правдою до початку завдання.",
        ),
        Key::may(
            "finish_needs",
            Takes::List(&Takes::Block(&GATE)),
            "What must be true before the task can be finished, besides required fields and the checklist.",
            "Що має бути правдою до завершення, крім обов'язкових полів і чек-листа.",
        ),
        REMIND,
        Key::may(
            "pays_for",
            Takes::OneOf(|| words(&PAID)),
            "Which period the money is for.",
            "За який період ця оплата.",
        ),
        Key::may(
            "amount",
            Takes::Share,
            "Part of the price: `40%`, a sum, or `rest`.",
            "Частина ціни: `40%`, сума або `rest` (решта).",
        ),
        Key::may(
            "ends_project_if",
            Takes::End,
            "The project is closed as lost when a choice field has this value.",
            "Проєкт закривається як втрачений, якщо поле вибору має це значення.",
        ),
    ])
    .with(&[Rule::OnlyFor {
        keys: &["pays_for", "amount"],
        when: ("kind", &["payment"]),
        wanted: "`kind: payment`",
    }])
};

const SNIPPET: &str = r#"{"task": "${1:id}", "title": {"uk": "$2", "en": "$3"}, "assignee": "${4:smm}", "hours": "^${5:4}", "due": "${6:3 business days}", "result": [{"field": "${7:link}", "title": "$8", "type": "link", "required": true, "client_sees": true}]}"#;

pub(crate) static CLIENT: Block = Block::of(&[
    Key::may(
        "start",
        Takes::Name,
        "Sent when the task goes to In progress. Default: task-started.",
        "Надсилається, коли завдання переходить «У роботу». Звичайно task-started.",
    ),
    Key::may(
        "finish",
        Takes::Name,
        "Sent with the result when the task is finished. Default: task-finished.",
        "Надсилається з результатом, коли завдання завершено. Звичайно task-finished.",
    ),
]);

/// A line of a checklist that says more than its text.
pub(crate) static ITEM: Block = Block::of(&[
    Key::must("text", Takes::Text, "What is ticked.", "Що позначають."),
    Key::may("optional", Takes::Flag, "May stay unticked.", "Можна не позначати."),
    Key::may(
        "needs_note",
        Takes::Flag,
        "It is ticked only with a few words on what was agreed.",
        "Позначається лише з кількома словами про те, про що домовились.",
    ),
    Key::may(
        "lists_risks",
        Takes::Flag,
        "Its note is the list of risks of the project.",
        "Нотатка до цього рядка є переліком ризиків проєкту.",
    ),
]);

pub(crate) static BUTTON: Block = Block::of(&[
    Key::must("button", Takes::Id, "Id of the button (a-z, 0-9, _).", "Код кнопки (a-z, 0-9, _)."),
    WAS,
    TITLE,
    Key::may(
        "needs",
        Takes::List(&Takes::Id),
        "Result fields that must be filled before the button appears.",
        "Поля результату, без яких кнопка не з'явиться.",
    ),
    Key::may(
        "needs_form",
        Takes::Name,
        "The button appears once the client has filled in this form: one request at a time.",
        "Кнопка з'явиться, щойно клієнт заповнить цю анкету: прохання йдуть по одному.",
    ),
    Key::may("once", Takes::Flag, "Can be pressed once per round.", "Можна натиснути один раз за коло."),
    Key::may(
        "tell_client",
        Takes::Name,
        "Message key sent to the client's chat.",
        "Ключ повідомлення для чату клієнта.",
    ),
    Key::may(
        "tell_staff",
        Takes::Name,
        "Message key sent to the staff chat.",
        "Ключ повідомлення для чату команди.",
    ),
    Key::may(
        "send_form",
        Takes::Name,
        "Form (file in forms/) sent to the client.",
        "Анкета (файл у forms/), яку отримає клієнт.",
    ),
    Key::may(
        "ask_agreement",
        Takes::Name,
        "Message that the client is asked to agree to with one press; who, when and the exact text are kept.",
        "Повідомлення, з яким клієнт погоджується одним натисканням; зберігаються хто, коли і точний текст.",
    ),
    Key::may(
        "ask_access",
        Takes::Id,
        "Access that the client is asked for: it gets a page of its own for it, and what it writes is kept encrypted.",
        "Доступ, який просять у клієнта: він вводить його на окремій сторінці, і зберігається зашифрованим.",
    ),
    Key::may(
        "access_title",
        Takes::Text,
        "What the client reads as the name of that access; left out, its id.",
        "Як клієнт читає назву цього доступу; без неї показано його id.",
    ),
])
.with(&[Rule::AtLeastOne {
    keys: &["tell_client", "tell_staff", "send_form", "ask_agreement", "ask_access"],
    place: None,
}]);

/// One condition; it says one thing.
pub(crate) static GATE: Block = Block::of(&[
    Key::may("form", Takes::Name, "The client has filled in this form.", "Клієнт заповнив цю анкету."),
    Key::may("paid", Takes::OneOf(|| words(&PAID)), "The money has come in.", "Гроші надійшли."),
    Key::may("field", Takes::Id, "This field is filled.", "Це поле заповнено."),
    Key::may("button", Takes::Id, "This button was pressed.", "Цю кнопку натиснуто."),
    Key::may(
        "access",
        Takes::Id,
        "This access was tried and works, or is not needed.",
        "Цей доступ перевірено, і він працює, або він не потрібен.",
    ),
    Key::may(
        "approved",
        Takes::Id,
        "The client approved the result of this task, and the files here are exactly those.",
        "Клієнт погодив результат цього завдання, і файли тут саме ті.",
    ),
    Key::may(
        "acknowledged",
        Takes::Name,
        "The client agreed to this message.",
        "Клієнт погодився з цим повідомленням.",
    ),
])
.with(&[Rule::ExactlyOne {
    keys: &["form", "paid", "field", "button", "access", "approved", "acknowledged"],
    place: "a condition",
}]);

pub(crate) static REMINDER: Block = Block::of(&[
    Key::must("if", Takes::OneOf(|| words(&CONDITIONS)), "What has not happened yet.", "Чого ще не сталося."),
    Key::may("form", Takes::Name, "The form that is waited for.", "Анкета, на яку чекаємо."),
    Key::may("access", Takes::Id, "The access that is waited for.", "Доступ, на який чекаємо."),
    Key::may("after", Takes::Term, "This long after it was asked for.", "Через скільки після запиту."),
    Key::may(
        "before_due",
        Takes::Term,
        "This long before the deadline of the task.",
        "За скільки до терміну завдання.",
    ),
    Key::may(
        "before_period_end",
        Takes::Term,
        "This long before the period ends.",
        "За скільки до кінця періоду.",
    ),
    Key::may(
        "tell_client",
        Takes::Name,
        "Message key sent to the client's chat.",
        "Ключ повідомлення для чату клієнта.",
    ),
    Key::may(
        "tell_staff",
        Takes::Name,
        "Message key sent to the staff chat.",
        "Ключ повідомлення для чату команди.",
    ),
    Key::may(
        "repeat",
        Takes::Block(&REPEAT),
        "Say it again this often, this many times.",
        "Повторювати з таким кроком стільки разів.",
    ),
    Key::may(
        "then_tell_staff",
        Takes::Name,
        "When reminders are used up: message for the staff chat.",
        "Коли нагадування вичерпано: повідомлення для команди.",
    ),
])
.with(&[
    Rule::Needs { key: "form", when: ("if", &["form not received"]) },
    Rule::Needs { key: "access", when: ("if", &["access not received"]) },
    Rule::ExactlyOne { keys: &["after", "before_due", "before_period_end"], place: "a reminder" },
    Rule::AtLeastOne { keys: &["tell_client", "tell_staff"], place: None },
]);

pub(crate) static REPEAT: Block = Block::of(&[
    Key::must("every", Takes::Term, "How long between two reminders.", "Скільки між двома нагадуваннями."),
    Key::must("times", Takes::Count, "How many times at most.", "Скільки разів щонайбільше."),
]);
