//! Reads one task of a template.

use engine::domain::definition::{
    Approval, Button, Field, FieldKind, Gate, Item, Kind, Months, Period, Task, Text,
};

use crate::field::{brought, read_field};
use crate::format::{BUTTON, CLIENT, GATE, ITEM, TASK};
use crate::known::{Known, When};
use crate::moments::Moment;
use crate::problem::Notes;
use crate::remind::{APPROVALS, Auditor, Defaults, read_reminders};
use crate::trouble::Trouble;
use crate::unique::Unique;
use crate::walk::Keys;
use crate::worktime::read_times;
use crate::yaml::{Content, Node};

pub(crate) const KINDS: [(&str, Kind); 4] =
    [("work", Kind::Work), ("payment", Kind::Payment), ("report", Kind::Report), ("meeting", Kind::Meeting)];
pub(crate) const MONTHS: [(&str, Months); 3] =
    [("first", Months::First), ("every", Months::Every), ("from second", Months::FromSecond)];
pub(crate) const PAID: [(&str, Period); 2] = [("this period", Period::This), ("next period", Period::Next)];

/// Reads one task; `defaults` are those of the agency with those of the template over them.
pub(crate) fn read_task(
    notes: &mut Notes<'_>,
    known: &Known<'_>,
    defaults: &Defaults,
    node: &Node,
) -> Option<Task> {
    let (id, keys) = notes.item(node, "task", &TASK)?;
    let kind = keys.get("kind").and_then(|node| notes.choice(node, &KINDS)).unwrap_or(Kind::Work);
    let own = read_own(notes, known, &keys);
    let is_unread = keys.get("approval").is_some() && own.approval.is_none();
    let own = defaults.under(own);
    let approval = own.approval.unwrap_or(Approval::Required);
    if own.assignee.is_none() && keys.get("assignee").is_none() {
        keys.need(notes, "assignee");
    }
    let result = read_result(notes, &keys, kind);
    let (start_message, finish_message) =
        read_client(notes, known, &keys, &Told { kind, approval, result: &result, needs: &[] });
    let buttons = read_buttons(notes, known, &keys, &result);
    let mut start_needs = read_gates(notes, known, &keys, "start_needs", (&result, &buttons));
    let finish_needs = read_gates(notes, known, &keys, "finish_needs", (&result, &buttons));
    if kind == Kind::Meeting && speaks_of_time(known, start_message.as_ref()) {
        start_needs.push(Gate::Field("at".to_owned()));
    }
    let ends_project_if = keys.get("ends_project_if").and_then(|node| read_end(notes, node, &result));
    // What an approval that nobody could read leads to is no second mistake.
    if approval == Approval::Required && !is_unread && !result.iter().any(|field| field.client_sees) {
        let repair = match node.value_of("approval") {
            Some(approval) => Some((approval.span.clone(), "none".to_owned())),
            None => node.pair_of("task").map(|first| notes.source.with_key(first, "approval: none")),
        };
        let trouble = Trouble::error("nothing-to-approve").with("task", &id).maybe_repair(repair);
        notes.note(&id_span(node), trouble);
    }
    // A reminder of an approval that nobody asks for would never fire.
    let asked = |when| {
        approval == Approval::Required || when != engine::domain::definition::ReminderWhen::ApprovalNotGiven
    };
    Some(Task {
        title: keys.get("title").and_then(|node| notes.text(node)).unwrap_or_default(),
        was: keys.get("was").map(|node| notes.ids(node)).unwrap_or_default(),
        kind,
        months: keys.get("months").and_then(|node| notes.choice(node, &MONTHS)).unwrap_or(Months::Every),
        after: keys.get("after").map(|node| notes.ids(node)),
        assignee: own.assignee.unwrap_or_default(),
        auditor: own.auditor.and_then(Auditor::role),
        minutes: keys.get("hours").and_then(|node| notes.minutes(node)).unwrap_or(0),
        time: read_times(notes, &keys),
        inputs: keys.get("inputs").map(|node| notes.ids(node)).unwrap_or_default(),
        due: keys.get("due").and_then(|node| notes.term(node, "due")),
        approval,
        approve_after_silence: keys
            .get("approve_after_silence")
            .and_then(|node| notes.term(node, "approve_after_silence")),
        rework_rounds: keys.get("rework_rounds").and_then(|node| notes.count(node)),
        stays_open: keys.get("stays_open").and_then(|node| notes.flag(node)).unwrap_or(false),
        start_message,
        finish_message,
        instructions: keys.get("instructions").and_then(|node| notes.text(node)),
        checklist: read_checklist(notes, &keys),
        result,
        buttons,
        start_needs,
        finish_needs,
        remind: own.remind.into_iter().filter(|reminder| asked(reminder.when)).collect(),
        pays_for: keys.get("pays_for").and_then(|node| notes.choice(node, &PAID)),
        amount: keys.get("amount").and_then(|node| notes.share(node)),
        ends_project_if,
        id,
    })
}

