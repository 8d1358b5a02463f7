//! Arguments: every command with its options; examples come first in each help.

mod brief;
mod client;
mod export;
mod handoff;
mod marks;
mod outbox;
mod payment;
mod person;
mod plan;
mod simulate;
mod task;
mod template;
mod time;

use std::path::PathBuf;
use std::str::FromStr;

pub use brief::Brief;
use chrono::NaiveDate;
use clap::{Parser, Subcommand};
pub use client::WriteToClient;
pub use export::Export;
pub use handoff::{Access, Handoff, Promised};
pub use marks::Marks;
pub use outbox::Outbox;
pub use plan::{InsertTask, MoveVersion, Report, ReportTime};
pub use task::{CommentOnTask, SetDue, SetPriority};

pub use payment::Payment;
pub use person::Person;
pub use simulate::{Manner, Simulate};
pub use template::Template;
pub use time::Time;

const EXAMPLES: &str = "\
Examples:
  signoff demo                                     everything running in one folder, without a token
  signoff init my-agency                           settings and templates to edit
  signoff person add olena --name \"Олена\" --role pm --telegram-user 100200300
  signoff client add \"Кава «Ранок»\" --lang uk
  signoff project new smm --client ранок
  signoff task start ранок/communication --as olena
  signoff project show ранок --json";

const AFTER: &str = "\
Exit codes: 0 done, 1 failed, 2 wrong usage, 3 check found something, 4 refused by the rules,
5 not found, 6 database unreachable.
A project is named by its id, the beginning of it, or a part of its client's name; a client likewise.";

