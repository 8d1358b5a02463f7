//! Config: every setting from signoff.toml, the environment or a file the environment names.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use engine::vault::Vault;

use crate::config_file::{self, nearest};
use crate::failure::Failure;
use crate::key_file;
use crate::secret::Secret;

/// The commented file with all defaults, as `init` writes it.
pub const COMMENTED: &str = include_str!("../../config/signoff.toml");

/// Every setting and its default.
const KNOWN: &[(&str, &str)] = &[
    ("database.url", "sqlite:data/signoff.db"),
    ("telegram.token", ""),
    ("telegram.api_url", "https://api.telegram.org"),
    ("telegram.mode", "polling"),
    ("telegram.staff_chat", "0"),
    ("telegram.webhook_secret", ""),
    ("telegram.public_url", ""),
    ("telegram.probe", "false"),
    ("telegram.deadline_seconds", "25"),
    ("telegram.limits", "true"),
    ("telegram.quiet_hours", "true"),
    ("workflows.dir", ""),
    ("files.dir", "data/files"),
    ("secrets.key_file", "signoff.key"),
    ("server.listen", "127.0.0.1:8080"),
    ("server.public_url", ""),
    ("server.trusted_proxies", ""),
    ("log.level", "info"),
    ("log.format", "text"),
];

/// Settings in force.
#[derive(Clone)]
pub struct Settings {
    pub database_url: String,
    pub telegram: Telegram,
    /// `None`: the templates inside the program.
    pub workflows_dir: Option<PathBuf>,
    pub files_dir: PathBuf,
    /// Seals what clients give us to get in somewhere; `None` where there is no key.
    pub vault: Option<Arc<Vault>>,
    pub listen: SocketAddr,
    /// Where people reach the pages, without a slash at its end.
    pub public_url: String,
    /// Whose word about where a request comes from counts.
    pub trusted_proxies: Vec<IpAddr>,
    pub log_level: String,
    pub log_format: LogFormat,
}

/// Settings of Telegram.
#[derive(Clone)]
pub struct Telegram {
    pub token: Secret,
    pub api_url: String,
    pub mode: TelegramMode,
    pub staff_chat: Option<i64>,
    pub webhook_secret: Secret,
    pub public_url: String,
    pub probe: bool,
    pub deadline: Duration,
    /// Keep to what Telegram allows per second and minute.
    pub limits: bool,
    /// Messages to clients wait for the end of the quiet hours in agency.yaml (TG-52).
    pub quiet_hours: bool,
}

/// How updates come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TelegramMode {
    Polling,
    Webhook,
    Off,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    Text,
    Json,
}

/// Reads all settings: the environment wins over the file, the file over the defaults.
///
/// `file` is what `--config` named; without it ./signoff.toml is taken if it is there.
pub fn load(file: Option<&Path>, env: &BTreeMap<String, String>, cwd: &Path) -> Result<Settings, Failure> {
    let path = match file {
        Some(file) => Some(cwd.join(file)),
        None => Some(cwd.join("signoff.toml")).filter(|path| path.is_file()),
    };
    let base = path.as_deref().and_then(Path::parent).unwrap_or(cwd).to_owned();
    let mut values: BTreeMap<String, String> =
        KNOWN.iter().map(|(name, default)| ((*name).to_owned(), (*default).to_owned())).collect();
    if let Some(path) = &path {
        values.extend(read_file(path)?);
    }
    values.extend(read_env(env, cwd)?);
    settings(&Values(values), &base)
}

fn names() -> Vec<&'static str> {
    KNOWN.iter().map(|(name, _)| *name).collect()
}

