//! Values of several lines as a client reads them in a chat: topics, tables, choices, what was finished (PF-50, PF-53, PF-67).

use std::collections::BTreeMap;

use engine::domain::Arg;
use engine::domain::definition::{Field, FieldKind, Text};
use engine::domain::effect::ResultLine;
use engine::domain::field::{DoneStage, DoneTask, Row, Topic};
use engine::words::WordsError;

use crate::clean;
use crate::locale;
use crate::say::Speaker;

/// The number of those that are left out.
pub(crate) fn and_more(shown: String, more: usize) -> String {
    if more == 0 { shown } else { format!("{shown}\n… +{more}") }
}

/// Each topic with its subtopics below it.
pub(crate) fn topics(topics: &[Topic]) -> String {
    let under = |topic: &Topic| {
        let lines = topic.under.iter().map(|one| format!("\n   – {}", clean::name(one)));
        lines.collect::<Vec<_>>().concat()
    };
    let lines = (1..)
        .zip(topics)
        .map(|(number, topic)| format!("{number}. {}{}", clean::name(&topic.title), under(topic)));
    lines.collect::<Vec<_>>().join("\n")
}

/// Each row on a line of its own; long texts and links stand below it.
pub(crate) fn table(speaker: &Speaker<'_>, line: &ResultLine, rows: &[Row]) -> Result<String, WordsError> {
    let mut shown = Vec::new();
    for (number, row) in (1..).zip(rows) {
        let (mut short, mut long) = (Vec::new(), Vec::new());
        for column in &line.columns {
            let Some(value) = row.get(&column.id) else { continue };
            let text = speaker.field_value(&ResultLine::of(column, value.clone()), value)?;
            let below = matches!(column.kind, FieldKind::LongText | FieldKind::Link);
            if below { long.push(text) } else { short.push(named(speaker, column, text)) }
        }
        let below: Vec<String> = long.iter().map(|text| format!("\n{text}")).collect();
        shown.push(format!("{number}. {}{}", short.join(" · "), below.concat()));
    }
    Ok(shown.join("\n"))
}

/// A figure says what it counts; a day or a name speaks for itself.
fn named(speaker: &Speaker<'_>, column: &Field, text: String) -> String {
    let is_figure = matches!(column.kind, FieldKind::Number | FieldKind::Percent | FieldKind::Money);
    if is_figure { format!("{}: {text}", speaker.title(&column.title)) } else { text }
}

/// Each item with what was chosen for it, in the order of the template.
pub(crate) fn choices(speaker: &Speaker<'_>, line: &ResultLine, chosen: &BTreeMap<String, String>) -> String {
    let known = line.items.iter().filter_map(|(id, title)| Some((speaker.title(title), chosen.get(id)?)));
    let gone = chosen.iter().filter(|(id, _)| line.items.iter().all(|(known, _)| known != *id));
    let gone = gone.map(|(id, option)| (clean::name(id), option));
    let lines = known.chain(gone).map(|(item, option)| format!("• {item}: {}", speaker.option(line, option)));
    lines.collect::<Vec<_>>().join("\n")
}

/// What was finished, stage by stage, with its day, whose yes it was, and the figures.
pub(crate) fn done(
    speaker: &Speaker<'_>,
    line: &ResultLine,
    stages: &[DoneStage],
) -> Result<String, WordsError> {
    let mut lines = Vec::new();
    for stage in stages {
        lines.push(speaker.plain("report-stage", &[("stage", Arg::Words(stage.title.clone()))])?);
        for task in &stage.tasks {
            lines.push(finished(speaker, line, task)?);
            for figure in &task.figures {
                let value = ResultLine {
                    title: figure.title.clone(),
                    ..ResultLine::plain(figure.kind, Some(figure.value.clone()))
                };
                let text = speaker.field_value(&value, &figure.value)?;
                lines.push(format!("   {}: {text}", speaker.title(&figure.title)));
            }
        }
        if let Some(goal) = stage.goal.as_ref().filter(|goal| is_for(speaker, goal)) {
            lines.push(speaker.plain("report-goal", &[("text", Arg::Words(goal.clone()))])?);
        }
    }
    Ok(lines.join("\n"))
}

fn finished(speaker: &Speaker<'_>, line: &ResultLine, task: &DoneTask) -> Result<String, WordsError> {
    let day = Arg::Text(locale::date(speaker.language, task.on));
    let args = [("task", Arg::Words(task.title.clone())), ("day", day)];
    let name = |person| line.names.iter().find(|(known, _)| known == person).map(|(_, name)| name.clone());
    match task.approved_by.as_ref().map(|person| name(person).unwrap_or_default()) {
        Some(person) if !person.is_empty() => {
            let [task, day] = args;
            speaker.plain("report-done-agreed", &[task, day, ("person", Arg::Text(person))])
        }
        Some(_) => speaker.plain("report-done-yes", &args),
        None if task.deemed => speaker.plain("report-done-deemed", &args),
        None => speaker.plain("report-done", &args),
    }
}

/// A goal that is written in another language only is not said.
fn is_for(speaker: &Speaker<'_>, text: &Text) -> bool {
    let own = speaker.catalogue.languages().first().map_or("", String::as_str);
    let says = |language: &str| text.0.iter().any(|(known, _)| known == language);
    says(speaker.language) || (says("") && own == speaker.language)
}