/// The workflow of a marketing agency, with client sign-off in Telegram
#[derive(Parser)]
#[command(name = "signoff", version, before_help = EXAMPLES, after_help = AFTER, propagate_version = true)]
pub struct Args {
    /// Answer with one JSON document
    #[arg(long, global = true)]
    pub json: bool,
    /// Who does this: the id of a person (or SIGNOFF_AS); without it, the operator
    #[arg(long = "as", global = true, value_name = "PERSON")]
    pub by: Option<String>,
    /// The settings; without it ./signoff.toml if it is there
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// As if started in this folder
    #[arg(short = 'C', global = true, value_name = "DIR")]
    pub folder: Option<PathBuf>,
    /// Language of what is said; for `client add` that of the client
    #[arg(long, global = true, value_name = "LANGUAGE")]
    pub lang: Option<String>,
    /// A name for this command: said again, it is not done again
    #[arg(long, global = true, value_name = "ID")]
    pub command_id: Option<String>,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Write signoff.toml and the templates into a folder, and create the database
    #[command(before_help = "Examples:\n  signoff init\n  signoff init my-agency")]
    Init {
        /// The folder; made if it is not there
        dir: Option<PathBuf>,
    },
    /// Run the bot, the timers and the web server until Ctrl-C
    #[command(
        before_help = "Examples:\n  signoff serve\n  SIGNOFF_LOG_FORMAT=json signoff serve --config /etc/signoff.toml"
    )]
    Serve,
    /// Run a filled example agency with its own Telegram, without a token or a network
    #[command(before_help = "Examples:\n  signoff demo\n  signoff demo --dir /tmp/agency --port 9000")]
    Demo {
        /// Where everything of it is kept
        #[arg(long, default_value = "demo-agency", value_name = "DIR")]
        dir: PathBuf,
        /// The port of the page with the chats; the web server takes the next one
        #[arg(long, default_value_t = 8090)]
        port: u16,
        /// Another database than the one in the folder
        #[arg(long, value_name = "URL")]
        database: Option<String>,
    },
    /// Check templates and messages; needs no server and no database
    #[command(before_help = "Examples:\n  signoff check\n  signoff check workflows/smm.yaml")]
    Check {
        /// Only what is wrong in these files
        files: Vec<PathBuf>,
    },
    /// See what a template does: a dated list of every task, message, reminder and payment
    #[command(
        before_help = "Examples:\n  signoff simulate smm\n  signoff simulate workflows/smm.yaml --client silent --start 2026-12-01\n  signoff simulate workflows/seo.yaml --client typical --lang uk --full"
    )]
    Simulate(Simulate),
    /// What a code of `check` means, or what a task ends up with and where each value comes from
    #[command(
        before_help = "Examples:\n  signoff explain duration\n  signoff explain smm.yaml content_plan --lang uk"
    )]
    Explain {
        /// A code, or a template
        #[arg(value_name = "CODE|FILE")]
        what: String,
        /// A task of the template
        task: Option<String>,
    },
    /// The people of the agency
    #[command(subcommand, visible_alias = "user")]
    Person(Person),
    /// The clients, their chats and approvers
    #[command(subcommand)]
    Client(Client),
    /// The projects
    #[command(subcommand)]
    Project(Project),
    /// The tasks of a project
    #[command(subcommand)]
    Task(Task),
    /// The messages that do not go out by themselves, and what becomes of them
    #[command(subcommand)]
    Outbox(Outbox),
    /// The briefs of clients: send, look at, fill in for the client
    #[command(subcommand)]
    Brief(Brief),
    /// From sales to production: promises, and whether production takes them
    #[command(subcommand)]
    Handoff(Handoff),
    /// What clients give us to get in somewhere: asked for, kept encrypted, shown to whom it concerns
    #[command(subcommand)]
    Access(Access),
    /// The payments: invoiced, received, cancelled
    #[command(subcommand)]
    Payment(Payment),
    /// The working time of people on tasks
    #[command(subcommand)]
    Time(Time),
    /// The versions of templates, forms and messages: what was in force when, and the way back
    #[command(subcommand)]
    Template(Template),
    /// How the open projects stand: what is late, waits for a check or for the client; `/status` in the chat says the same
    #[command(before_help = "Examples:\n  signoff status\n  signoff status ранок --json")]
    Status {
        /// Only this project, or the open ones of this client
        #[arg(value_name = "PROJECT|CLIENT")]
        of: Option<String>,
    },
    /// What the agency looks back at
    #[command(subcommand)]
    Report(Report),
    /// The log: one JSON object a line, everything that is known of each event
    #[command(
        before_help = "Examples:\n  signoff events --project ранок\n  signoff events --follow --after 1200"
    )]
    Events {
        /// Only those of this project
        #[arg(long, value_name = "PROJECT")]
        project: Option<String>,
        /// Only those after this position
        #[arg(long, default_value_t = 0, value_name = "POSITION")]
        after: i64,
        /// Go on with what happens from now on, until Ctrl-C
        #[arg(long)]
        follow: bool,
    },
    /// What happens by itself and when: reminders, due dates, ends of terms; those that failed come first
    #[command(before_help = "Examples:\n  signoff timers\n  signoff timers --json")]
    Timers {
        /// At most so many
        #[arg(long, default_value_t = 50, value_name = "NUMBER")]
        limit: u32,
    },
    /// Check the whole log: chain, gaps, versions, and that the read models equal it
    #[command(before_help = "Examples:\n  signoff verify\n  signoff verify --json")]
    Verify,
    /// Make the read models anew from the log
    #[command(before_help = "Examples:\n  signoff rebuild\n  signoff rebuild board")]
    Rebuild {
        /// Only this one: board, timeline or directory
        read_model: Option<String>,
    },
}

