//! Draws problems with the lines they are on, for terminals.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Patch, Renderer, Snippet};

use crate::files::Files;
use crate::problem::Problem;
use crate::tongue::Tongue;

/// All problems, each with its line, its mark and the corrected line if there is one, in words of a language.
pub fn draw(problems: &[Problem], files: &Files, language: &str, coloured: bool) -> String {
    let problems: Vec<Problem> = problems.iter().map(|problem| problem.in_language(language)).collect();
    let tongue = Tongue::of(language);
    let renderer = if coloured { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let drawn = problems.iter().map(|problem| renderer.render(&groups(problem, files, tongue)));
    drawn.collect::<Vec<_>>().join("\n\n")
}

fn groups<'a>(problem: &'a Problem, files: &'a Files, tongue: &'static Tongue) -> Vec<Group<'a>> {
    let [error, warning, help, note] = tongue.levels;
    let level =
        if problem.is_error() { Level::ERROR.with_name(error) } else { Level::WARNING.with_name(warning) };
    let (help, note) = (Level::HELP.with_name(help), Level::NOTE.with_name(note));
    let title = level.primary_title(problem.message.as_str()).id(problem.code);
    let Some(source) = files.shown(&problem.file) else {
        let place = note.message(problem.file.as_str());
        return vec![
            title
                .element(place)
                .elements(problem.hint.iter().map(|hint| help.clone().message(hint.as_str()))),
        ];
    };
    let mark = AnnotationKind::Primary.span(problem.span.clone()).label(problem.label.as_str());
    let snippet = Snippet::source(source.text.as_str()).path(problem.file.as_str()).annotation(mark);
    let mut groups = vec![title.element(snippet)];
    let hint = problem.hint.as_deref();
    match (&problem.fix, hint) {
        (Some(fix), hint) => {
            let help = help.secondary_title(hint.unwrap_or(tongue.write_instead));
            let patch = Patch::new(problem.fix_span.clone(), fix.as_str());
            groups.push(help.element(Snippet::source(source.text.as_str()).patch(patch)));
        }
        (None, Some(hint)) => groups = vec![groups.remove(0).element(help.message(hint))],
        (None, None) => {}
    }
    groups
}
