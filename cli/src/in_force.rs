//! In force: which templates are used, those of the folder or, while it is broken, the last good ones (RELIABILITY G21).

use std::sync::Arc;

use engine::app::App;
use engine::store::Store;
use workflows::{Catalogue, Checked, Files, Keeper, Problem};

use crate::config::Settings;
use crate::failure::Failure;
use crate::office::{desk, no_folder};

/// The templates that are used, and how they came to be.
pub struct InForce {
    pub catalogue: Arc<Catalogue>,
    /// What the catalogue was made of.
    pub files: Files,
    /// Why the folder is not used as it is; empty: it is.
    pub broken: Vec<Problem>,
    /// Watches the folder; none if the templates are those inside the program.
    pub keeper: Option<Keeper>,
    /// The folder as it is, usable or not.
    pub folder: Files,
}

/// What the settings name, read and checked.
pub struct Read {
    files: Files,
    checked: Checked,
}

/// Reads the folder of the settings, or the copy inside the program.
pub fn read(settings: &Settings) -> Result<Read, Failure> {
    let files = match &settings.workflows_dir {
        Some(dir) if !dir.is_dir() => return Err(no_folder(dir)),
        Some(dir) => Files::read(dir),
        None => Files::embedded(),
    };
    Ok(Read { checked: workflows::check(&files), files })
}

impl Read {
    /// An app over the store, with the templates in force.
    pub async fn open(self, store: Store, settings: &Settings) -> Result<(App, InForce), Failure> {
        let Self { files: folder, checked } = self;
        let keeper = settings.workflows_dir.as_ref().map(|dir| Keeper::new(dir, &folder));
        let Some(catalogue) = checked.catalogue else {
            return instead((folder, checked.problems), keeper, store, settings).await;
        };
        let catalogue = Arc::new(catalogue);
        let app = App::new(store, desk(&catalogue, settings));
        Ok((app, InForce { catalogue, files: folder.clone(), broken: Vec::new(), keeper, folder }))
    }
}

/// The set that was published last, or else what of the folder can be used.
async fn instead(
    (folder, broken): (Files, Vec<Problem>),
    keeper: Option<Keeper>,
    store: Store,
    settings: &Settings,
) -> Result<(App, InForce), Failure> {
    let shipped = Catalogue::embedded().map_err(|problems| useless(&problems))?;
    let app = App::new(store, desk(&Arc::new(shipped), settings));
    let stored = app.published_templates().await?;
    let stored = Files::from_texts(stored.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let (files, catalogue) = if let Some(catalogue) = workflows::check(&stored).catalogue {
        tell(&broken, "the templates that were published last are used until the folder is mended");
        (stored, catalogue)
    } else {
        let Ok(usable) = folder.clone().usable() else { return Err(useless(&broken)) };
        tell(&broken, "a template is left out until it is mended; running projects are not affected");
        usable
    };
    let catalogue = Arc::new(catalogue);
    app.set_desk(desk(&catalogue, settings));
    Ok((app, InForce { catalogue, files, broken, keeper, folder }))
}

fn tell(problems: &[Problem], what: &str) {
    for problem in problems.iter().filter(|problem| problem.is_error()) {
        tracing::warn!(%problem, "{what}");
    }
}

fn useless(problems: &[Problem]) -> Failure {
    let count = problems.len();
    let first = problems.first().map(ToString::to_string).unwrap_or_default();
    Failure::failed(format!("the templates have {count} problems; the first: {first}"))
        .with_hint("signoff check")
}
