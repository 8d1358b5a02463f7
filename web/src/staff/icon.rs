//! The few drawings of the pages, as lines on a grid of 24.

use maud::{Markup, PreEscaped, html};

/// A drawing.
#[derive(Clone, Copy)]
pub(super) enum Icon {
    Clock,
    Board,
    Plus,
    Lock,
    Eye,
    Bell,
    Check,
    Leave,
    People,
    Talk,
    Seek,
    Team,
    /// Lines of a list.
    Rows,
    /// Money.
    Coin,
    Page,
    Pin,
}

impl Icon {
    fn lines(self) -> &'static str {
        match self {
            Self::Clock => r#"<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3 2"/>"#,
            Self::Board => {
                r#"<rect x="3" y="4" width="5" height="16" rx="1.5"/><rect x="10" y="4" width="5" height="10" rx="1.5"/><rect x="17" y="4" width="4" height="13" rx="1.5"/>"#
            }
            Self::Plus => r#"<path d="M12 5v14M5 12h14"/>"#,
            Self::Lock => {
                r#"<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>"#
            }
            Self::Eye => {
                r#"<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="2.8"/>"#
            }
            Self::Bell => r#"<path d="M6 17V11a6 6 0 0 1 12 0v6l1.5 2h-15zM10 21h4"/>"#,
            Self::Check => r#"<path d="m5 12.5 4.5 4.5L19 7.5"/>"#,
            Self::People => {
                r#"<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20c.6-4 3-6 6.5-6s5.9 2 6.5 6M16 5a3.5 3.5 0 0 1 0 6.500M18 14.500c2 .8 3.2 2.6 3.5 5.5"/>"#
            }
            Self::Talk => r#"<path d="M4 5h16v11H10l-5 4v-4H4z"/>"#,
            Self::Seek => r#"<circle cx="11" cy="11" r="6.5"/><path d="m16 16 4.5 4.5"/>"#,
            Self::Coin => {
                r#"<circle cx="12" cy="12" r="8"/><path d="M9.500 9.500h5M9.500 14.500h5M12 7v10"/>"#
            }
            Self::Rows => r#"<path d="M4 6h16M4 12h16M4 18h10"/>"#,
            Self::Team => {
                r#"<rect x="3" y="13" width="4.5" height="7" rx="1.2"/><rect x="9.8" y="8" width="4.5" height="12" rx="1.2"/><rect x="16.5" y="4" width="4.5" height="16" rx="1.2"/>"#
            }
            Self::Page => r#"<path d="M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6"/>"#,
            Self::Pin => r#"<path d="M9 3h6l-1 6 3.5 4h-11L10 9zM12 13v8"/>"#,
            Self::Leave => r#"<path d="M14 4h5v16h-5M10 8l-4 4 4 4M6 12h9"/>"#,
        }
    }

    /// The drawing; words stand beside it, so it is hidden from those who listen.
    pub fn draw(self, size: u8) -> Markup {
        html! {
            svg width=(size) height=(size) viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8"
                stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" {
                (PreEscaped(self.lines()))
            }
        }
    }
}
