//! Pages of a long list: which one is shown, and the way to the others.

use std::ops::Range;

use maud::{Markup, html};
use serde::Deserialize;

use super::frame::Ui;

/// Which page was asked for.
#[derive(Deserialize)]
pub(super) struct Turned {
    #[serde(default)]
    pub page: String,
}

/// One page of them all, from 1.
pub(super) struct Pages {
    page: usize,
    all: usize,
    size: usize,
    total: usize,
}

impl Pages {
    /// The page that was asked for, if there is one; else the nearest.
    pub fn of(asked: &str, total: usize, size: usize) -> Self {
        let all = total.div_ceil(size).max(1);
        Self { page: asked.parse::<usize>().unwrap_or(1).clamp(1, all), all, size, total }
    }

    /// What of the list stands on it.
    pub fn range(&self) -> Range<usize> {
        let first = (self.page - 1) * self.size;
        first..(first + self.size).min(self.total)
    }

    /// The way to the others, where there are some.
    pub fn nav(&self, ui: &Ui<'_>, address: impl Fn(usize) -> String) -> Markup {
        html! {
            @if self.all > 1 {
                nav.seg aria-label=(ui.t("ui-projects-pages")) {
                    @for number in 1..=self.all {
                        a href=(address(number)) aria-current=[(number == self.page).then_some("page")] { (number) }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_stands_on_one_page_and_no_page_is_past_the_last() {
        let range = |asked: &str, total| Pages::of(asked, total, 50).range();
        assert_eq!((range("", 120), range("3", 120)), (0..50, 100..120));
        assert_eq!((range("0", 120), range("99", 120), range("-", 120)), (0..50, 100..120, 0..50));
        assert_eq!((range("1", 0), range("2", 50)), (0..0, 0..50));
    }
}
