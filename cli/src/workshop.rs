//! Workshop: what the page of a template does to the folder: the checks, the dry run, and putting an edit in force.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use engine::app::{Answer, App, AppError, Publish};
use engine::domain::Refusal;
use sha2::{Digest, Sha256};
use tokio::sync::{Mutex, Semaphore};
use web::workshop::{DryLine, DryRun, Edit, Finding, Publishing, Trial, Verdict, Workshop};
use workflows::{Catalogue, Checked, Files, Problem};

use crate::config::Settings;
use crate::office::desk;
use crate::reload::Live;
use crate::template_file::Written;

/// So many texts are checked at a time; a hostile one must not take every hand.
const CHECKS: usize = 2;
/// So long a dry run may wait for the one before it and then take.
const PATIENCE: Duration = Duration::from_secs(30);
/// A text that is longer is not read, in bytes; the same as for files.
const BIGGEST: usize = 256 * 1024;

/// The folder with everybody who works in it.
struct Bench {
    app: App,
    live: Arc<Live>,
    settings: Settings,
    checks: Semaphore,
    trials: Semaphore,
    /// One edit is put in force after another.
    hand: Mutex<()>,
}

/// What the pages can do with the templates of this server.
pub fn workshop(app: App, live: Arc<Live>, settings: Settings) -> Workshop {
    let writable = settings.workflows_dir.is_some();
    let (checks, trials) = (Semaphore::new(CHECKS), Semaphore::new(1));
    let bench = Arc::new(Bench { app, live, settings, checks, trials, hand: Mutex::new(()) });
    let (files, check, trial) = (Arc::clone(&bench), Arc::clone(&bench), Arc::clone(&bench));
    Workshop {
        writable,
        schema: workflows::schema_of,
        files: Arc::new(move || {
            let bench = Arc::clone(&files);
            Box::pin(async move { bench.texts().await })
        }),
        check: Arc::new(move |edit| {
            let bench = Arc::clone(&check);
            Box::pin(async move { bench.check(edit).await.0 })
        }),
        try_out: Arc::new(move |wanted| {
            let bench = Arc::clone(&trial);
            Box::pin(
                async move { tokio::time::timeout(PATIENCE, bench.try_out(wanted)).await.ok().flatten() },
            )
        }),
        publish: Arc::new(move |publishing| {
            let bench = Arc::clone(&bench);
            Box::pin(async move { bench.publish(publishing).await })
        }),
    }
}

fn read(dir: Option<&PathBuf>) -> Files {
    dir.map_or_else(Files::embedded, |dir| Files::read(dir))
}

impl Bench {
    /// The folder as it is; a reading that fell over is an empty one.
    async fn files(&self) -> Files {
        let dir = self.settings.workflows_dir.clone();
        tokio::task::spawn_blocking(move || read(dir.as_ref())).await.unwrap_or_default()
    }

    async fn texts(&self) -> Vec<(String, String)> {
        self.files().await.texts().map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
    }

    /// What is wrong with all files once the edited one is among them, and what they make.
    async fn check(&self, edit: Edit) -> (Vec<Finding>, Option<(Files, Catalogue)>) {
        // The semaphore is never closed.
        let _turn = self.checks.acquire().await;
        if edit.text.len() > BIGGEST {
            return (vec![too_big(&edit)], None);
        }
        let mut files = self.files().await;
        let checked = tokio::task::spawn_blocking(move || {
            files.put(&edit.path, &edit.text);
            let Checked { problems, catalogue } = workflows::check(&files);
            let findings = problems.iter().map(|problem| finding(problem, &files, &edit)).collect();
            (findings, catalogue.map(|catalogue| (files, catalogue)))
        });
        checked.await.unwrap_or_else(|error| {
            tracing::error!(%error, "an edited template could not be checked");
            (Vec::new(), None)
        })
    }

