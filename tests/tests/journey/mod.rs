//! Whole journeys: engine, bot and a Telegram over HTTP, with a clock that the test moves.

mod ads;
mod decisions;
mod gates;
mod hands;
mod letters;
mod rebuild;
mod smm;
mod staff_chat;
mod undo;
mod witness;
mod delivery;
mod faults;
mod remarks;
mod load;
mod inbox;
mod linking;
mod words;
