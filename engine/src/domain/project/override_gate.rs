//! Going on over a closed gate: only where the table of gates lets somebody, with a reason (REQUIREMENTS 1.6.4).

use super::ProjectCommand;
use super::event::{ContentRef, ProjectEvent};
use super::rules::{find, hand_over, is_head, may_lead, wrong_status};
use super::state::{Project, Status};
use crate::domain::definition::{Gate, Override, Rules};
use crate::domain::{Actor, Asked, Fact, Refusal, TaskId, Timestamp};

/// A gate that was passed although it was closed (1.6.4).
#[derive(Clone, Debug, PartialEq)]
pub struct Overridden {
    pub task: TaskId,
    /// `None`: the auditor's check.
    pub gate: Option<Gate>,
    pub reason: ContentRef,
    pub by: Actor,
    pub at: Timestamp,
}

/// The gate is passed by somebody's word; an access that is "not needed" is the PM's (G4), the rest the head's.
pub fn decide(
    project: &Project,
    asked: &Asked<ProjectCommand>,
    id: &TaskId,
    (gate, reason): (&Gate, &ContentRef),
) -> Result<Vec<ProjectEvent>, Refusal> {
    let (task, plan) = find(project, id)?;
    if task.status.is_over() {
        return Err(wrong_status(task, plan, "confirm"));
    }
    let mut all = plan.start_needs.iter().chain(&plan.finish_needs);
    if !all.any(|known| known == gate) {
        let all = plan.start_needs.iter().chain(&plan.finish_needs);
        let known = all.filter(|gate| gate.is_by_hand()).map(Gate::name).collect();
        return Err(Refusal::NoGate { task: task.id.0.clone(), gate: gate.name(), known });
    }
    let rules = rules(project);
    let name = gate.name();
    match gate {
        Gate::Access(_) => may_lead(project, asked, "confirm")?,
        Gate::Form(_) => may_override(project, asked, rules.brief, &name)?,
        Gate::Paid(_) => may_override(project, asked, rules.payment, &name)?,
        Gate::Field(_) | Gate::Button(_) | Gate::Approved(_) | Gate::Acknowledged(_) => {
            may_override(project, asked, Override::Nobody, &name)?;
        }
    }
    if task.confirmed.contains(gate) {
        return Ok(Vec::new());
    }
    let (task, gate, reason) = (id.clone(), gate.clone(), reason.clone());
    Ok(vec![ProjectEvent::GateOverridden { task, gate, reason }])
}

/// The result goes on without the auditor's yes (G8).
pub fn audit(
    project: &Project,
    asked: &Asked<ProjectCommand>,
    id: &TaskId,
    reason: &ContentRef,
) -> Result<Vec<ProjectEvent>, Refusal> {
    let (task, plan) = find(project, id)?;
    may_override(project, asked, rules(project).audit, "audit")?;
    if task.status != Status::InReview {
        return Err(wrong_status(task, plan, "accept"));
    }
    let reason = reason.clone();
    let overridden = ProjectEvent::AuditOverridden { task: id.clone(), round: task.round, reason };
    let sha256 = task.result_sha256.clone().unwrap_or_default();
    let onward = hand_over(project, asked, id, task.round, &sha256);
    Ok(std::iter::once(overridden).chain(onward).collect())
}

impl Project {
    pub(super) fn apply_override(&mut self, fact: &Fact<ProjectEvent>) {
        let mut note = |task: &TaskId, gate: Option<&Gate>, reason: &ContentRef| {
            let (task, gate, reason) = (task.clone(), gate.cloned(), reason.clone());
            self.overrides.push(Overridden { task, gate, reason, by: fact.by.clone(), at: fact.at });
        };
        if let ProjectEvent::GateOverridden { task, gate, reason } = &fact.event {
            note(task, Some(gate), reason);
        }
        if let ProjectEvent::AuditOverridden { task, reason, .. } = &fact.event {
            note(task, None, reason);
        }
    }
}

