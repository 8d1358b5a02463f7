//! The keys of a template: the service, how it repeats, its stages.

use super::task::{DEFAULTS, TASK};
use super::{Block, Key, TITLE, Takes, VERSION, words};
use crate::template::NEXT_ROUNDS;
use crate::values::PERIODS;

pub(crate) static TEMPLATE: Block = Block::of(&[
    VERSION,
    Key::must(
        "service",
        Takes::Id,
        "Short id of the service. Never change it once projects exist: they refer to it.",
        "Коротка назва послуги латиницею. Не змінюйте, коли вже є проєкти.",
    ),
    TITLE,
    Key::may(
        "price",
        Takes::Price,
        "Default price: `24000 UAH` or `24000 UAH per month`.",
        "Ціна за замовчуванням: `24000 UAH` або `24000 UAH per month`.",
    ),
    Key::may(
        "repeats",
        Takes::Block(&REPEATS),
        "The service repeats: each period brings a new round of the tasks marked `months: every`.",
        "Послуга повторюється: кожного періоду створюється нове коло завдань із `months: every`.",
    ),
    Key::may(
        "defaults",
        Takes::Block(&DEFAULTS),
        "Taken by every task that does not say otherwise.",
        "Діє для кожного завдання, де не сказано інакше.",
    ),
    Key::must(
        "stages",
        Takes::List(&Takes::Block(&STAGE)),
        "Stages of the project, in order. Each has a goal and its tasks.",
        "Етапи проєкту за порядком. У кожного є мета та завдання.",
    ),
]);

pub(crate) static REPEATS: Block = Block::of(&[
    Key::must("every", Takes::OneOf(|| words(&PERIODS)), "Length of one period.", "Довжина періоду."),
    Key::may(
        "counted_from",
        Takes::CountedFrom,
        "Day the first period starts: `project start`, `first day of month`, `task month_plan` (when that task first starts) or `button ad_launched` (when it is first pressed).",
        "Від якого дня рахуємо перший період: `project start`, `first day of month`, `task month_plan` (коли це завдання вперше почато) або `button ad_launched` (коли її вперше натиснуто).",
    ),
    Key::may(
        "next_round",
        Takes::OneOf(|| words(&NEXT_ROUNDS)),
        "When the next round is created.",
        "Коли створюється наступне коло.",
    ),
]);

pub(crate) static STAGE: Block = Block::of(&[
    Key::must("stage", Takes::Id, "Id of the stage (a-z, 0-9, _).", "Код етапу (a-z, 0-9, _)."),
    TITLE,
    Key::may(
        "goal",
        Takes::Text,
        "What is true when this stage is over. Shown on the timeline.",
        "Що має бути правдою наприкінці етапу. Видно на часовій шкалі.",
    ),
    Key::must(
        "tasks",
        Takes::List(&Takes::Block(&TASK)),
        "Tasks, one after another: the next opens when this one is finished, unless it says `after`.",
        "Завдання, одне за одним: наступне відкривається, коли завершено це, якщо не сказано `after`.",
    ),
]);
