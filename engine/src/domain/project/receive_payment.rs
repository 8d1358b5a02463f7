//! Writing down money that came in: part of a payment, all of it, too much, or the correction of a mistake.

use chrono::NaiveDate;

use super::ProjectCommand;
use super::event::ProjectEvent;
use super::invoice_payment::{find, open, same_currency};
use super::payment::{Payment, PaymentState};
use super::rules::may_handle_money;
use super::state::{Project, Status, Task};
use crate::domain::field::Value;
use crate::domain::money::Money;
use crate::domain::{Asked, PaymentId, Refusal};

type Order = Asked<ProjectCommand>;

/// The money is in. Too much is kept as it came; the same money twice changes nothing.
pub fn decide(project: &Project, asked: &Order, id: &PaymentId) -> Result<Vec<ProjectEvent>, Refusal> {
    let ProjectCommand::ReceivePayment { amount, on, reason, again, .. } = &asked.command else {
        return Ok(Vec::new());
    };
    let payment = find(project, id)?;
    may_handle_money(project, asked)?;
    if payment.state() == PaymentState::Cancelled {
        open(payment)?;
    }
    let on = on.unwrap_or_else(|| asked.world.calendar.local(asked.at).date());
    let open_amount = payment.open_amount().filter(|open| open.minor > 0 || !payment.is_paid());
    let Some(amount) = amount.clone().or(open_amount) else {
        let needed = Refusal::AmountNeeded { payment: id.0.clone() };
        return if payment.is_paid() { Ok(Vec::new()) } else { Err(needed) };
    };
    let is_twice = !again && amount.minor >= 0 && is_known(payment, &amount, on);
    if is_twice && payment.is_paid() {
        return Ok(Vec::new());
    }
    on_a_day(asked, on)?;
    if is_twice {
        return Err(same_money(payment, &amount, on));
    }
    may_be(project, payment, &amount)?;
    if amount.minor < 0 && reason.is_none() {
        return Err(Refusal::ReasonNeeded { wanted: "correct-payment".to_owned() });
    }
    let (payment, reason) = (id.clone(), reason.clone());
    Ok(vec![ProjectEvent::PaymentReceived { payment, amount, on, reason }])
}

/// Whether just this came on that day, and was not taken back.
fn is_known(payment: &Payment, amount: &Money, on: NaiveDate) -> bool {
    let came = payment.receipts.iter().filter(|known| known.amount == *amount && known.on == on).count();
    let back = amount.negated();
    came > payment.receipts.iter().filter(|known| Some(&known.amount) == back.as_ref()).count()
}

fn same_money(payment: &Payment, amount: &Money, on: NaiveDate) -> Refusal {
    Refusal::SameMoney { payment: payment.id.0.clone(), amount: amount.clone(), on }
}

/// Nothing came on a day that is still to come.
fn on_a_day(asked: &Order, on: NaiveDate) -> Result<(), Refusal> {
    let today = asked.world.calendar.local(asked.at).date();
    if on > today { Err(Refusal::DayIsAhead { day: on }) } else { Ok(()) }
}

/// Whether the amount can stand beside what is there: its currency, its size, and no debt of ours.
fn may_be(project: &Project, payment: &Payment, amount: &Money) -> Result<(), Refusal> {
    same_currency(project, payment, Some(amount))?;
    let needed = || Refusal::AmountNeeded { payment: payment.id.0.clone() };
    if amount.minor == 0 && payment.due().is_none_or(|due| due.minor != 0) {
        return Err(needed());
    }
    let none = Money { minor: 0, currency: amount.currency.clone() };
    let received = payment.received().unwrap_or(none);
    let sum = received.plus(amount).ok_or_else(needed)?;
    if sum.minor < 0 {
        return Err(Refusal::TooMuchBack { payment: payment.id.0.clone(), received });
    }
    Ok(())
}

/// What the fields of a payment task say: the amount and the day.
fn entered(task: &Task) -> Option<(&Money, NaiveDate)> {
    match (task.values.get("amount")?, task.values.get("paid_on")?) {
        (Value::Money(amount), Value::Date(on)) => Some((amount, *on)),
        _ => None,
    }
}

