//! The overview of the day: what is late, due, checked, waited for, not paid, and can start.

use chrono::NaiveTime;
use engine::domain::project::{PaymentState, Status};
use engine::domain::{Arg, Timestamp};
use engine::words::Rendered;
use projections::board::{Ball, BoardPayment, BoardProject, BoardTask};
use projections::money::Loose;

use super::{Scene, id};
use crate::bot::Bot;
use crate::digest::lines;

type Line<'a> = (&'a BoardProject, &'a BoardTask);

impl Bot {
    /// Nothing to do is nothing to say.
    pub(super) fn day(&self, scene: &Scene) -> Vec<Rendered> {
        let open = || scene.projects.iter().filter(|project| !project.completed);
        let tasks: Vec<Line<'_>> =
            open().flat_map(|project| project.tasks.iter().map(move |task| (project, task))).collect();
        let part = |key: &str, line: &str, fits: &dyn Fn(&BoardTask) -> bool| {
            let found = tasks.iter().filter(|(_, task)| fits(task));
            self.part(scene, key, found.filter_map(|found| self.line(scene, line, *found)).collect())
        };
        let parts = [
            part("staff-day-overdue", "staff-day-line", &|task| scene.is_late(task)),
            part("staff-day-tight", "staff-day-line", &|task| scene.is_tight(task)),
            part("staff-day-today", "staff-day-line", &|task| scene.is_for_today(task)),
            part("staff-day-check", "staff-day-line-check", &|task| task.status == Status::InReview),
            part("staff-day-client", "staff-day-line-client", &|task| task.ball == Ball::Client),
            part("staff-day-ready", "staff-day-line", &|task| {
                task.status == Status::Ready && !scene.is_late(task) && !scene.is_for_today(task)
            }),
            self.part(scene, "staff-day-unpaid", self.unpaid(scene)),
            self.part(scene, "staff-day-unmatched", self.unmatched(scene)),
        ];
        let parts: Vec<Rendered> = parts.into_iter().flatten().collect();
        let head = self.say(scene, super::DAY, &[("day", Arg::Date(scene.now))]);
        head.filter(|_| !parts.is_empty()).into_iter().chain(parts).collect()
    }

    fn part(&self, scene: &Scene, key: &str, said: Vec<Rendered>) -> Option<Rendered> {
        let head = self.say(scene, key, &[]).filter(|_| !said.is_empty())?;
        Some(lines(std::iter::once(head).chain(said)))
    }

    fn line(&self, scene: &Scene, key: &str, (project, task): Line<'_>) -> Option<Rendered> {
        let person = if task.status == Status::InReview { &task.auditor } else { &task.assignee };
        let name = person.as_ref().and_then(|person| scene.people.get(person)).cloned();
        let args = [
            ("client", scene.client(project)),
            ("task", Arg::Words(task.title.clone())),
            ("project", id(project)),
            ("person", Arg::Text(name.unwrap_or_else(|| "—".to_owned()))),
            ("due", moment(task.due)),
            ("since", moment(Some(task.since))),
        ];
        self.say(scene, key, &args)
    }

    /// Invoices that are out, and money that came only in part (PF-66).
    fn unpaid(&self, scene: &Scene) -> Vec<Rendered> {
        let all =
            scene.projects.iter().flat_map(|project| project.payments.iter().map(move |one| (project, one)));
        let waits = |payment: &BoardPayment| {
            matches!(payment.state, PaymentState::Invoiced | PaymentState::PartlyPaid)
        };
        let found = all.filter(|(_, payment)| waits(payment));
        found.filter_map(|(project, payment)| self.payment(scene, project, payment)).collect()
    }

    /// Money that came and fits no payment (PF-66).
    fn unmatched(&self, scene: &Scene) -> Vec<Rendered> {
        let line = |money: &Loose| {
            let args = [
                ("client", scene.named(&money.client)),
                ("amount", Arg::Money(money.left.clone())),
                ("since", Arg::Date(scene.calendar.instant(money.on.and_time(NaiveTime::MIN)))),
                ("money", Arg::Text(format!("{}/{}", money.client, money.number))),
            ];
            self.say(scene, "staff-day-line-unmatched", &args)
        };
        scene.loose.iter().filter_map(line).collect()
    }

    fn payment(&self, scene: &Scene, project: &BoardProject, payment: &BoardPayment) -> Option<Rendered> {
        let day = payment.invoiced_on.or(payment.paid_on)?;
        let args = [
            ("client", scene.client(project)),
            ("number", Arg::Text(payment.invoice.clone().unwrap_or_else(|| "—".to_owned()))),
            ("amount", payment.open_amount().map_or(Arg::Text("—".to_owned()), Arg::Money)),
            ("project", id(project)),
            ("since", Arg::Date(scene.calendar.instant(day.and_time(NaiveTime::MIN)))),
        ];
        self.say(scene, "staff-day-line-payment", &args)
    }
}

impl Scene {
    /// Ours to do, and over its time.
    fn is_late(&self, task: &BoardTask) -> bool {
        is_ours(task) && task.due.is_some_and(|due| due < self.now)
    }

    fn is_tight(&self, task: &BoardTask) -> bool {
        self.tight.contains(&(task.project.clone(), task.task.clone()))
    }

    fn is_for_today(&self, task: &BoardTask) -> bool {
        let day = |at| self.calendar.local(at).date();
        is_ours(task) && !self.is_late(task) && task.due.map(day) == Some(day(self.now))
    }
}

fn is_ours(task: &BoardTask) -> bool {
    matches!(task.ball, Ball::Us | Ball::Rework)
}

fn moment(at: Option<Timestamp>) -> Arg {
    at.map_or(Arg::Text("—".to_owned()), Arg::Date)
}
