//! Every message of a client gets a human answer in time: whoever waits is told of, first to warn (T3, XP-06).

use super::event::{Answered, ClientEvent};
use super::state::{Client, Unanswered};
use super::{ClientCommand, may_answer};
use crate::domain::effect::TimerCommand;
use crate::domain::project::event::ContentRef;
use crate::domain::{Asked, Effect, Refusal, Timestamp, World};

/// Somebody of ours has answered; nobody waits any more.
pub fn answered(
    client: &Client,
    asked: &Asked<ClientCommand>,
    how: Answered,
    note: Option<&ContentRef>,
) -> Result<Vec<ClientEvent>, Refusal> {
    may_answer(asked)?;
    let waits = client.unanswered.is_some();
    if waits && how == Answered::Call && note.is_none() {
        return Err(Refusal::CallNeedsComment);
    }
    // What was agreed is kept, even where nobody waited.
    let tells = waits || note.is_some();
    Ok(tells.then(|| ClientEvent::ClientAnswered { how, note: note.cloned() }).into_iter().collect())
}

/// The time for an answer runs out, or is over; once each for the message that waits longest.
pub fn tell(client: &Client, asked: &Asked<ClientCommand>, message: i64, late: bool) -> Vec<ClientEvent> {
    let is_due =
        due(client, &asked.world, late).is_some_and(|(waits, at)| waits == message && at <= asked.at);
    is_due.then_some(ClientEvent::AnswerDue { message, late }).into_iter().collect()
}

/// The effects that lead from the clock of one state to that of another.
pub fn timer_changes(before: &Client, after: &Client, world: &World) -> Vec<Effect> {
    let Some(client) = &after.client else { return Vec::new() };
    let mut effects = Vec::new();
    for late in [false, true] {
        let (had, wanted) = (due(before, world, late), due(after, world, late));
        if had == wanted {
            continue;
        }
        let key = |message: i64| format!("answer/{client}/{message}/{}", if late { "late" } else { "warn" });
        effects.extend(had.map(|(message, _)| Effect::CancelTimer { key: key(message) }));
        effects.extend(wanted.map(|(message, due)| {
            let command = Box::new(ClientCommand::TellUnanswered { message, late });
            let command = TimerCommand::Client { client: client.clone(), command };
            Effect::SetTimer { key: key(message), due, command }
        }));
    }
    effects
}

/// The timers of the clock by their key, as they are wanted now.
pub fn wanted(client: &Client, world: &World) -> Vec<Effect> {
    timer_changes(&Client { client: client.client.clone(), ..Client::default() }, client, world)
}