/// Where a problem with a task as a whole is shown: at its id.
pub(crate) fn id_span(node: &Node) -> crate::yaml::Span {
    node.value_of("task").map_or_else(|| node.point(), |id| id.span.clone())
}

fn read_own(notes: &mut Notes<'_>, known: &Known<'_>, keys: &Keys<'_>) -> Defaults {
    Defaults {
        assignee: keys.get("assignee").and_then(|node| notes.role(known, node)),
        auditor: keys.get("auditor").and_then(|node| notes.auditor(known, node)),
        approval: keys.get("approval").and_then(|node| notes.choice(node, &APPROVALS)),
        remind: keys.get("remind").map(|node| read_reminders(notes, known, node)).unwrap_or_default(),
    }
}

/// The fields that the kind brings along, then those of the file.
fn read_result(notes: &mut Notes<'_>, keys: &Keys<'_>, kind: Kind) -> Vec<Field> {
    let mut result = match kind {
        Kind::Payment => vec![
            brought("invoice", FieldKind::Text, false, false),
            brought("amount", FieldKind::Money, true, false),
            brought("paid_on", FieldKind::Date, true, false),
        ],
        Kind::Meeting => vec![brought("at", FieldKind::DateTime, true, true)],
        Kind::Report => vec![brought("done", FieldKind::Done, true, true)],
        Kind::Work => Vec::new(),
    };
    let mut unique = Unique::new("fields");
    for item in keys.get("result").map(|node| notes.list(node)).unwrap_or_default() {
        let Some(field) = read_field(notes, item) else { continue };
        unique.add(notes, &field.id, item, "field");
        match result.iter_mut().find(|brought| brought.id == field.id) {
            Some(brought) => *brought = field,
            None => result.push(field),
        }
    }
    check_within(notes, keys, &result);
    result
}

/// The date range that a column of days names is a field of the same task.
fn check_within(notes: &mut Notes<'_>, keys: &Keys<'_>, result: &[Field]) {
    let ranges = || result.iter().filter(|field| field.kind == FieldKind::DateRange);
    let fields = items(keys.get("result"));
    let columns = fields.flat_map(|field| items(field.value_of("columns")));
    for named in columns.filter_map(|column| column.value_of("within")) {
        if let Some(given) = named.word() {
            notes.find(named, "unknown-range", given, ranges().map(|field| field.id.as_str()));
        }
    }
}

fn items(list: Option<&Node>) -> std::slice::Iter<'_, Node> {
    match list.map(|list| &list.content) {
        Some(Content::List(items)) => items.iter(),
        Some(Content::Scalar { .. } | Content::Map(_)) | None => [].iter(),
    }
}

/// What decides which words the client gets.
struct Told<'a> {
    kind: Kind,
    approval: Approval,
    result: &'a [Field],
    /// Fields that are filled besides the required ones.
    needs: &'a [String],
}

impl Told<'_> {
    /// What a message may use besides what is always there; a field that may be empty would leave a hole.
    fn when(&self, moment: Moment) -> When {
        let mut also: Vec<String> = Vec::new();
        if self.kind == Kind::Payment {
            also.extend(["amount".to_owned(), "until".to_owned()]);
        }
        if self.kind == Kind::Meeting {
            also.push("at".to_owned());
        }
        if self.result.iter().any(|field| field.required && field.at_least.is_some()) {
            also.push("items".to_owned());
        }
        if moment != Moment::Start {
            let finished = moment == Moment::Finish;
            let filled =
                |field: &&Field| if finished { field.required } else { self.needs.contains(&field.id) };
            let filled = |field: &&Field| field.client_sees && filled(field);
            also.extend(self.result.iter().filter(filled).map(|field| field.id.clone()));
        }
        When { moment, also }
    }
}