#[derive(Subcommand)]
pub enum Client {
    /// Add a client; its id is made from the name
    #[command(before_help = "Examples:\n  signoff client add \"Кава «Ранок»\" --lang uk")]
    Add {
        /// The name of the organisation
        name: String,
    },
    /// Change the language in which the client is written to, or the place by which its quiet hours go
    #[command(
        before_help = "Examples:\n  signoff client set ранок --language en\n  signoff client set ранок --zone Asia/Ho_Chi_Minh"
    )]
    Set {
        client: String,
        /// One of the agency's languages
        #[arg(long, required_unless_present = "zone")]
        language: Option<String>,
        /// A time zone, such as Europe/Sofia, or `agency` for the agency's own
        #[arg(long)]
        zone: Option<String>,
    },
    /// Write down that the client was answered outside its chat: nobody waits any more
    #[command(
        before_help = "Examples:\n  signoff client answered ранок --how call --as olena\n  signoff client answered ранок --how next-step --comment \"Кошторис у п'ятницю\""
    )]
    Answered {
        client: String,
        #[arg(long, default_value = "call", value_parser = ["call", "message", "next-step"])]
        how: String,
        /// What was said
        #[arg(long)]
        comment: Option<String>,
    },
    /// Write to the client's chat; the client reads it under the name that agency.yaml says
    #[command(
        before_help = "Examples:\n  signoff client write ранок \"Звіт буде сьогодні\" --as olena\n  signoff client write ранок \"Надішлемо кошторис\" --project smm-k7q2 --by 2026-12-04"
    )]
    Write(WriteToClient),
    /// Who waits for an answer, the longest first
    Waiting,
    /// A one-time link that adds the bot to the client's chat (valid for 24 hours)
    #[command(
        before_help = "Examples:\n  signoff client link ранок\n  signoff client link kava-ranok --json"
    )]
    Link { client: String },
    /// Confirm the chat that was linked: from now on the client is written to there
    #[command(before_help = "Examples:\n  signoff client confirm ранок --as olena")]
    Confirm { client: String },
    /// Name a person who may approve and send back
    #[command(
        before_help = "Examples:\n  signoff client approver ранок --telegram-user 500600700 --name \"Софія\""
    )]
    Approver {
        client: String,
        /// The number of the person's Telegram account
        #[arg(long, value_name = "NUMBER")]
        telegram_user: i64,
        /// The name that others read, until the person writes in the chat
        #[arg(long)]
        name: Option<String>,
        /// Take the right away instead
        #[arg(long)]
        remove: bool,
    },
    /// Decide which of two values holds where a brief says something else than the card
    #[command(before_help = "Examples:\n  signoff client resolve ранок website take")]
    Resolve {
        client: String,
        /// The place on the card, such as website
        field: String,
        /// keep: what stands on the card; take: what the brief says
        #[arg(value_parser = ["keep", "take"])]
        choice: String,
    },
    /// Erase what its people wrote and what they were sent: briefs, the card, messages, accesses, raw updates; the log
    /// keeps hashes alone. With --people also who they are, with --unsent also what waits to be sent to them
    #[command(
        before_help = "Examples:\n  signoff client erase ранок\n  signoff client erase ранок --people --unsent --yes"
    )]
    Erase {
        client: String,
        /// Names, handles and Telegram's ids too: nobody of them decides any more
        #[arg(long)]
        people: bool,
        /// What waits to be sent as well: it is not sent
        #[arg(long)]
        unsent: bool,
        /// Do it; without this it is only counted
        #[arg(long)]
        yes: bool,
    },
    /// Everything about a client
    #[command(before_help = "Examples:\n  signoff client show ранок")]
    Show { client: String },
    /// All clients
    List,
}

#[derive(Subcommand)]
pub enum Project {
    /// Everything that is known of a project as one archive; who took it out is on record
    Export(Export),
    /// Another version of the template for a running project; --dry-run only says what would change
    #[command(name = "move-version")]
    MoveVersion(MoveVersion),
    /// Open a project from a template
    #[command(
        before_help = "Examples:\n  signoff project new smm --client ранок\n  signoff project new smm --client ранок --assign ads=taras --price \"24000 UAH\""
    )]
    New {
        /// The service: the name of a template
        service: String,
        #[arg(long)]
        client: String,
        /// Who holds which role; roles left out get the person that agency.yaml suggests
        #[arg(long, value_name = "ROLE=PERSON", num_args = 1.., value_parser = pair)]
        assign: Vec<(String, String)>,
        /// What it costs; left out, what the template says
        #[arg(long, value_name = "AMOUNT")]
        price: Option<String>,
        #[command(flatten)]
        promised: Promised,
    },
    /// Give a role to a person
    #[command(before_help = "Examples:\n  signoff project assign ранок designer=iryna")]
    Assign {
        project: String,
        #[arg(value_name = "ROLE=PERSON", value_parser = pair, required = true)]
        assign: Vec<(String, String)>,
    },
    /// Projects with their current task: all that are open, or those with the marks that are named
    #[command(
        before_help = "Examples:\n  signoff project list\n  signoff project list --service smm --late\n  signoff project list --all --from 2026-11-01 --until 2026-11-30 --json"
    )]
    List {
        #[command(flatten)]
        marks: Marks,
    },
    /// A project with its tasks and what each of them lacks
    #[command(
        before_help = "Examples:\n  signoff project show ранок\n  signoff project show smm-k7q2 --json"
    )]
    Show { project: String },
    /// Let a project rest, with the reason: nobody is reminded of anything meanwhile
    #[command(before_help = "Examples:\n  signoff project pause ранок --reason \"Клієнт у відпустці\"")]
    Pause {
        project: String,
        #[arg(long)]
        reason: String,
    },
    /// Go on after a pause
    Resume { project: String },
    /// The next step that the client was promised, by the end of a day; the PM hears when it passes
    #[command(
        before_help = "Examples:\n  signoff project promise ранок --by 2026-12-04 \"Надішлемо кошторис\""
    )]
    Promise {
        project: String,
        /// The last day, such as 2026-12-04
        #[arg(long = "by", value_name = "DATE")]
        day: NaiveDate,
        /// What was promised
        what: String,
    },
    /// The promised step was made
    Keep { project: String },
    /// Open the next period by hand, where the template leaves it to the PM
    #[command(
        name = "open-period",
        before_help = "Examples:\n  signoff project open-period ранок\n  signoff project open-period ранок 3 --as olena"
    )]
    OpenPeriod {
        project: String,
        /// Its number; left out, the next one
        number: Option<u32>,
    },
    /// End a project before its last task, with the reason; a service that repeats ends only so
    #[command(before_help = "Examples:\n  signoff project close ранок --comment \"Клієнт не продовжує\"")]
    Close {
        project: String,
        /// Why
        #[arg(long)]
        comment: String,
    },
}