/// A payment task that is handed over with less than is due: the part is kept, the task waits for the rest.
///
/// `None` when the task may go on as usual.
pub fn in_part(project: &Project, asked: &Order, task: &Task) -> Result<Option<Vec<ProjectEvent>>, Refusal> {
    let Some(id) = project.payment_of(&task.id) else { return Ok(None) };
    may_handle_money(project, asked)?;
    let Some((payment, (amount, on))) = project.payment(&id).zip(entered(task)) else { return Ok(None) };
    if payment.is_paid() {
        // It came before the task was handed over, and is there already.
        return Ok(None);
    }
    open(payment)?;
    on_a_day(asked, on)?;
    may_be(project, payment, amount)?;
    if is_known(payment, amount, on) {
        return Err(same_money(payment, amount, on));
    }
    let rest = payment.open_amount().and_then(|open| open.minus(amount));
    if rest.is_none_or(|rest| rest.minor <= 0) {
        return Ok(None);
    }
    let received = ProjectEvent::PaymentReceived { payment: id, amount: amount.clone(), on, reason: None };
    let cleared = |field: &str| ProjectEvent::FieldCleared { task: task.id.clone(), field: field.to_owned() };
    Ok(Some(vec![received, cleared("amount"), cleared("paid_on")]))
}

/// The money that a finished payment task brings; where nobody named the sum, that it is all of it.
pub fn with_task(project: &Project, task: &Task) -> Vec<ProjectEvent> {
    let payment = project.payment_of(&task.id).and_then(|id| project.payment(&id));
    let Some((payment, (entered, on))) = payment.zip(entered(task)).filter(|(known, _)| open(known).is_ok())
    else {
        return Vec::new();
    };
    let Some(amount) = not_booked(task, payment, entered) else { return Vec::new() };
    let mut events = Vec::new();
    let sum = payment.received().map_or_else(|| Some(amount.clone()), |before| before.plus(&amount));
    if (amount.minor > 0 || amount == *entered) && may_be(project, payment, &amount).is_ok() {
        let payment = payment.id.clone();
        events.push(ProjectEvent::PaymentReceived { payment, amount, on, reason: None });
    }
    if payment.due().is_none() {
        let (payment, task) = (payment.id.clone(), payment.task.clone());
        events.push(ProjectEvent::PaymentExpected { payment, amount: sum, task });
    }
    events
}

/// What of the money in the task was not written down by somebody else while the task was checked.
fn not_booked(task: &Task, payment: &Payment, entered: &Money) -> Option<Money> {
    let handed_over = matches!(task.status, Status::InReview | Status::AwaitingApproval);
    let since = task.clocks.submitted.filter(|_| handed_over);
    let meanwhile = payment.receipts.iter().filter(|receipt| since.is_some_and(|since| receipt.at > since));
    let mut amounts = meanwhile.map(|receipt| &receipt.amount);
    let left = amounts.try_fold(entered.clone(), |left, came| left.minus(came))?;
    Some(Money { minor: left.minor.max(0), ..left })
}

#[cfg(test)]
mod tests {
    use crate::domain::definition::{Gate, NextRound, Share};
    use crate::domain::project::testing::*;

    fn by_nadiia() -> Given {
        monthly(NextRound::WhenPaid).by("nadiia")
    }

    #[test]
    fn parts_add_up_until_the_payment_is_paid() {
        let part = by_nadiia().given(receive("1", Some("10000 UAH")));
        assert_eq!((part.payment_state("1"), part.open("1").as_deref()), ("partly_paid", Some("14000 UAH")));
        let paid = part.given(receive("1", None));
        assert_eq!((paid.payment_state("1"), paid.open("1").as_deref()), ("paid", Some("0 UAH")));
    }

    #[test]
    fn the_payment_of_the_next_period_opens_it() {
        by_nadiia().when(receive("2", None)).then(&[
            "payment_received",
            "period_opened",
            "payment_expected",
            "period_began",
        ]);
    }

    #[test]
    fn too_much_is_kept_as_it_came() {
        let paid = by_nadiia().given(receive("1", Some("25000 UAH")));
        assert_eq!((paid.payment_state("1"), paid.open("1").as_deref()), ("paid", Some("-1000 UAH")));
    }

    #[test]
    fn the_same_money_written_down_by_two_people_is_there_once() {
        let paid = by_nadiia().given(receive("1", Some("24000 UAH")));
        paid.clone().by("olena").when(receive("1", Some("24000 UAH"))).then(&[]);
        paid.when(receive("1", None)).then(&[]);
    }

