//! Sums: money of several currencies side by side; nothing is converted.

use std::collections::BTreeMap;

use super::money::Money;

/// Amounts by currency, in minor units; what does not fit stays at the ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sums(BTreeMap<String, i64>);

impl Sums {
    pub fn add(&mut self, money: &Money) {
        let sum = self.0.entry(money.currency.clone()).or_default();
        *sum = sum.saturating_add(money.minor);
    }

    pub fn merge(&mut self, other: &Self) {
        other.list().iter().for_each(|money| self.add(money));
    }

    /// What is left when `other` is taken away.
    #[must_use]
    pub fn without(mut self, other: &Self) -> Self {
        for (currency, minor) in &other.0 {
            self.add(&Money { minor: minor.saturating_neg(), currency: currency.clone() });
        }
        self
    }

    /// By the code of the currency.
    pub fn list(&self) -> Vec<Money> {
        let money = |(currency, minor): (&String, &i64)| Money { minor: *minor, currency: currency.clone() };
        self.0.iter().map(money).collect()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
