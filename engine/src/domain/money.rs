//! Money: minor units and a currency, with checked arithmetic.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An amount in minor units (kopiykas, cents) of one currency.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    pub minor: i64,
    /// ISO 4217, three capital letters.
    pub currency: String,
}

impl Money {
    /// Reads `24000 UAH`, `1 250,50 UAH` or, with a default currency, `24000`.
    ///
    /// `None` when it is not an amount, has more than two decimals or does not fit.
    pub fn parse(text: &str, default_currency: Option<&str>) -> Option<Self> {
        let text = text.trim();
        let split = text.rfind(|c: char| c.is_ascii_digit()).map(|at| text.split_at(at + 1))?;
        let (number, currency) = (split.0, split.1.trim());
        let currency = if currency.is_empty() { default_currency? } else { code(currency) };
        let is_code = currency.len() == 3 && currency.bytes().all(|b| b.is_ascii_uppercase());
        is_code.then_some(())?;
        let minor = parse_minor(number)?;
        Some(Self { minor, currency: currency.to_owned() })
    }

    /// The sum, unless the currencies differ or it does not fit.
    pub fn plus(&self, other: &Self) -> Option<Self> {
        (self.currency == other.currency).then_some(())?;
        let minor = self.minor.checked_add(other.minor)?;
        Some(Self { minor, currency: self.currency.clone() })
    }
}

/// The code of a currency as messages write it, so that an amount read in a chat can be typed back.
fn code(written: &str) -> &str {
    match written.trim_end_matches('.') {
        "грн" | "₴" => "UAH",
        "лв" => "BGN",
        "€" | "євро" | "евро" => "EUR",
        "$" => "USD",
        "₫" | "đ" => "VND",
        code => code,
    }
}

fn parse_minor(number: &str) -> Option<i64> {
    let compact: String = number.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}')).collect();
    let (whole, decimals) = compact.split_once(['.', ',']).unwrap_or((&compact, ""));
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(decimals) || decimals.len() > 2 {
        return None;
    }
    let cents = format!("{decimals:0<2}").parse::<i64>().ok()?;
    whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(cents)
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, cents) = (self.minor / 100, (self.minor % 100).abs());
        if cents == 0 {
            write!(f, "{whole} {}", self.currency)
        } else {
            write!(f, "{whole}.{cents:02} {}", self.currency)
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
    fn what_is_no_amount_is_refused() {
        for text in
            ["", "UAH", "-5 UAH", "1.234 UAH", "5 hryvnia", "24000", "99999999999999999999 UAH", "1.2.3 UAH"]
        {
            assert_eq!(Money::parse(text, None), None, "{text}");
        }
    }
}
