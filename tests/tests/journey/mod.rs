//! Whole journeys: engine, bot and a Telegram over HTTP, with a clock that the test moves.

mod smm;
