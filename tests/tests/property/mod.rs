//! Random histories: what must hold, holds whatever comes.

mod clocks;
mod sequence;