/// Start and finish message; `silent` is none.
fn read_client(
    notes: &mut Notes<'_>,
    known: &Known<'_>,
    keys: &Keys<'_>,
    told: &Told<'_>,
) -> (Option<String>, Option<String>) {
    let block = keys.get("client").and_then(|node| notes.block(node, "`client`", &CLIENT));
    let mut message =
        |key: &str, moment: Moment, usual: &str| match block.as_ref().and_then(|block| block.get(key)) {
            None => Some(usual.to_owned()),
            Some(node) if node.word() == Some("silent") => None,
            Some(node) => notes.message(known, node, &told.when(moment)),
        };
    let usual = if told.approval == Approval::Required { "task-finished" } else { "task-finished-info" };
    (message("start", Moment::Start, "task-started"), message("finish", Moment::Finish, usual))
}

fn speaks_of_time(known: &Known<'_>, message: Option<&String>) -> bool {
    message.is_some_and(|key| known.words.variables(key).any(|variable| variable == "at"))
}

fn read_buttons(notes: &mut Notes<'_>, known: &Known<'_>, keys: &Keys<'_>, result: &[Field]) -> Vec<Button> {
    let mut buttons = Vec::new();
    let mut unique = Unique::new("buttons");
    for item in keys.get("buttons").map(|node| notes.list(node)).unwrap_or_default() {
        let Some((id, keys)) = notes.item(item, "button", &BUTTON) else { continue };
        unique.add(notes, &id, item, "button");
        let needs = keys.get("needs").map(|node| read_fields(notes, node, result)).unwrap_or_default();
        let told = Told { kind: Kind::Work, approval: Approval::None, result, needs: &needs };
        let (client, staff) = (told.when(Moment::Button), told.when(Moment::StaffButton));
        buttons.push(Button {
            id,
            was: keys.get("was").map(|node| notes.ids(node)).unwrap_or_default(),
            title: keys.get("title").and_then(|node| notes.text(node)).unwrap_or_default(),
            needs,
            needs_form: keys.get("needs_form").and_then(|node| notes.form(known, node)),
            once: keys.get("once").and_then(|node| notes.flag(node)).unwrap_or(false),
            ask_agreement: keys.get("ask_agreement").and_then(|node| notes.message(known, node, &client)),
            ask_access: keys.get("ask_access").and_then(|node| notes.id(node)),
            access_title: keys.get("access_title").and_then(|node| notes.text(node)),
            send_form: keys.get("send_form").and_then(|node| notes.form(known, node)),
            tell_client: keys.get("tell_client").and_then(|node| notes.message(known, node, &client)),
            tell_staff: keys.get("tell_staff").and_then(|node| notes.message(known, node, &staff)),
        });
    }
    buttons
}

fn read_fields(notes: &mut Notes<'_>, node: &Node, result: &[Field]) -> Vec<String> {
    let items = notes.list(node);
    items.iter().filter_map(|item| read_field_name(notes, item, result)).collect()
}

fn read_field_name(notes: &mut Notes<'_>, node: &Node, result: &[Field]) -> Option<String> {
    let given = notes.word(node)?;
    notes.find(node, "unknown-field", given, result.iter().map(|field| field.id.as_str()))
}

/// A name alone does not say what it is the name of; the task often does.
fn bare_gate(notes: &mut Notes<'_>, item: &Node, name: &str, (result, buttons): (&[Field], &[Button])) {
    let kind = if buttons.iter().any(|button| button.id == name) {
        Some("button")
    } else {
        result.iter().any(|field| field.id == name).then_some("field")
    };
    let repair = kind.map(|kind| (item.span.clone(), format!("{kind}: {name}")));
    let trouble = Trouble::error("wrong-kind").words("bare-gate").with("given", name);
    notes.note(&item.span, trouble.maybe_repair(repair));
}

