//! 200 times `kill -9` at a random moment, with Telegram failing too (G1): 140 on SQLite, 60 on PostgreSQL.

use std::time::{Duration, Instant};

use journeys::db::{self, Db};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use sandbox::{Fault, FaultKind};

use super::office::Office;
use super::server::{PATIENCE, Scene};

/// More than are finished in the time.
const STEPS: usize = 40;
/// A run goes on until the client has decided so often, however slow the machine is.
const DECISIONS: usize = 6;

/// So many texts may be on their way before the client waits for a sign of life.
const UNHEARD: usize = 8;
/// A life ends so long after its first call, even if nothing happens.
const LONGEST_LIFE: Duration = Duration::from_millis(600);

/// Many people at work, and what they wrote so far.
struct Day {
    scene: Scene,
    office: Office,
    random: StdRng,
    written: usize,
    given_up: i64,
    /// So many lives went by since somebody could do something.
    idle: u32,
}

impl Day {
    /// One life of the server: it is killed in its first moments, or after so many calls to Telegram.
    async fn live(&mut self) {
        let before = self.scene.seen().calls;
        let deeds = self.office.deeds.len();
        let server = self.scene.serve(None).await;
        if self.random.random_ratio(1, 6) {
            self.rest(0..120).await;
        } else {
            let calls = before + self.random.random_range(2..22 + self.idle as usize);
            // On a slow machine a life would end before its start is over: then the next one is longer.
            let longest = LONGEST_LIFE * (1 + self.idle / 4);
            let mut begun = Instant::now();
            let mut patience = PATIENCE;
            while self.scene.seen().calls < calls && begun.elapsed() < patience {
                if patience == PATIENCE && self.scene.seen().calls > before {
                    (begun, patience) = (Instant::now(), longest);
                }
                self.work();
                self.rest(8..30).await;
            }
            self.rest(0..10).await;
        }
        server.kill();
        self.idle = if self.office.deeds.len() > deeds { 0 } else { self.idle + 1 };
        // Some things happen while nobody is there.
        if self.random.random_ratio(1, 3) {
            self.work();
        }
        self.given_up += self.scene.release_given_up().await;
    }

    fn work(&mut self) {
        self.office.act(&self.scene);
        let is_silent = self.written >= self.scene.seen().marks + UNHEARD;
        if !is_silent && self.random.random_ratio(2, 5) {
            self.scene.write(&format!("mark{:05}", self.written));
            self.written += 1;
        }
    }

    async fn rest(&mut self, milliseconds: std::ops::Range<u64>) {
        let pause = self.random.random_range(milliseconds);
        tokio::time::sleep(Duration::from_millis(pause)).await;
    }
}

async fn killed_again_and_again(db: Db, cycles: usize) {
    let seed =
        std::env::var("SIGNOFF_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(rand::random);
    let name = db.name;
    println!("{name}: SIGNOFF_SEED={seed}");
    let scene = Scene::new(db, STEPS).await;
    let random = StdRng::seed_from_u64(seed);
    let mut day = Day { scene, office: Office::new(STEPS), random, written: 0, given_up: 0, idle: 0 };
    for (kind, chance) in [
        (FaultKind::ErrorAfter, 0.02),
        (FaultKind::ResetBefore, 0.01),
        (FaultKind::ResetAfter, 0.02),
        (FaultKind::LateAccept { ms: 50 }, 0.01),
    ] {
        day.scene.sandbox.fault_add(Fault::sometimes("sendMessage,editMessageText", kind, chance));
    }
    let mut lives = 0;
    while lives < cycles || day.office.decisions < DECISIONS {
        assert!(lives < 5 * cycles, "only {} decisions in {lives} lives", day.office.decisions);
        day.live().await;
        lives += 1;
    }
    day.scene.sandbox.fault_clear();
    day.scene.come_to_rest().await;
    println!(
        "{name}: {lives} kills, {} texts, {} deeds with {} decisions, {} messages released by hand",
        day.written,
        day.office.deeds.len(),
        day.office.decisions,
        day.given_up
    );
    day.scene.judge_marks("mark", day.written, day.given_up).await;
    day.scene.judge(&day.office.deeds).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_and_forty_kills_on_sqlite_lose_nothing_reorder_nothing_and_double_nothing() {
    killed_again_and_again(db::sqlite(), 140).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sixty_kills_on_postgresql_lose_nothing_reorder_nothing_and_double_nothing() {
    killed_again_and_again(db::postgres().await, 60).await;
}
