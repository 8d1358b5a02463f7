//! Rights: what each role of the agency may look at and do, in one place for every surface (RELIABILITY G16).

use std::collections::BTreeSet;

use super::envelope::{Actor, Asked};
use super::project::Project;
use super::{PersonId, Refusal};

/// Roles that the agency may give without its file naming them: they run it, and do no task of a template.
pub const OFFICE: [&str; 6] = ["owner", "head", "sales", "ops", "accountant", "auditor"];

/// Roles that only those at the top give and take away: who has one may do everything.
pub const TOP: [&str; 2] = ["owner", "head"];

const LEADING: &[&str] = &["pm", "head", "owner"];
const SELLING: &[&str] = &["pm", "head", "owner", "sales"];
const CLIENTS: &[&str] = &["pm", "head", "owner", "sales", "accountant"];
const MONEY: &[&str] = &["pm", "head", "owner", "accountant"];
const CHECKING: &[&str] = &["pm", "head", "owner", "auditor"];
const AUDITING: &[&str] = &["head", "owner", "auditor"];
const OPERATING: &[&str] = &["pm", "head", "owner", "ops"];
const WATCHING: &[&str] = &["pm", "head", "owner", "sales", "ops", "accountant", "auditor"];

/// What somebody needs to be let in, or to be let do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Right {
    /// Works here.
    Staff,
    /// Belongs to the project in question, or watches all of them (SC-35).
    Member,
    /// Watches every project: whoever leads, sells, operates, counts or checks.
    Watch,
    /// Leads projects.
    Lead,
    /// Opens projects: who leads, and sales (PF-40).
    Sell,
    /// Looks at clients: their cards, contacts and what they wrote.
    Clients,
    /// Deals with money (PF-69).
    Money,
    /// Sees what waits to be checked (PF-14).
    Check,
    /// Checks the result of any task (PF-43).
    Audit,
    /// Changes templates and messages.
    Operate,
    /// Runs the agency: who works here, and who leaves (CR-30).
    Head,
}

impl Right {
    /// The roles that have it in the whole agency; `None`: everybody who works here.
    pub fn roles(self) -> Option<&'static [&'static str]> {
        match self {
            Self::Staff => None,
            Self::Member | Self::Watch => Some(WATCHING),
            Self::Lead => Some(LEADING),
            Self::Sell => Some(SELLING),
            Self::Clients => Some(CLIENTS),
            Self::Money => Some(MONEY),
            Self::Check => Some(CHECKING),
            Self::Audit => Some(AUDITING),
            Self::Operate => Some(OPERATING),
            Self::Head => Some(&TOP),
        }
    }

    /// Whether somebody with these roles has it in the whole agency.
    pub fn is_given_by(self, roles: &BTreeSet<String>) -> bool {
        self.roles().is_none_or(|having| having.iter().any(|role| roles.contains(*role)))
    }

    /// Whether somebody has it in this project.
    pub fn reaches(self, person: &PersonId, roles: &BTreeSet<String>, project: &Project) -> bool {
        self.is_given_by(roles) || (self == Self::Member && project.has_member(person))
    }

    /// Whether whoever asks has it: a person by their roles, and whoever runs the server.
    pub fn is_had_by<C>(self, asked: &Asked<C>) -> bool {
        match &asked.by {
            Actor::Operator => true,
            Actor::Person(person) => {
                let works_here = asked.world.staff.people.contains_key(person);
                self.is_given_by(&asked.world.roles) && (self.roles().is_some() || works_here)
            }
            Actor::Timer | Actor::Telegram | Actor::LinkHolder => false,
        }
    }

    /// The same as an answer; `wanted` is a word of the steps.
    pub fn insist<C>(self, asked: &Asked<C>, wanted: &str) -> Result<(), Refusal> {
        if self.is_had_by(asked) {
            return Ok(());
        }
        Err(self.refusal(wanted))
    }

    /// The no to somebody who does not have it.
    pub fn refusal(self, wanted: &str) -> Refusal {
        let wanted = wanted.to_owned();
        match self {
            Self::Member => Refusal::OutsideProject,
            Self::Staff | Self::Lead | Self::Sell | Self::Operate => Refusal::NotAllowed { wanted },
            Self::Watch | Self::Clients | Self::Money | Self::Check | Self::Audit | Self::Head => {
                let roles = self.roles().into_iter().flatten().map(|role| (*role).to_owned()).collect();
                Refusal::NoRight { wanted, roles }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Right; 11] = [
        Right::Staff,
        Right::Member,
        Right::Watch,
        Right::Lead,
        Right::Sell,
        Right::Clients,
        Right::Money,
        Right::Check,
        Right::Audit,
        Right::Operate,
        Right::Head,
    ];

    fn held(roles: &[&str]) -> Vec<Right> {
        let roles = roles.iter().map(|role| (*role).to_owned()).collect();
        ALL.into_iter().filter(|right| right.is_given_by(&roles)).collect()
    }

    #[test]
    fn whoever_is_at_the_top_has_every_right() {
        for role in TOP {
            assert_eq!(held(&[role]), ALL, "{role}");
        }
    }

    #[test]
    fn whoever_does_tasks_has_no_right_beyond_their_projects() {
        assert_eq!(held(&["designer", "smm"]), [Right::Staff]);
    }

    #[test]
    fn each_role_of_the_office_has_the_rights_of_its_work() {
        use Right as R;
        assert_eq!(held(&["sales"]), [R::Staff, R::Member, R::Watch, R::Sell, R::Clients]);
        assert_eq!(held(&["ops"]), [R::Staff, R::Member, R::Watch, R::Operate]);
        assert_eq!(held(&["accountant"]), [R::Staff, R::Member, R::Watch, R::Clients, R::Money]);
        assert_eq!(held(&["auditor"]), [R::Staff, R::Member, R::Watch, R::Check, R::Audit]);
        assert!(!held(&["pm"]).contains(&R::Head), "a PM does not run the agency");
    }
}