fn read_file(path: &Path) -> Result<BTreeMap<String, String>, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        Failure::not_found(format!("{} cannot be read: {error}", path.display())).with_hint("signoff init")
    })?;
    config_file::read(&text, &names()).map_err(|wrong| {
        let lines = wrong.into_iter().map(|wrong| {
            let hint = wrong.hint.map(|hint| format!(" ({hint})")).unwrap_or_default();
            format!("{}:{}: {}{hint}", path.display(), wrong.line, wrong.text)
        });
        Failure::usage(lines.collect::<Vec<_>>().join("\n"))
            .with_hint("config/signoff.toml shows every setting")
    })
}

fn read_env(env: &BTreeMap<String, String>, cwd: &Path) -> Result<BTreeMap<String, String>, Failure> {
    let mut values = BTreeMap::new();
    let mut understood = Vec::new();
    for name in names() {
        let variable = variable(name);
        let of_file = format!("{variable}_FILE");
        match (env.get(&variable), env.get(&of_file)) {
            (Some(_), Some(_)) => {
                return Err(Failure::usage(format!(
                    "both {variable} and {of_file} are set; keep one of them"
                )));
            }
            (Some(value), None) => drop(values.insert(name.to_owned(), value.clone())),
            (None, Some(file)) => {
                let text = std::fs::read_to_string(cwd.join(file)).map_err(|error| {
                    Failure::not_found(format!("{of_file} names {file}, which cannot be read: {error}"))
                })?;
                values.insert(name.to_owned(), text.trim().to_owned());
            }
            (None, None) => {}
        }
        understood.extend([variable, of_file]);
    }
    reject_unknown(env, &understood)?;
    Ok(values)
}

/// A slip in the name of a variable would otherwise pass in silence.
fn reject_unknown(env: &BTreeMap<String, String>, understood: &[String]) -> Result<(), Failure> {
    let mut sections: Vec<String> =
        names().iter().map(|name| variable(name.split('.').next().unwrap_or(name))).collect();
    sections.dedup();
    let stray = env.keys().find(|key| {
        let ours = sections
            .iter()
            .any(|section| key.strip_prefix(section.as_str()).is_some_and(|rest| rest.starts_with('_')));
        ours && !understood.contains(key)
    });
    let Some(stray) = stray else { return Ok(()) };
    let failure = Failure::usage(format!("there is no setting for the variable {stray}"));
    Err(match nearest(stray, understood.iter().map(String::as_str)) {
        Some(near) => failure.with_hint(format!("did you mean {near}?")),
        None => failure,
    })
}

fn variable(name: &str) -> String {
    format!("SIGNOFF_{}", name.replace('.', "_").to_uppercase())
}

struct Values(BTreeMap<String, String>);

impl Values {
    fn text(&self, name: &str) -> String {
        self.0.get(name).map_or_else(String::new, |value| value.trim().to_owned())
    }

    /// The setting read by `read`, or a failure that says what it may be.
    fn of<T>(&self, name: &str, may_be: &str, read: impl FnOnce(&str) -> Option<T>) -> Result<T, Failure> {
        let value = self.text(name);
        read(&value).ok_or_else(|| Failure::usage(format!("{name} is {value:?}, but must be {may_be}")))
    }
}