    async fn try_out(&self, wanted: Trial) -> Option<DryRun> {
        let _turn = self.trials.acquire().await.ok()?;
        let service = wanted.edit.path.strip_suffix(".yaml")?.to_owned();
        let (language, start) = (wanted.edit.language.clone(), wanted.start);
        let (_, catalogue) = self.check(wanted.edit).await.1?;
        let definition = catalogue.definition(&service)?;
        let manner = match wanted.manner.as_str() {
            "ideal" => simulate::Manner::Ideal,
            "silent" => simulate::Manner::Silent,
            _ => simulate::Manner::Typical,
        };
        let wish = simulate::Wish {
            catalogue: Arc::new(catalogue),
            definition,
            manner,
            start,
            until: None,
            periods: 1,
            language,
            public_url: self.settings.public_url.clone(),
        };
        let tried = simulate::simulate(&wish).await;
        tried.inspect_err(|error| tracing::info!(%error, "a dry run came to no end")).ok().map(dry_run)
    }

    /// The log decides first; then the file is renamed into its place, and the set is in force here.
    async fn publish(&self, publishing: Publishing) -> Result<Verdict, AppError> {
        let Some(dir) = &self.settings.workflows_dir else { return Ok(Verdict::Inside) };
        let _hand = self.hand.lock().await;
        let Publishing { edit, base, how, by, at, command_id } = publishing;
        if edit.text.len() > BIGGEST {
            return Ok(Verdict::Wrong(vec![too_big(&edit)]));
        }
        let path = edit.path.clone();
        let held = self.files().await.get(&path).map(|source| source.text.clone()).unwrap_or_default();
        // The second press of one button is not somebody else's edit.
        if held == edit.text {
            return Ok(Verdict::Same);
        }
        if hex::encode(Sha256::digest(&held)) != base.0 {
            let version = self.app.agency_state().await?.templates.get(&path).map_or(0, |file| file.version);
            return Ok(Verdict::Refused(Refusal::TemplateMoved { path, version, base: base.1 }));
        }
        let text = edit.text.clone();
        let (findings, checked) = self.check(edit).await;
        let Some((files, catalogue)) = checked else { return Ok(Verdict::Wrong(findings)) };
        let written = Written::beside(&dir.join(&path), &text).map_err(|error| unwritten(&error))?;
        let set = files.texts().map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
        let publish = Publish { files: set, how, base: Some((path, base.1)), by, at, command_id };
        match self.app.publish_templates(publish).await? {
            Answer::Refused(refusal) => return Ok(Verdict::Refused(refusal)),
            Answer::AlreadySo | Answer::Done { .. } => {}
        }
        written.take_its_place().map_err(|error| unwritten(&error))?;
        let catalogue = Arc::new(catalogue);
        self.app.set_desk(desk(&catalogue, &self.settings));
        self.live.replace(catalogue);
        self.app.follow_calendar(at).await?;
        Ok(Verdict::InForce)
    }
}

fn unwritten(error: &std::io::Error) -> AppError {
    AppError::Broken(format!("the folder of templates cannot be written to: {error}"))
}

fn too_big(edit: &Edit) -> Finding {
    Finding {
        code: "too-big",
        is_error: true,
        path: edit.path.clone(),
        line: 1,
        column: 1,
        span: 0..0,
        message: format!("{} > {BIGGEST}", edit.text.len()),
        hint: None,
        fix: None,
    }
}

fn finding(problem: &Problem, files: &Files, edit: &Edit) -> Finding {
    let Problem { code, line, column, span, fix, fix_span, message, hint, .. } =
        problem.in_language(&edit.language);
    Finding {
        code,
        is_error: problem.is_error(),
        path: files.path_of(&problem.file).to_owned(),
        line,
        column,
        span,
        message,
        hint,
        fix: fix.map(|text| (fix_span, text)),
    }
}

fn dry_run(report: simulate::Report) -> DryRun {
    let (client, staff) = (report.messages("client"), report.messages("staff"));
    let line = |entry: simulate::Entry| match entry.message {
        Some(message) => DryLine { at: entry.at, to: message.to, words: first_line(&message.text) },
        None => DryLine { at: entry.at, to: "", words: entry.words },
    };
    let waits = if let simulate::End::Stuck(waits) = report.end { waits } else { Vec::new() };
    DryRun { lines: report.entries.into_iter().map(line).collect(), client, staff, waits }
}

fn first_line(text: &str) -> String {
    text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim().to_owned()
}
