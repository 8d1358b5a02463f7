//! How the first gates open by commands, and with which codes commands end.

use serde_json::{Value as Json, json};

use super::{Ending, Journey, STEPS, Terminal};

impl Journey<'_> {
    pub(super) fn brief_comes(&self, at: usize) -> Json {
        let answers = [
            "business=Кав'ярня",
            "goals=Більше гостей",
            "audience=Містяни",
            "networks=instagram",
            "approver=Софія",
            "budget=10000 UAH",
        ];
        let set = ["brief", "set", &self.project, "smm-brief"].into_iter().chain(answers);
        self.terminal.by("olena", &set.collect::<Vec<_>>()).done();
        let place = self.place(&STEPS[at]);
        let hand = ["task", "confirm", &place, "form:smm-brief", "--comment", "Буде згодом"];
        let said = self.terminal.by("olena", &hand);
        assert_eq!((said.code, &said.document()["refused"]["code"]), (4, &json!("no-override")));
        self.terminal.by("olena", &["brief", "submit", &self.project, "smm-brief"]).done();
        self.show()[at].clone()
    }

    pub(super) fn money_comes(&self, at: usize) -> Json {
        let place = self.place(&STEPS[at]);
        let hand = ["task", "confirm", &place, "paid:this-period", "--comment", "Буде згодом"];
        let said = self.terminal.by("olena", &hand);
        assert_eq!((said.code, &said.document()["refused"]["code"]), (4, &json!("only-the-head")));
        self.terminal.by("nadiia", &["payment", "receive", &format!("{}/1", self.project)]).done();
        self.show()[at].clone()
    }
}

/// Each exit code of the help, from the operating system's side; a document always stands on the output.
pub(super) fn exit_codes(terminal: &Terminal) {
    let broken = terminal.dir.path().join("workflows/smm.yaml");
    let text = std::fs::read_to_string(&broken).expect("init wrote it");
    std::fs::write(&broken, text.replacen("hours: 6", "hour: 6", 1)).expect("written");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let taken = taken.local_addr().map(|address| (address.to_string(), taken)).expect("an address");
    let none = format!("sqlite:{}", terminal.dir.path().join("none.db").display());
    let cases: [Ending<'_>; 7] = [
        (0, &["project", "show", "ранок"], &[]),
        (1, &["serve"], &[("SIGNOFF_SERVER_LISTEN", &taken.0)]),
        (2, &["task", "start", "ранок"], &[]),
        (3, &["check", "workflows/smm.yaml"], &[]),
        (4, &["task", "start", "ранок/payment", "--as", "nadiia"], &[]),
        (5, &["project", "show", "чай"], &[]),
        (6, &["project", "list"], &[("SIGNOFF_DATABASE_URL", &none)]),
    ];
    for (code, words, env) in cases {
        let words: Vec<&str> = words.iter().copied().chain(["--json"]).collect();
        let said = terminal.run_with(&words, env);
        assert_eq!(said.code, code, "{}: {}{}", said.what, said.out, said.err);
        assert!(said.document().is_object(), "{}: {}", said.what, said.out);
    }
}
