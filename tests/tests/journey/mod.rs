//! Whole journeys: engine, bot and a Telegram over HTTP, with a clock that the test moves.

mod ads;
mod command_line;
mod decisions;
mod delivery;
mod faults;
mod gates;
mod hands;
mod hostile;
mod inbox;
mod kinds;
mod letters;
mod linking;
mod load;
mod presence;
mod rebuild;
mod remarks;
mod reminders;
mod smm;
mod staff_chat;
mod timers;
mod topics;
mod undo;
mod witness;
mod words;
