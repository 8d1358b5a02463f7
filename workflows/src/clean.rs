//! Makes values safe to show: no character that hides, turns or breaks the text around it.

/// A name in one line: no control, direction or invisible characters, no line ends (RELIABILITY 6.5).
///
/// A name of which nothing is left becomes a dash, so that no sentence has a hole.
pub(crate) fn name(value: &str) -> String {
    let spaced = value.chars().map(|c| if c.is_whitespace() || c.is_control() { ' ' } else { c });
    let spaced: Vec<char> = spaced.collect();
    let shown: String = (0..spaced.len())
        .filter(|at| joins_emoji(&spaced, *at) || !is_hidden(spaced[*at]))
        .map(|at| spaced[at])
        .collect();
    let words: Vec<&str> = shown.split(' ').filter(|word| !word.is_empty()).collect();
    if words.is_empty() { "—".to_owned() } else { words.join(" ") }
}

/// The joiner inside one emoji made of several is no trick: neither neighbour is a letter or a blank.
fn joins_emoji(text: &[char], at: usize) -> bool {
    let symbol =
        |c: Option<&char>| c.is_some_and(|c| !c.is_ascii() && !c.is_alphanumeric() && !is_hidden(*c));
    text[at] == '\u{200d}'
        && symbol(at.checked_sub(1).and_then(|before| text.get(before)))
        && symbol(text.get(at + 1))
}

/// A text of several lines; joiners stay, because emoji and some scripts are made with them.
pub(crate) fn block(value: &str) -> String {
    let lines = value.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}', '\u{85}'], "\n");
    let spaced = lines.chars().map(|c| if c == '\t' { ' ' } else { c });
    let kept =
        |c: &char| *c == '\n' || matches!(c, '\u{200c}' | '\u{200d}') || !(c.is_control() || is_hidden(*c));
    let text: String = spaced.filter(kept).collect();
    text.trim().to_owned()
}

/// Characters without a shape of their own, and those that turn the direction of others.
fn is_hidden(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e000}'..='\u{f8ff}'
            | '\u{e0000}'..='\u{e0fff}'
            | '\u{f0000}'..='\u{10ffff}'
    )
}