fn settings(values: &Values, base: &Path) -> Result<Settings, Failure> {
    let mode = |word: &str| match word {
        "polling" => Some(TelegramMode::Polling),
        "webhook" => Some(TelegramMode::Webhook),
        "off" => Some(TelegramMode::Off),
        _ => None,
    };
    let format = |word: &str| match word {
        "text" => Some(LogFormat::Text),
        "json" => Some(LogFormat::Json),
        _ => None,
    };
    let seconds = |text: &str| {
        let seconds = text.parse::<f64>().ok().filter(|seconds| (0.1..=600.0).contains(seconds));
        seconds.map(Duration::from_secs_f64)
    };
    let telegram = Telegram {
        token: Secret::new(&values.text("telegram.token")),
        api_url: values.text("telegram.api_url").trim_end_matches('/').to_owned(),
        mode: values.of("telegram.mode", "polling, webhook or off", mode)?,
        staff_chat: Some(values.of("telegram.staff_chat", "the number of a chat, or 0", number)?)
            .filter(|chat| *chat != 0),
        webhook_secret: Secret::new(&values.text("telegram.webhook_secret")),
        public_url: values.text("telegram.public_url").trim_end_matches('/').to_owned(),
        probe: values.of("telegram.probe", "true or false", |text| text.parse().ok())?,
        deadline: values.of("telegram.deadline_seconds", "a number from 0.1 to 600", seconds)?,
        limits: values.of("telegram.limits", "true or false", |text| text.parse().ok())?,
        quiet_hours: values.of("telegram.quiet_hours", "true or false", |text| text.parse().ok())?,
    };
    let dir = values.text("workflows.dir");
    let listen: SocketAddr =
        values.of("server.listen", "an address with a port, such as 127.0.0.1:8080", |text| {
            text.parse().ok()
        })?;
    Ok(Settings {
        database_url: database(&values.text("database.url"), base),
        telegram,
        workflows_dir: (!dir.is_empty()).then(|| base.join(dir)),
        files_dir: base.join(values.text("files.dir")),
        vault: key_file::read(&base.join(values.text("secrets.key_file")))?,
        public_url: values.of(
            "server.public_url",
            "an address such as https://work.example.com",
            |text| public_url(text, listen),
        )?,
        listen,
        trusted_proxies: values.of(
            "server.trusted_proxies",
            "addresses with commas between them, such as 10.0.0.1, 10.0.0.2",
            addresses,
        )?,
        log_level: values.text("log.level"),
        log_format: values.of("log.format", "text or json", format)?,
    })
}

/// The address that links begin with.
fn public_url(text: &str, listen: SocketAddr) -> Option<String> {
    if text.is_empty() {
        return Some(format!("http://{listen}"));
    }
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let fits = !rest.is_empty()
        && !rest.contains(|c: char| c.is_whitespace() || c.is_control() || "?#\"<>".contains(c));
    fits.then(|| text.trim_end_matches('/').to_owned())
}

/// Addresses with commas between them; none is an empty list.
fn addresses(text: &str) -> Option<Vec<IpAddr>> {
    let all = text.split(',').map(str::trim).filter(|one| !one.is_empty());
    all.map(|one| one.parse().ok()).collect()
}

fn number(text: &str) -> Option<i64> {
    if text.is_empty() { Some(0) } else { text.parse().ok() }
}

