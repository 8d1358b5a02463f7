//! Passwords with a code beside the links of the bot: set, and used to sign in (RELIABILITY 6.4).

use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;
use totp_rs::{Builder, Secret, Totp};

use super::{Access, Along, Answer, App, AppError, Ask};
use crate::domain::agency::{AgencyCommand, set_password};
use crate::domain::{PersonId, Refusal, Timestamp};
use crate::store::change::NewPassword;
use crate::store::passwords::Kept;
use crate::store::sessions::Opening;
use crate::vault::{NONCE, Place};

/// Each takes 19 MiB and a core while it lasts: so many are hashed at a time.
static HASHING: Semaphore = Semaphore::const_new(2);
/// So many are looked at or wait.
static WAITING: AtomicUsize = AtomicUsize::new(0);
/// So many may.
const QUEUE: usize = 16;
/// Checked where there is nothing to check, so that it takes as long.
static NOBODY: LazyLock<String> =
    LazyLock::new(|| hash("nobody has this password", [7; SALT]).unwrap_or_default());
/// Length of a salt, in bytes.
const SALT: usize = 16;
/// Length of the secret of an authenticator, in bytes (RFC 4226 section 4).
const SECRET: usize = 20;

/// What an authenticator program is told, as text and as an address for a picture.
#[derive(Clone, Debug)]
pub struct Authenticator {
    /// In Base32.
    pub secret: String,
    /// `otpauth://…`
    pub address: String,
}

/// A password that is to be set.
#[derive(Clone)]
pub struct Chosen {
    pub password: String,
    /// Of the authenticator, in Base32.
    pub secret: String,
    /// Shows that the authenticator took the secret; `None`: nobody was asked.
    pub code: Option<String>,
}

/// Somebody at the door.
#[derive(Clone)]
pub struct Entrance {
    pub password: String,
    pub code: String,
    /// The session that opens.
    pub opening: Opening,
    pub at: Timestamp,
}

impl App {
    /// A new secret for the authenticator of a person.
    pub fn new_authenticator(&self, person: &PersonId) -> Result<Authenticator, AppError> {
        let mut bytes = [0_u8; SECRET];
        (self.desk().random)(&mut bytes);
        let secret = Secret::from(bytes);
        let made = self.authenticator(person, &secret.to_base32());
        made.ok_or_else(|| AppError::Broken("no authenticator can be made".to_owned()))
    }

    /// The authenticator of a secret that was shown before; nothing if it is none.
    pub fn authenticator(&self, person: &PersonId, secret: &str) -> Option<Authenticator> {
        let address = totp(secret, person.as_str())?.to_url().ok()?;
        Some(Authenticator { secret: secret.to_owned(), address })
    }

    /// Sets the password that `ask` is about; the person is signed out everywhere. The words are in no log.
    pub async fn set_password(
        &self,
        mut ask: Ask<AgencyCommand>,
        chosen: Chosen,
    ) -> Result<Access<()>, AppError> {
        let AgencyCommand::SetPassword { person } = ask.command.clone() else {
            return Err(AppError::Broken("only a password is set here".to_owned()));
        };
        let names = self.names(std::slice::from_ref(&person)).await?;
        let name = names.get(&person).map_or("", String::as_str);
        if let Err(refusal) = set_password::is_hard(&chosen.password, &person, name) {
            return Ok(Access::Refused(refusal));
        }
        let Some(totp) = totp(&chosen.secret, person.as_str()) else {
            return Ok(Access::Refused(Refusal::WrongCode));
        };
        let step = match chosen.code.as_deref().map(|code| check(&totp, code, ask.at)) {
            Some(None) => return Ok(Access::Refused(Refusal::WrongCode)),
            Some(Some(step)) => step,
            None => 0,
        };
        let desk = self.desk();
        let (mut nonce, mut salt) = ([0_u8; NONCE], [0_u8; SALT]);
        (desk.random)(&mut nonce);
        (desk.random)(&mut salt);
        let place = Place::Authenticator { person: &person };
        let secret = desk.vault.as_deref().and_then(|vault| vault.seal(place, &chosen.secret, nonce));
        let Some(secret) = secret else { return Ok(Access::NoKey) };
        let hash = busy(move || hash(&chosen.password, salt)).await?;
        let hash = hash.ok_or_else(|| AppError::Broken("the password could not be hashed".to_owned()))?;
        ask.along = Along { passwords: vec![NewPassword { person, hash, secret, step }], ..ask.along };
        Ok(match self.agency(ask).await? {
            Answer::Refused(refusal) => Access::Refused(refusal),
            Answer::Done { .. } | Answer::AlreadySo => Access::Done(()),
        })
    }