    #[test]
    fn money_without_a_named_sum_is_a_part_until_somebody_names_the_whole() {
        let part = unpriced(None).given(receive("payment", Some("1 UAH")));
        assert_eq!(part.payment_state("payment"), "partly_paid");
        let whole = part.given(invoice("payment", "СФ-1", Some("500 UAH")));
        assert_eq!(whole.open("payment").as_deref(), Some("499 UAH"));
        let working = part.by("olena").given(cancel("work")).by("nadiia").given(start("payment"));
        let rest = working.given(set("payment", &[("amount", "499 UAH"), ("paid_on", "2026-11-23")]));
        rest.when(submit("payment")).then(&[
            "task_submitted",
            "payment_received",
            "payment_expected",
            "task_completed",
            "project_completed",
        ]);
        let done = rest.given(submit("payment"));
        assert_eq!(
            (done.payment_state("payment"), done.due("payment").as_deref()),
            ("paid", Some("500 UAH"))
        );
    }

    #[test]
    fn a_fixed_amount_is_due_whether_or_not_the_price_is_known() {
        let fixed = unpriced(Some(Share::Amount(uah("500 UAH"))));
        assert_eq!(fixed.due("payment").as_deref(), Some("500 UAH"));
        assert_eq!(fixed.given(receive("payment", Some("1 UAH"))).payment_state("payment"), "partly_paid");
    }

    #[test]
    fn money_written_down_while_the_task_is_checked_counts_once() {
        let checked = by_nadiia().planned("payment", |plan| plan.auditor = Some("pm".into()));
        let working = checked.by("olena").given(cancel("work")).given(cancel("report")).by("nadiia");
        let started = working.given(start("payment"));
        let entered = started.given(set("payment", &[("amount", "24000 UAH"), ("paid_on", "2026-11-23")]));
        let review = entered.given(submit("payment")).later(60);
        let part = review.given(receive("2", Some("10000 UAH"))).by("olena").given(accept("payment"));
        assert_eq!((part.payment_state("2"), part.open("2").as_deref()), ("paid", Some("0 UAH")));
        let alone = review.by("olena").given(accept("payment"));
        assert_eq!((alone.payment_state("2"), alone.open("2").as_deref()), ("paid", Some("0 UAH")));
    }

    #[test]
    fn the_same_part_written_down_by_two_people_is_asked_about() {
        let part = by_nadiia().given(receive("1", Some("5000 UAH"))).by("olena");
        part.when(receive("1", Some("5000 UAH"))).refused("same-money");
        assert_eq!(part.given(receive_again("1", "5000 UAH")).open("1").as_deref(), Some("14000 UAH"));
        let corrected = part.given(back("1", "5000 UAH", true));
        corrected.when(receive("1", Some("5000 UAH"))).then(&["payment_received"]);
        part.later(86_400).when(receive("1", Some("5000 UAH"))).then(&["payment_received"]);
        let paying = by_nadiia().given(receive("2", Some("5000 UAH"))).by("olena");
        let paying =
            paying.given(cancel("work")).given(cancel("report")).by("nadiia").given(start("payment"));
        let twice = paying.given(set("payment", &[("amount", "5000 UAH"), ("paid_on", "2026-11-23")]));
        twice.when(submit("payment")).refused("same-money");
    }

    #[test]
    fn nothing_came_on_a_day_that_is_still_to_come() {
        by_nadiia().when(receive_on("1", "2026-11-24")).refused("day-is-ahead");
        by_nadiia().when(receive_on("1", "2026-11-22")).then(&["payment_received"]);
        let paying = by_nadiia().by("olena").given(cancel("work")).given(cancel("report")).by("nadiia");
        let ahead = [("amount", "24000 UAH"), ("paid_on", "2026-12-03")];
        let ahead = paying.given(start("payment")).given(set("payment", &ahead));
        ahead.when(submit("payment")).refused("day-is-ahead");
    }

    #[test]
    fn somebody_without_a_say_in_money_is_refused() {
        by_nadiia().by("maksym").when(receive("1", None)).refused("not-your-money");
    }