#[derive(Subcommand)]
pub enum Task {
    /// Put in a task that no template has
    Insert(InsertTask),
    /// Say something under a task, or put a file there: for the team, or for the client too
    Comment(CommentOnTask),
    /// Set another due date, with the reason; what is timed by it follows
    Due(SetDue),
    /// Say what is to be done first; the order of the tasks stays
    Priority(SetPriority),
    /// Begin work (after a return or a send-back too); the client is told
    #[command(before_help = "Examples:\n  signoff task start ранок/rubricator --as maksym")]
    Start {
        #[arg(value_name = "PROJECT/TASK")]
        task: TaskArg,
    },
    /// Interrupt work
    Pause {
        #[arg(value_name = "PROJECT/TASK")]
        task: TaskArg,
    },
    /// Go on after a pause
    Resume {
        #[arg(value_name = "PROJECT/TASK")]
        task: TaskArg,
    },
    /// Fill fields of the result; an empty value clears, a file is named by its path
    #[command(
        before_help = "Examples:\n  signoff task set ранок/content_plan plan_link=https://example.com/plan posts=12\n  signoff task set ранок/content_plan plan=@plan.tsv\n  signoff task set ранок/rubricator topics=\"Кава: зерно; обсмаження\"\n  signoff task set ранок/ads ad_report=./report.pdf"
    )]
    Set {
        #[arg(value_name = "PROJECT/TASK")]
        task: TaskArg,
        #[arg(value_name = "FIELD=VALUE", value_parser = pair, required = true)]
        values: Vec<(String, String)>,
    },
    /// One task: its result as the client will read it, what it is built on, what it lacks
    #[command(
        visible_alias = "preview",
        before_help = "Examples:\n  signoff task show ранок/report\n  signoff task show ранок/content_plan --json"
    )]
    Show {
        #[arg(value_name = "PROJECT/TASK")]
        task: TaskArg,
    },
    /// Tick a line of the checklist, with a note where the template asks for one
    #[command(
        before_help = "Examples:\n  signoff task tick ранок/rubricator 1\n  signoff task tick сайт/communication 2 --note \"Тексти від клієнта можуть запізнитись\""
    )]
    Tick {
        #[arg(value_name = "PROJECT/TASK")]
        task: TaskArg,
        /// The line, from 1
        item: u32,
        /// What was agreed
        #[arg(long, conflicts_with = "undo")]
        note: Option<String>,
        /// Take the tick away
        #[arg(long)]
        undo: bool,
    },
    /// Press a button of the task
    #[command(before_help = "Examples:\n  signoff task press ранок/ads ad_launched")]
    Press {
        #[arg(value_name = "PROJECT/TASK")]
        task: TaskArg,
        /// As the template names it
        button: String,
    },
    /// Say that an access works; or, where the agency allows it, go on over a closed gate, with the reason
    #[command(
        before_help = "Examples:\n  signoff task confirm ранок/accounts access:instagram --comment \"Увійшли\"\n  signoff task confirm ранок/accounts access:instagram --not-needed --comment \"Створюємо нові\"\n  signoff task confirm ранок/communication paid:this-period --comment \"Гроші йдуть\" --as ihor"
    )]
    Confirm {
        #[arg(value_name = "PROJECT/TASK")]
        task: TaskArg,
        /// As `project show` names it, such as access:instagram or paid:this-period; `audit` is the auditor's yes
        gate: String,
        /// There is nothing to get into here
        #[arg(long)]
        not_needed: bool,
        /// Why it may open
        #[arg(long)]
        comment: String,
    },
    /// Hand the result over: to the auditor, or else to the client
    Submit {
        #[arg(value_name = "PROJECT/TASK")]
        task: TaskArg,
    },
    /// Accept the result as its auditor
    Accept {
        #[arg(value_name = "PROJECT/TASK")]
        task: TaskArg,
    },
    /// Return the result as its auditor, with what to change
    #[command(
        before_help = "Examples:\n  signoff task return ранок/rubricator --comment \"Бракує двох рубрик\" --as olena"
    )]
    Return {
        #[arg(value_name = "PROJECT/TASK")]
        task: TaskArg,
        #[arg(long)]
        comment: Option<String>,
    },
    /// Say no to a task that is ready, with the reason; the PM gives it to somebody else
    #[command(
        before_help = "Examples:\n  signoff task decline ранок/rubricator --reason \"У відпустці до п'ятниці\" --as maksym"
    )]
    Decline {
        #[arg(value_name = "PROJECT/TASK")]
        task: TaskArg,
        #[arg(long)]
        reason: String,
    },
    /// The next step on this task that the client was promised, by the end of a day
    #[command(
        before_help = "Examples:\n  signoff task promise ранок/ads --by 2026-12-04 \"Покажемо креативи\""
    )]
    Promise {
        #[arg(value_name = "PROJECT/TASK")]
        task: TaskArg,
        /// The last day, such as 2026-12-04
        #[arg(long = "by", value_name = "DATE")]
        day: NaiveDate,
        /// What was promised
        what: String,
    },
    /// The promised step was made
    Keep {
        #[arg(value_name = "PROJECT/TASK")]
        task: TaskArg,
    },
    /// Leave the task out, with the reason
    Cancel {
        #[arg(value_name = "PROJECT/TASK")]
        task: TaskArg,
        #[arg(long)]
        comment: String,
    },
}