/// A relative path of a SQLite file starts at the folder of the config file.
fn database(url: &str, base: &Path) -> String {
    let Some(rest) = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:")) else {
        return url.to_owned();
    };
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    if path.is_empty() || path.starts_with(':') {
        return url.to_owned();
    }
    let path = base.join(path);
    let query = if query.is_empty() { String::new() } else { format!("?{query}") };
    format!("sqlite:{}{query}", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn env(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    fn folder_with(text: &str) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("signoff.toml"), text).unwrap();
        dir
    }

    fn complaint(result: Result<Settings, Failure>) -> String {
        match result {
            Ok(_) => "no complaint".to_owned(),
            Err(failure) => failure.lines().join("\n"),
        }
    }

    #[test]
    fn the_commented_file_holds_exactly_the_settings_and_their_defaults() {
        let written = config_file::read(COMMENTED, &names()).unwrap();
        let known: BTreeMap<String, String> =
            KNOWN.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        assert_eq!(written, known);
        let order: Vec<usize> = names()
            .iter()
            .filter_map(|name| {
                let (section, key) = name.split_once('.')?;
                let from = COMMENTED.find(&format!("[{section}]"))?;
                COMMENTED[from..].find(&format!("\n{key} =")).map(|at| from + at)
            })
            .collect();
        assert_eq!(order.len(), KNOWN.len());
        assert!(order.is_sorted(), "the file and the list stand in the same order");
    }

    #[test]
    fn without_a_file_the_defaults_hold_and_paths_start_at_the_current_folder() {
        let dir = tempfile::tempdir().unwrap();
        let settings = load(None, &env(&[]), dir.path()).unwrap_or_else(|f| panic!("{:?}", f.lines()));
        assert_eq!(settings.database_url, format!("sqlite:{}", dir.path().join("data/signoff.db").display()));
        assert_eq!(settings.telegram.staff_chat, None);
        assert_eq!(settings.workflows_dir, None);
    }

    #[test]
    fn the_environment_wins_over_the_file() {
        let dir = folder_with("[telegram]\nmode = \"off\"\nstaff_chat = -100\n[log]\nformat = \"json\"\n");
        let settings = load(None, &env(&[("SIGNOFF_TELEGRAM_MODE", "polling")]), dir.path());
        let settings = settings.unwrap_or_else(|f| panic!("{:?}", f.lines()));
        assert_eq!(settings.telegram.mode, TelegramMode::Polling);
        assert_eq!(settings.telegram.staff_chat, Some(-100));
        assert_eq!(settings.log_format, LogFormat::Json);
    }

    #[test]
    fn a_secret_may_stand_in_a_file_but_not_in_both_places() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("token"), "123:abc\n").unwrap();
        let from_file = env(&[("SIGNOFF_TELEGRAM_TOKEN_FILE", "token")]);
        let settings = load(None, &from_file, dir.path()).unwrap_or_else(|f| panic!("{:?}", f.lines()));
        assert_eq!(settings.telegram.token.reveal(), "123:abc");
        let both = env(&[("SIGNOFF_TELEGRAM_TOKEN_FILE", "token"), ("SIGNOFF_TELEGRAM_TOKEN", "x")]);
        assert!(complaint(load(None, &both, dir.path())).contains("keep one of them"));
    }

    #[test]
    fn mistakes_are_told_with_place_and_remedy() {
        let dir = folder_with("[server]\nlisten = \"8080\"\n");
        assert_eq!(
            complaint(load(None, &env(&[]), dir.path())),
            "error: server.listen is \"8080\", but must be an address with a port, such as 127.0.0.1:8080"
        );
        let slip = env(&[("SIGNOFF_TELEGRAM_TOKN", "x")]);
        let empty = tempfile::tempdir().unwrap();
        assert_eq!(
            complaint(load(None, &slip, empty.path())),
            "error: there is no setting for the variable SIGNOFF_TELEGRAM_TOKN\nhint: did you mean SIGNOFF_TELEGRAM_TOKEN?"
        );
        assert!(complaint(load(Some(Path::new("none.toml")), &env(&[]), empty.path())).contains("none.toml"));
    }

    #[test]
    fn links_begin_with_the_public_address_or_else_with_the_one_that_is_listened_on() {
        let dir = folder_with("[server]\nlisten = \"127.0.0.1:9000\"\n");
        let url = |pairs: &[(&str, &str)]| {
            let settings = load(None, &env(pairs), dir.path());
            settings.map_or_else(|failure| failure.lines().join("\n"), |settings| settings.public_url)
        };
        assert_eq!(url(&[]), "http://127.0.0.1:9000");
        assert_eq!(
            url(&[("SIGNOFF_SERVER_PUBLIC_URL", "https://work.example.com/")]),
            "https://work.example.com"
        );
        assert!(url(&[("SIGNOFF_SERVER_PUBLIC_URL", "work.example.com")]).contains("must be an address"));
    }

    #[test]
    fn addresses_of_other_databases_stay_as_they_are() {
        let base = Path::new("/srv");
        assert_eq!(database("postgres://u@h/db", base), "postgres://u@h/db");
        assert_eq!(database("sqlite:///var/x.db", base), "sqlite:/var/x.db");
        assert_eq!(database("sqlite:x.db?mode=rw", base), "sqlite:/srv/x.db?mode=rw");
    }
}