    #[test]
    fn what_cannot_be_is_refused() {
        by_nadiia().when(receive("1", Some("100 EUR"))).refused("other-currency");
        by_nadiia().when(receive("1", Some("0 UAH"))).refused("amount-needed");
        by_nadiia().when(receive("3", None)).refused("no-payment");
        let huge = by_nadiia().given(receive("1", Some("90000000000000000 UAH")));
        huge.when(receive("1", Some("80000000000000000 UAH"))).refused("amount-needed");
    }

    #[test]
    fn a_mistake_is_corrected_by_a_negative_amount_with_a_reason() {
        let paid = by_nadiia().given(receive("1", None));
        paid.when(back("1", "24000 UAH", false)).refused("reason-needed");
        paid.when(back("1", "24001 UAH", true)).refused("too-much-back");
        let corrected = paid.given(back("1", "24000 UAH", true));
        assert_eq!(
            (corrected.payment_state("1"), corrected.open("1").as_deref()),
            ("not_invoiced", Some("24000 UAH"))
        );
    }

    #[test]
    fn a_payment_task_handed_over_with_a_part_waits_for_the_rest() {
        let paying = by_nadiia().by("olena").given(cancel("work")).given(cancel("report")).by("nadiia");
        let started = paying.given(start("payment"));
        let part = started.given(set("payment", &[("amount", "4000 UAH"), ("paid_on", "2026-11-21")]));
        part.when(submit("payment")).then(&["payment_received", "field_cleared", "field_cleared"]);
        let waits = part.given(submit("payment"));
        assert_eq!((waits.statuses()[2], waits.payment_state("2")), ("in_progress", "partly_paid"));
        let rest = waits.given(set("payment", &[("amount", "20000 UAH"), ("paid_on", "2026-11-23")]));
        rest.when(submit("payment")).then(&[
            "task_submitted",
            "payment_received",
            "task_completed",
            "period_opened",
            "payment_expected",
            "task_ready",
            "period_began",
        ]);
        assert_eq!(rest.given(submit("payment")).payment_state("2"), "paid");
    }

    #[test]
    fn money_received_by_command_completes_its_task_when_its_turn_comes() {
        let paid = by_nadiia().given(receive("2", None)).by("olena").given(cancel("work"));
        paid.when(cancel("report")).then(&[
            "task_cancelled",
            "task_ready",
            "field_set",
            "field_set",
            "task_completed",
            "task_ready",
        ]);
        let ready = by_nadiia().by("olena").given(cancel("work")).given(cancel("report")).by("nadiia");
        let done = ready.given(receive("2", None));
        assert_eq!(done.statuses(), ["cancelled", "cancelled", "completed", "ready", "waiting"]);
    }

    #[test]
    fn money_finishes_no_task_that_somebody_checks_or_whose_start_waits() {
        let checked = by_nadiia().planned("payment", |plan| plan.auditor = Some("pm".into()));
        let gated =
            by_nadiia().planned("payment", |plan| plan.start_needs = vec![Gate::Access("bank".into())]);
        let turn = |given: Given| given.by("olena").given(cancel("work")).given(cancel("report"));
        for given in [&checked, &gated] {
            let came = turn(given.clone()).by("nadiia").given(receive("2", None));
            assert_eq!(came.statuses()[2], "ready");
            assert_eq!(turn(given.given(receive("2", None))).statuses()[2], "ready", "money before its turn");
        }
        let opened = turn(gated).given(receive("2", None)).by("olena");
        assert_eq!(opened.given(try_access("payment", "bank")).statuses()[2], "completed");
        let working = turn(checked).given(receive("2", None)).by("nadiia").given(start("payment"));
        let typed = working.given(set("payment", &[("amount", "24000 UAH"), ("paid_on", "2026-11-23")]));
        let done = typed.given(submit("payment")).by("olena").given(accept("payment"));
        assert_eq!((done.statuses()[2], done.open("2").as_deref()), ("completed", Some("0 UAH")));
    }

    #[test]
    fn a_paid_gate_opens_by_the_payment_of_its_period_and_closes_by_its_correction() {
        let gated = by_nadiia().by("olena").given(start("work"));
        gated.when(submit("work")).missing(&["gate paid:this-period"]);
        let paid = gated.given(receive("1", None));
        let back = paid.given(back("1", "1 UAH", true));
        back.when(submit("work")).missing(&["gate paid:this-period"]);
        paid.when(submit("work")).then(&["task_submitted", "task_completed", "task_ready"]);
    }
}