/// When the staff is to hear of the message that waits longest, and which it is.
fn due(client: &Client, world: &World, late: bool) -> Option<(i64, Timestamp)> {
    let term = if late { world.answer.within } else { world.answer.warn_after };
    let waits: &Unanswered = client.unanswered.as_ref().filter(|waits| !waits.told(late))?;
    Some((waits.message, world.calendar.plus(waits.since, term?)))
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDateTime, NaiveTime};

    use super::super::testing::*;
    use super::super::{Client, decide};
    use super::*;
    use crate::domain::calendar::{Calendar, weekdays};
    use crate::domain::definition::{Term, Unit};
    use crate::domain::envelope::AnswerTerms;
    use crate::domain::{Actor, Fact, Origin, StreamId};

    fn kyiv(text: &str) -> Timestamp {
        weekdays().instant(NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap())
    }

    fn world(calendar: Calendar) -> World {
        let hours = |n: u32| Some(Term { hundredths: n * 100, unit: Unit::BusinessHours });
        let answer = AnswerTerms { warn_after: hours(3), within: hours(6), ..AnswerTerms::default() };
        World { calendar: calendar.into(), answer, ..asked(add(), 0).world }
    }

    fn told(client: Client, at: Timestamp, event: ClientEvent) -> Client {
        let fact = Fact {
            position: client.version + 1,
            stream: StreamId::of("client", "ranok"),
            version: client.version + 1,
            command_id: "c".into(),
            cause: None,
            origin: Origin::Input,
            by: Actor::Operator,
            at,
            event,
        };
        client.with(&fact)
    }

    fn wrote(message: i64) -> ClientEvent {
        ClientEvent::ClientWrote {
            chat: -100,
            message,
            person: "sofiia".into(),
            content: content(),
            project: None,
            task: None,
        }
    }

    fn clock(client: &Client, calendar: Calendar) -> Vec<Timestamp> {
        let effects = timer_changes(&Client::default(), client, &world(calendar));
        let due = effects.into_iter().filter_map(|effect| match effect {
            Effect::SetTimer { due, .. } => Some(due),
            Effect::CancelTimer { .. }
            | Effect::Notify(_)
            | Effect::MoveChat { .. }
            | Effect::DropDraft { .. }
            | Effect::DropSecrets { .. } => None,
        });
        due.collect()
    }

    fn linked() -> Client {
        given(&[add(), offer("a"), link("a")])
    }

    #[test]
    fn three_hours_from_friday_half_past_five_are_monday_half_past_eleven() {
        let waits = told(linked(), kyiv("2026-11-20 17:30"), wrote(7));
        let due = clock(&waits, weekdays());
        assert_eq!(due, [kyiv("2026-11-23 11:30"), kyiv("2026-11-23 14:30")]);
    }

    #[test]
    fn a_lunch_break_and_a_change_of_the_clocks_do_not_count() {
        let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
        let day = vec![(at(9), at(13)), (at(14), at(18))];
        let week = [day.clone(), day.clone(), day.clone(), day.clone(), day, vec![], vec![]];
        let calendar = Calendar { week, ..weekdays() };
        let waits = told(linked(), kyiv("2026-11-24 11:00"), wrote(7));
        assert_eq!(clock(&waits, calendar)[0], kyiv("2026-11-24 15:00"));
        // The clocks go on in the night to 29 March 2026, a Sunday.
        let waits = told(linked(), kyiv("2026-03-27 17:00"), wrote(7));
        assert_eq!(clock(&waits, weekdays())[0], kyiv("2026-03-30 11:00"));
    }

    #[test]
    fn several_messages_have_one_clock_and_an_answer_stops_it() {
        let first = told(linked(), kyiv("2026-11-24 10:00"), wrote(7));
        let second = told(first.clone(), kyiv("2026-11-24 11:00"), wrote(8));
        assert_eq!(clock(&second, weekdays()), clock(&first, weekdays()));
        let answered = ClientEvent::ClientAnswered { how: Answered::Call, note: None };
        let done = told(second.clone(), kyiv("2026-11-24 12:00"), answered);
        assert!(clock(&done, weekdays()).is_empty());
        let effects = timer_changes(&second, &done, &world(weekdays()));
        assert_eq!(effects.len(), 2, "both timers go: {effects:?}");
    }

    #[test]
    fn each_rung_is_told_once_and_only_of_the_message_that_waits() {
        let waits = told(linked(), kyiv("2026-11-24 10:00"), wrote(7));
        let tell_at = |client: &Client, message, late, at| {
            let told = asked(ClientCommand::TellUnanswered { message, late }, 5);
            decide(client, &Asked { at: kyiv(at), world: world(weekdays()), ..told }).unwrap()
        };
        let tell = |client: &Client, message, late| tell_at(client, message, late, "2026-11-24 16:00");
        assert_eq!(tell(&waits, 6, false), []);
        assert_eq!(tell_at(&waits, 7, false, "2026-11-24 12:59"), [], "by a calendar of yesterday");
        let warned = told(waits.clone(), kyiv("2026-11-24 13:00"), tell(&waits, 7, false).remove(0));
        assert_eq!(tell(&warned, 7, false), []);
        assert_eq!(clock(&warned, weekdays()), [kyiv("2026-11-24 16:00")]);
        assert_eq!(tell(&warned, 7, true).len(), 1);
    }

    #[test]
    fn a_call_is_written_down_with_a_comment() {
        let waits = told(linked(), kyiv("2026-11-24 10:00"), wrote(7));
        let call = |note| ClientCommand::NoteAnswer { how: Answered::Call, note };
        assert_eq!(decide(&waits, &asked(call(None), 1)), Err(Refusal::CallNeedsComment));
        assert_eq!(decide(&waits, &asked(call(Some(content())), 1)).unwrap().len(), 1);
    }

    #[test]
    fn nobody_waits_means_that_an_answer_is_no_fact() {
        let command = ClientCommand::NoteAnswer { how: Answered::Call, note: None };
        assert_eq!(decide(&linked(), &asked(command, 1)), Ok(Vec::new()));
    }
}
