//! The board of a filled agency in a real browser whose processor is slowed down four times (SURFACES 9, rows 12 and 14).

use std::time::Duration;

use engine::app::{App, Desk};
use journeys::browser::{Browser, Driver};
use journeys::desk::monday;
use journeys::page::{Pages, sign_in_path};

use crate::figures::{Table, percentile};

/// So much slower than this machine is the one of whoever looks.
const SLOWER: u32 = 4;

/// When the page listens to keys and can be worked with, from the press that opened it, in milliseconds.
const USABLE: &str = "return performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd";

/// From the last key of a word to what was found for it, in milliseconds.
const FOUND: &str = "
    const input = document.querySelector('#find input[type=search]'), began = performance.now();
    const found = new Promise((done) => {
      new MutationObserver((_, watch) => {
        if (!document.querySelector('#find #hits a')) return;
        watch.disconnect();
        done(performance.now() - began);
      }).observe(document.querySelector('#find'), { childList: true, subtree: true });
    });
    input.value = input.value === 'Ранок' ? 'ранок № 1' : 'Ранок';
    input.dispatchEvent(new Event('input', { bubbles: true }));
    return found";

/// Opens the board again and again, and looks for a client with Ctrl K.
pub async fn run(table: &mut Table, (app, pages): (&App, &Pages), with: &str, times: usize) {
    let desk = app.desk();
    app.set_desk(Desk { public_url: pages.at(""), ..(*desk).clone() });
    let driver = Driver::start().await;
    let browser = driver.browser().await;
    browser.open(&pages.at(&sign_in_path(app, "pm-00", monday()).await)).await;
    browser.click("button").await;
    browser.see("#live.on").await;
    browser.slow_down(SLOWER).await;
    let mut opened = Vec::new();
    for _ in 0..times {
        browser.open(&pages.at("/board")).await;
        browser.see("#live.on").await;
        opened.push(took(&browser, USABLE).await);
    }
    browser.chord('\u{e009}', "k").await;
    browser.see("#find[open] #hits a").await;
    let mut found = Vec::new();
    for _ in 0..times {
        found.push(took(&browser, FOUND).await);
    }
    browser.close().await;
    for (name, mut times, target) in
        [("board can be worked with", opened, 1_000.0), ("Ctrl K to what is found", found, 100.0)]
    {
        times.sort_unstable();
        for (word, share) in [("p50", 0.5), ("p99", 0.99)] {
            let what = format!("{name}, {with}, Chromium {SLOWER} times slower, {word}");
            table.less(&what, "SQLite, WAL, synchronous=FULL", percentile(&times, share), "ms", Some(target));
        }
    }
}

async fn took(browser: &Browser, script: &str) -> Duration {
    let found = browser.run(script).await;
    Duration::from_secs_f64(found.as_f64().unwrap_or_else(|| panic!("no time: {found}")) / 1_000.0)
}
