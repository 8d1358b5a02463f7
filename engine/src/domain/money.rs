//! Money: minor units and a currency, with checked arithmetic.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::decimal::{self, Decimal, Reading};

/// An amount in minor units (kopiykas, cents) of one currency.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    pub minor: i64,
    /// ISO 4217, three capital letters.
    pub currency: String,
}

/// Why a text is not taken for an amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unread {
    /// Not an amount, more than two decimals, or too large.
    NoAmount,
    /// `24.000 UAH` is 24000 to some and 24 to others.
    Either(Money, Money),
}

impl Money {
    /// Reads `24000 UAH`, `24,000 UAH`, `$24,000.50`, `1 250,50 грн` or, with a default currency, `24000`.
    pub fn read(text: &str, default_currency: Option<&str>) -> Result<Self, Unread> {
        let (number, currency) = halves(text.trim(), default_currency).ok_or(Unread::NoAmount)?;
        let money = |decimal: &Decimal| {
            let minor = minor(decimal).ok_or(Unread::NoAmount)?;
            Ok(Self { minor, currency: currency.clone() })
        };
        match decimal::read(number).ok_or(Unread::NoAmount)? {
            Reading::Sure(decimal) => money(&decimal),
            // Nobody writes three decimals of a hryvnia with a comma; with a point it is anybody's guess.
            Reading::Either { mark: ',', grouped, .. } => money(&grouped),
            Reading::Either { grouped, mut pointed, .. } => {
                pointed.decimals.truncate(2);
                Err(Unread::Either(money(&grouped)?, money(&pointed)?))
            }
        }
    }

    /// The same, where nobody asks why not.
    pub fn parse(text: &str, default_currency: Option<&str>) -> Option<Self> {
        Self::read(text, default_currency).ok()
    }

    /// The same amount the other way round, unless it does not fit.
    pub fn negated(&self) -> Option<Self> {
        Some(Self { minor: self.minor.checked_neg()?, currency: self.currency.clone() })
    }

    /// A part of it in hundredths of a percent, rounded down to the minor unit.
    pub fn part(&self, hundredths: u32) -> Option<Self> {
        let minor = i128::from(self.minor) * i128::from(hundredths) / 10_000;
        Some(Self { minor: i64::try_from(minor).ok()?, currency: self.currency.clone() })
    }

    /// The difference, unless the currencies differ or it does not fit.
    pub fn minus(&self, other: &Self) -> Option<Self> {
        self.plus(&other.negated()?)
    }

    /// The sum, unless the currencies differ or it does not fit.
    pub fn plus(&self, other: &Self) -> Option<Self> {
        (self.currency == other.currency).then_some(())?;
        let minor = self.minor.checked_add(other.minor)?;
        Some(Self { minor, currency: self.currency.clone() })
    }
}

/// The number, and the code of the currency that stands before or after it.
fn halves<'t>(text: &'t str, default_currency: Option<&str>) -> Option<(&'t str, String)> {
    let is_digit = |c: char| c.is_ascii_digit();
    let (first, last) = (text.find(is_digit)?, text.rfind(is_digit)?);
    let (before, after) = (text[..first].trim(), text[last + 1..].trim());
    let currency = match (before, after) {
        ("", "") => default_currency?.to_owned(),
        ("", written) | (written, "") => code(written),
        _ => return None,
    };
    let is_code = currency.len() == 3 && currency.bytes().all(|b| b.is_ascii_uppercase());
    is_code.then_some((&text[first..=last], currency))
}

/// The code of a currency as messages write it, so that an amount read in a chat can be typed back.
fn code(written: &str) -> String {
    let written = written.trim_end_matches('.').to_lowercase();
    let code = match written.as_str() {
        "грн" | "₴" | "гривня" | "гривні" | "гривень" => "UAH",
        "лв" => "BGN",
        "€" | "євро" | "евро" => "EUR",
        "$" => "USD",
        "₫" | "đ" => "VND",
        code => return code.to_uppercase(),
    };
    code.to_owned()
}