fn read_gates(
    notes: &mut Notes<'_>,
    known: &Known<'_>,
    keys: &Keys<'_>,
    list: &str,
    (result, buttons): (&[Field], &[Button]),
) -> Vec<Gate> {
    let mut gates = Vec::new();
    for item in keys.get(list).map(|node| notes.list(node)).unwrap_or_default() {
        if let Some(name) = item.word().filter(|name| !name.is_empty()) {
            bare_gate(notes, item, name, (result, buttons));
            continue;
        }
        let Some(gate) = notes.block(item, "this condition", &GATE) else { continue };
        if let Some(node) = gate.get("form") {
            gates.extend(notes.form(known, node).map(Gate::Form));
        }
        if let Some(node) = gate.get("paid") {
            gates.extend(notes.choice(node, &PAID).map(Gate::Paid));
        }
        if let Some(node) = gate.get("field") {
            gates.extend(read_field_name(notes, node, result).map(Gate::Field));
        }
        if let Some(node) = gate.get("button") {
            gates.extend(read_button_name(notes, node, (&keys.place, buttons)).map(Gate::Button));
        }
        if let Some(node) = gate.get("access") {
            gates.extend(notes.id(node).map(Gate::Access));
        }
        // Whether a button asks for it is known when all of them are read.
        if let Some(node) = gate.get("acknowledged") {
            gates.extend(notes.word(node).map(|rules| Gate::Acknowledged(rules.to_owned())));
        }
        // Whether there is such a task is known when all of them are read.
        if let Some(node) = gate.get("approved") {
            gates.extend(notes.word(node).map(|task| Gate::Approved(task.to_owned())));
        }
    }
    gates
}

fn read_button_name(
    notes: &mut Notes<'_>,
    node: &Node,
    (place, buttons): (&str, &[Button]),
) -> Option<String> {
    let given = notes.word(node)?;
    let names: Vec<&str> = buttons.iter().map(|button| button.id.as_str()).collect();
    if !names.contains(&given) {
        let trouble = Trouble::error("unknown-button").with("name", given).with("place", place);
        notes.note(&node.span, trouble.offer(given, names));
        return None;
    }
    Some(given.to_owned())
}

fn read_checklist(notes: &mut Notes<'_>, keys: &Keys<'_>) -> Vec<Item> {
    let mut items = Vec::new();
    for node in keys.get("checklist").map(|node| notes.list(node)).unwrap_or_default() {
        if !matches!(node.content, Content::Map(_)) {
            items.extend(notes.text(node).map(|text| Item {
                text,
                optional: false,
                needs_note: false,
                lists_risks: false,
            }));
        } else if let Some(item) = notes.block(node, "this line of the checklist", &ITEM) {
            let text: Option<Text> = item.get("text").and_then(|node| notes.text(node));
            let mut flag = |key| item.get(key).and_then(|node| notes.flag(node)).unwrap_or(false);
            let (optional, lists_risks) = (flag("optional"), flag("lists_risks"));
            // A list of risks is a note: without one there would be no list.
            let needs_note = flag("needs_note") || lists_risks;
            items.extend(text.map(|text| Item { text, optional, needs_note, lists_risks }));
        }
    }
    items
}

/// `ends_project_if: { outcome: lost }`.
fn read_end(notes: &mut Notes<'_>, node: &Node, result: &[Field]) -> Option<(String, String)> {
    let Content::Map(pairs) = &node.content else {
        notes.wrong_kind(node, "a block such as `outcome: lost`");
        return None;
    };
    let [(field, option)] = pairs.as_slice() else {
        let trouble =
            Trouble::error("one-of").with("place", "`ends_project_if`").with("keys", "the choice fields");
        notes.note(&node.point(), trouble.with("found", pairs.len()));
        return None;
    };
    let given = notes.word(field)?;
    let choices =
        result.iter().filter(|field| field.kind == FieldKind::Choice).map(|field| field.id.as_str());
    let id = notes.find(field, "unknown-field", given, choices)?;
    let options =
        result.iter().find(|field| field.id == id).map(|field| field.options.as_slice()).unwrap_or_default();
    let given = notes.word(option)?;
    let option = notes.find(option, "unknown-choice", given, options.iter().map(|(id, _)| id.as_str()))?;
    Some((id, option))
}