    /// Opens a session for whoever has the password and a code that was not used; false for every mistake alike.
    pub async fn sign_in_by_password(
        &self,
        person: Option<&PersonId>,
        entrance: Entrance,
    ) -> Result<bool, AppError> {
        let agency = self.agency_state().await?;
        let person = person.filter(|person| agency.people.contains_key(*person));
        let kept = match person {
            Some(person) => self.store().password(person).await?,
            None => None,
        };
        let hash = kept.as_ref().map_or_else(|| NOBODY.clone(), |kept| kept.hash.clone());
        let is_right = busy(move || verify(&entrance.password, &hash)).await?;
        let (Some(person), Some(kept)) = (person, kept) else { return Ok(false) };
        let step = self.totp_of(person, &kept).and_then(|totp| check(&totp, &entrance.code, entrance.at));
        let store = self.store();
        let opens = match step.filter(|_| is_right) {
            Some(step) => store.sign_in_with_code(person, step, entrance.opening, entrance.at).await?,
            None => false,
        };
        if !opens {
            store.count_mistake(person, entrance.at).await?;
        }
        Ok(opens)
    }

    /// Whether so many passwords are looked at or wait for it that one more has to come again.
    #[must_use]
    pub fn passwords_queue(&self) -> bool {
        WAITING.load(Ordering::Relaxed) >= QUEUE
    }

    fn totp_of(&self, person: &PersonId, kept: &Kept) -> Option<Totp> {
        let vault = self.desk().vault.clone()?;
        let secret = vault.open(Place::Authenticator { person }, &kept.secret);
        if secret.is_none() {
            tracing::warn!(%person, "the authenticator was sealed with another key: set the password anew");
        }
        totp(&secret?, person.as_str())
    }
}

/// One who waits for a password to be looked at, until they go.
struct Waiting;

impl Waiting {
    fn begin() -> Self {
        WAITING.fetch_add(1, Ordering::Relaxed);
        Self
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        WAITING.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Six digits, thirty seconds, one step to either side: what every authenticator program knows (RFC 6238).
fn totp(secret: &str, account: &str) -> Option<Totp> {
    let secret = Secret::try_from_base32(secret).ok()?;
    let builder = Builder::new().with_secret(secret).with_issuer(Some("Signoff"));
    builder.with_account_name(account.replace(':', " ")).build().ok()
}

/// The step of the code, if it is one of now.
fn check(totp: &Totp, code: &str, at: Timestamp) -> Option<i64> {
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    let step = totp.check(&digits, u64::try_from(at.timestamp()).ok()?)?;
    i64::try_from(step).ok()
}

/// Two at a time, whoever hangs up meanwhile: the turn belongs to the work and not to who waits for it.
async fn busy<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, AppError> {
    let _waiting = Waiting::begin();
    let turn = HASHING.acquire().await;
    let work = move || {
        let _turn = turn;
        work()
    };
    tokio::task::spawn_blocking(work).await.map_err(|error| AppError::Broken(error.to_string()))
}

fn hash(password: &str, salt: [u8; SALT]) -> Option<String> {
    let hash = Argon2::default().hash_password_with_salt(password.as_bytes(), &salt).ok()?;
    Some(hash.to_string())
}

fn verify(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash)
        .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}
