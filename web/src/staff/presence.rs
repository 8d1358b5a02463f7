//! Presence: who has which page open, as far as the live streams of this process know.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use engine::domain::PersonId;
use tokio::sync::watch;

/// So many pages one person may have open.
const MOST: usize = 20;

/// Everybody who listens on this server; those of another server of the same database are not among them.
#[derive(Default)]
pub(crate) struct Presence {
    open: Mutex<Open>,
    /// Says that somebody came or went.
    changed: watch::Sender<()>,
}

#[derive(Default)]
struct Open {
    next: u64,
    visits: BTreeMap<u64, (PersonId, String)>,
}

/// One open page of one person; it ends when the browser goes away.
pub(super) struct Visit {
    presence: Arc<Presence>,
    number: u64,
    place: String,
}

impl Presence {
    /// Somebody opens a page; nothing if they have too many open.
    pub(super) fn enter(self: &Arc<Self>, person: PersonId, place: String) -> Option<Visit> {
        let mut open = self.open();
        if open.visits.values().filter(|(known, _)| *known == person).count() >= MOST {
            return None;
        }
        let number = open.next;
        open.next += 1;
        open.visits.insert(number, (person, place.clone()));
        drop(open);
        self.changed.send_replace(());
        Some(Visit { presence: Arc::clone(self), number, place })
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Visit {
    /// Which page it is.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// Everybody who has the same page open; each person once, however many tabs.
    pub fn people(&self) -> BTreeSet<PersonId> {
        let open = self.presence.open();
        open.visits.values().filter(|(_, at)| *at == self.place).map(|(person, _)| person.clone()).collect()
    }

    /// Tells when somebody comes or goes.
    pub fn watch(&self) -> watch::Receiver<()> {
        self.presence.changed.subscribe()
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        self.presence.open().visits.remove(&self.number);
        self.presence.changed.send_replace(());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn enter(presence: &Arc<Presence>, person: &str, place: &str) -> Visit {
        presence.enter(person.into(), place.to_owned()).expect("there is room")
    }

    #[test]
    fn a_person_is_there_once_however_many_tabs_are_open_and_until_the_last_one_closes() {
        let presence = Arc::new(Presence::default());
        let olena = enter(&presence, "olena", "/board");
        let (first, second) = (enter(&presence, "maksym", "/board"), enter(&presence, "maksym", "/board"));
        let elsewhere = enter(&presence, "iryna", "/p/smm-test");
        assert_eq!(olena.people(), ["maksym", "olena"].map(PersonId::from).into());
        assert_eq!(elsewhere.people(), ["iryna"].map(PersonId::from).into());
        let watch = olena.watch();
        drop(first);
        assert_eq!(olena.people().len(), 2);
        drop(second);
        assert!(watch.has_changed().unwrap());
        assert_eq!(olena.people(), ["olena"].map(PersonId::from).into());
    }

    #[test]
    fn one_person_has_twenty_pages_open_at_most_and_takes_no_room_from_others() {
        let presence = Arc::new(Presence::default());
        let mut open: Vec<_> = (0..MOST).map(|_| enter(&presence, "olena", "/board")).collect();
        assert!(presence.enter("olena".into(), "/today".to_owned()).is_none());
        let _maksym = enter(&presence, "maksym", "/board");
        open.pop();
        assert!(presence.enter("olena".into(), "/today".to_owned()).is_some());
    }
}