fn rules(project: &Project) -> Rules {
    project.opened.as_ref().map(|opened| opened.definition.rules.clone()).unwrap_or_default()
}

fn may_override(
    project: &Project,
    asked: &Asked<ProjectCommand>,
    who: Override,
    gate: &str,
) -> Result<(), Refusal> {
    match who {
        Override::Nobody => Err(Refusal::NoOverride { gate: gate.to_owned() }),
        Override::Head if is_head(project, asked) => Ok(()),
        Override::Head => Err(Refusal::OnlyTheHead { gate: gate.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::definition::{Gate, Override, Period};
    use crate::domain::project::ProjectCommand;
    use crate::domain::project::testing::*;

    fn pass(task: &str, gate: Gate) -> ProjectCommand {
        ProjectCommand::OverrideGate { task: task.into(), gate, reason: content() }
    }

    fn paid() -> Gate {
        Gate::Paid(Period::This)
    }

    /// `brief` waits for money and for an account of the client as well.
    fn gated() -> Given {
        let gates = [Gate::Form("smm-brief".into()), paid(), Gate::Access("instagram".into())];
        opened().planned("brief", |plan| plan.finish_needs = gates.to_vec()).given(start("brief"))
    }

    #[test]
    fn work_goes_on_without_money_by_the_word_of_the_head_alone() {
        gated().when(pass("brief", paid())).refused("only-the-head");
        gated().by("maksym").when(pass("brief", paid())).refused("only-the-head");
        let passed = gated().by("ihor").when(pass("brief", paid()));
        passed.then(&["gate_overridden"]);
        let after = gated().by("ihor").given(pass("brief", paid()));
        after.when(pass("brief", paid())).then(&[]);
        after.by("olena").when(submit("brief")).missing(&["gate form:smm-brief", "gate access:instagram"]);
    }

    #[test]
    fn nobody_starts_without_a_brief_unless_the_agency_lets_the_head() {
        let form = || Gate::Form("smm-brief".into());
        gated().by("ihor").when(pass("brief", form())).refused("no-override");
        let allowed = gated().ruled(|rules| rules.brief = Override::Head);
        allowed.clone().by("ihor").when(pass("brief", form())).then(&["gate_overridden"]);
        allowed.when(pass("brief", form())).refused("only-the-head");
    }

    #[test]
    fn the_pm_says_of_an_access_that_none_is_needed() {
        let access = || Gate::Access("instagram".into());
        gated().when(pass("brief", access())).then(&["gate_overridden"]);
        gated().by("maksym").when(pass("brief", access())).refused("not-allowed");
    }

    #[test]
    fn fields_buttons_and_what_is_published_have_no_override() {
        let ads = in_progress("ads").by("ihor");
        ads.when(pass("ads", Gate::Button("launched".into()))).refused("no-override");
        let publish = ads.planned("ads", |plan| plan.start_needs = vec![Gate::Approved("plan".into())]);
        publish.when(pass("ads", Gate::Approved("plan".into()))).refused("no-override");
    }

    #[test]
    fn the_head_lets_a_result_go_on_without_the_auditor() {
        let skip = || ProjectCommand::OverrideAudit { task: "plan".into(), reason: content() };
        in_review("plan").when(skip()).refused("only-the-head");
        in_review("plan").by("ihor").when(skip()).then(&["audit_overridden", "approval_asked"]);
        in_progress("plan").by("ihor").when(skip()).refused("wrong-status");
        let strict = in_review("plan").ruled(|rules| rules.audit = Override::Nobody);
        strict.by("ihor").when(skip()).refused("no-override");
    }

    #[test]
    fn what_was_passed_and_why_stays_with_the_project() {
        let passed = gated().by("ihor").given(pass("brief", paid()));
        let [kept] = passed.state.overrides.as_slice() else { panic!("one") };
        assert_eq!((&kept.gate, &kept.reason), (&Some(paid()), &content()));
    }
}