/// A task as it is typed: `PROJECT/TASK`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskArg {
    pub project: String,
    pub task: String,
}

impl FromStr for TaskArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.rsplit_once('/') {
            Some((project, task)) if !project.is_empty() && !task.is_empty() => {
                Ok(Self { project: project.to_owned(), task: task.to_owned() })
            }
            _ => Err("a task is named PROJECT/TASK, such as ранок/rubricator".to_owned()),
        }
    }
}

/// `name=value`; the value may be empty and may contain `=`.
fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => Ok((name.trim().to_owned(), value.to_owned())),
        _ => Err("write NAME=VALUE".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_make_sense_to_clap() {
        Args::command().debug_assert();
    }

    #[test]
    fn a_task_is_named_by_project_and_task() {
        let task = |text: &str| text.parse::<TaskArg>().ok().map(|arg| (arg.project, arg.task));
        assert_eq!(task("ранок/ads"), Some(("ранок".into(), "ads".into())));
        assert_eq!(task("Кава / чай/ads"), Some(("Кава / чай".into(), "ads".into())));
        assert_eq!((task("ads"), task("/ads"), task("ранок/")), (None, None, None));
    }

    #[test]
    fn a_value_may_be_empty_and_may_hold_an_equals_sign() {
        assert_eq!(pair("link=https://x/?a=b"), Ok(("link".into(), "https://x/?a=b".into())));
        assert_eq!(pair("link="), Ok(("link".into(), String::new())));
        assert!(pair("link").is_err() && pair("=x").is_err());
    }

    #[test]
    fn help_shows_examples_first() {
        let mut command = Args::command();
        insta::assert_snapshot!("help", command.render_help());
        let mut task = Args::command();
        task.build();
        let set = task.find_subcommand_mut("task").and_then(|task| task.find_subcommand_mut("set"));
        insta::assert_snapshot!(
            "help-task-set",
            set.map(|set| set.render_help().to_string()).unwrap_or_default()
        );
    }
}
