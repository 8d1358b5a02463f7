//! Random histories: what must hold, holds whatever comes.

mod clocks;
mod graph;
mod sequence;