fn minor(decimal: &Decimal) -> Option<i64> {
    if decimal.decimals.len() > 2 {
        return None;
    }
    let cents = format!("{:0<2}", decimal.decimals).parse::<i64>().ok()?;
    decimal.whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(cents)
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, cents) = (self.minor.unsigned_abs() / 100, self.minor.unsigned_abs() % 100);
        let sign = if self.minor < 0 { "-" } else { "" };
        if cents == 0 {
            write!(f, "{sign}{whole} {}", self.currency)
        } else {
            write!(f, "{sign}{whole}.{cents:02} {}", self.currency)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_read_as_people_write_it() {
        let uah = |minor| Some(Money { minor, currency: "UAH".into() });
        assert_eq!(Money::parse("24000 UAH", None), uah(2_400_000));
        assert_eq!(Money::parse("1 250,50 UAH", None), uah(125_050));
        assert_eq!(Money::parse("24000", Some("UAH")), uah(2_400_000));
        assert_eq!(Money::parse("24000.5UAH", None), uah(2_400_050));
        assert_eq!(Money::parse("24\u{202f}000\u{202f}грн", None), uah(2_400_000));
        assert_eq!(Money::parse("5 000 грн.", Some("EUR")), uah(500_000));
    }

    #[test]
    fn an_english_amount_is_read_like_a_ukrainian_one() {
        let uah = |minor| Ok(Money { minor, currency: "UAH".into() });
        for text in [
            "24,000 UAH",
            "24 000 грн",
            "24000 uah",
            "UAH 24,000",
            "24,000.00 UAH",
            "24.000,00 грн",
            "₴24000",
        ] {
            assert_eq!(Money::read(text, None), uah(2_400_000), "{text}");
        }
        for text in ["24 000,50 грн", "24000.50 UAH", "24,000.50 UAH", "24.000,5 грн.", "24000,5 гривень"]
        {
            assert_eq!(Money::read(text, None), uah(2_400_050), "{text}");
        }
        assert_eq!(Money::read("$1,234,567", None), Ok(Money { minor: 123_456_700, currency: "USD".into() }));
    }

    #[test]
    fn an_amount_that_can_be_read_twice_is_refused_with_both_readings() {
        let uah = |minor| Money { minor, currency: "UAH".into() };
        assert_eq!(Money::read("24.000 UAH", None), Err(Unread::Either(uah(2_400_000), uah(2_400))));
        assert_eq!(Money::read("1.234 грн", None), Err(Unread::Either(uah(123_400), uah(123))));
        assert_eq!(Money::read("0,500 грн", None), Err(Unread::NoAmount));
        assert_eq!(Money::read("UAH 5 UAH", None), Err(Unread::NoAmount));
    }

    #[test]
    fn parts_and_the_rest_are_the_whole_to_the_last_kopiyka() {
        let price = Money::parse("1000.01 UAH", None).unwrap();
        let (first, second) = (price.part(4_000).unwrap(), price.part(3_333).unwrap());
        let rest = price.minus(&first).unwrap().minus(&second).unwrap();
        assert_eq!((first.minor, second.minor, rest.minor), (40_000, 33_330, 26_671));
        assert_eq!(first.plus(&second).unwrap().plus(&rest), Some(price));
    }

    #[test]
    fn what_does_not_fit_or_does_not_match_is_no_sum() {
        let most = Money { minor: i64::MAX, currency: "UAH".into() };
        assert_eq!(most.plus(&most), None);
        assert_eq!(most.minus(&Money { minor: 1, currency: "EUR".into() }), None);
        assert_eq!(most.part(10_000), Some(most.clone()));
        assert_eq!(Money { minor: i64::MIN, currency: "UAH".into() }.negated(), None);
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for text in
            ["", "UAH", "-5 UAH", "1.234 UAH", "5 hryvnia", "24000", "99999999999999999999 UAH", "1.2.3 UAH"]
        {
            assert_eq!(Money::parse(text, None), None, "{text}");
        }
    }
}
