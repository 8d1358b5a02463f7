//! Files made to hurt: each is answered with a problem, and quickly.

use std::time::{Duration, Instant};

use workflows::{Files, check};

/// Work that grows with the square of the text takes far longer; a busy machine that does it line by line does not.
const ALLOWED: Duration = Duration::from_secs(20);

/// What a check of the shipped files may take on top of the hostile one.
fn time_of(path: &str, text: &str) -> (Duration, Vec<&'static str>) {
    let mut alone = Files::default();
    alone.put(path, text);
    let start = Instant::now();
    let problems = check(&alone).problems;
    (
        start.elapsed(),
        problems.iter().filter(|problem| problem.file == path).map(|problem| problem.code).collect(),
    )
}

fn hostile() -> Vec<(&'static str, String, &'static str)> {
    let lines =
        |count: usize, line: &dyn Fn(usize) -> String| (0..count).map(line).collect::<Vec<_>>().join("\n");
    let anchors = lines(9, &|n| format!("a{n}: &a{n} [*a0, *a0, *a0, *a0, *a0, *a0, *a0, *a0]"));
    vec![
        ("nested flow maps", "{a: ".repeat(60_000), "too-deep"),
        ("nested flow lists", "[".repeat(250_000), "too-deep"),
        ("nested block lists", "- ".repeat(120_000), "too-deep"),
        ("nested block maps", lines(400, &|n| format!("{}a:", " ".repeat(n))), "too-deep"),
        ("too big", "a: b\n".repeat(60_000), "too-big"),
        ("anchors", anchors, "no-anchors"),
        ("many anchors", "- &a b\n".repeat(37_000), "no-anchors"),
        ("many keys", lines(20_000, &|n| format!("key{n}: 1")), "unknown-key"),
        ("one key", "key: 1\n".repeat(37_000), "duplicate-key"),
        ("a long word", "a".repeat(260_000), "wrong-kind"),
        ("a long key", format!("{}: 1\n", "a".repeat(260_000)), "yaml"),
        ("question marks", "? ".repeat(120_000), "too-deep"),
        ("colons", ":".repeat(250_000), "yaml"),
        ("an open quote", format!("a: \"{}", "x\n".repeat(120_000)), "yaml"),
        ("tags", "- !!str a\n".repeat(26_000), "no-tags"),
        ("directives", "%TAG ! tag:x,2000:\n".repeat(13_000), "yaml"),
        ("bytes of all kinds", "\u{0}\u{1}\u{feff}\u{fffe}\u{2028}".repeat(15_000), "yaml"),
        ("long lines of flow", format!("a: [{}]\n", "x, ".repeat(80_000)), "unknown-key"),
        ("folded text", format!("a: >\n{}", "  x\n\n".repeat(50_000)), "unknown-key"),
        ("documents", "---\na: b\n".repeat(20_000), "one-document"),
        ("comments", "# x\n".repeat(60_000), "empty"),
    ]
}

#[test]
fn a_hostile_file_is_refused_quickly() {
    let mut slow = Vec::new();
    for (name, text, code) in hostile() {
        for path in ["hostile.yaml", "forms/hostile.yaml", "agency.yaml"] {
            let (took, codes) = time_of(path, &text);
            eprintln!("{name} in {path}: {took:?} {:?}", codes.first());
            assert!(!codes.is_empty(), "{name} in {path} passed");
            assert!(
                path != "hostile.yaml" || codes.contains(&code),
                "{name}: {:?}",
                &codes[..codes.len().min(3)]
            );
            if took > ALLOWED {
                slow.push(format!("{name} in {path}: {took:?}"));
            }
        }
    }
    assert!(slow.is_empty(), "{slow:#?}");
}

#[test]
fn a_hostile_message_file_is_answered_quickly() {
    let texts = [
        format!("a = {}", "{ $x -> *[a] ".repeat(10_000)),
        format!("a = {}", "{".repeat(100_000)),
        format!("a = {}", "<b>".repeat(60_000)),
        "a = b\n".repeat(40_000),
        format!("a = {}", "{ a } ".repeat(30_000)),
    ];
    for text in texts {
        let (took, codes) = time_of("messages/uk.ftl", &text);
        assert!(!codes.is_empty());
        assert!(took < ALLOWED, "{took:?} for {:?}…", &text[..20]);
    }
}
