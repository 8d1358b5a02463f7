//! Slug: the id that is made from a name, in letters that every keyboard has.

/// `Кава «Ранок»` becomes `kava-ranok`; a name without a letter or digit becomes `client`.
pub fn slug(name: &str) -> String {
    let mut out = String::new();
    for letter in name.to_lowercase().chars() {
        let latin = latin(letter);
        if letter.is_ascii_alphanumeric() {
            out.push(letter);
        } else if !latin.is_empty() || is_silent(letter) {
            out.push_str(latin);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    let short: String = out.trim_matches('-').chars().take(40).collect();
    let short = short.trim_matches('-');
    if short.is_empty() { "client".to_owned() } else { short.to_owned() }
}

/// Letters and marks that leave nothing behind: soft sign, apostrophes, combining accents.
fn is_silent(letter: char) -> bool {
    matches!(letter, 'ь' | '\'' | '’' | 'ʼ' | '\u{300}'..='\u{36f}')
}

fn latin(letter: char) -> &'static str {
    match letter {
        'а' | 'ъ' => "a",
        'б' => "b",
        'в' => "v",
        'г' => "h",
        'ґ' => "g",
        'д' => "d",
        'е' | 'э' | 'ё' => "e",
        'є' => "ie",
        'ж' => "zh",
        'з' => "z",
        'и' | 'й' | 'ы' => "y",
        'і' | 'ї' => "i",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' => "u",
        'ф' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ю' => "iu",
        'я' => "ia",
        other => plain_latin(other),
    }
}

/// Latin letters without their marks; Vietnamese has two marks on one letter.
fn plain_latin(letter: char) -> &'static str {
    const FAMILIES: [(&str, &str); 12] = [
        ("a", "àáâãäåāăąảạấầẩẫậắằẳẵặ"),
        ("c", "çćč"),
        ("d", "đďð"),
        ("e", "èéêëēęěẻẽẹếềểễệ"),
        ("i", "ìíîïīįỉĩị"),
        ("l", "ł"),
        ("n", "ñńň"),
        ("o", "òóôõöøōőỏọốồổỗộơớờởỡợ"),
        ("s", "śšş"),
        ("u", "ùúûüūůűủũụưứừửữự"),
        ("y", "ýỳỷỹỵ"),
        ("z", "źżž"),
    ];
    FAMILIES.iter().find(|(_, family)| family.contains(letter)).map_or("", |(plain, _)| plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_the_four_languages_become_ids() {
        assert_eq!(slug("Кава «Ранок»"), "kava-ranok");
        assert_eq!(slug("Green Lane Bikes"), "green-lane-bikes");
        assert_eq!(slug("Здоров’я та Їжа"), "zdorovia-ta-izha");
        assert_eq!(slug("Phở Việt Đức"), "pho-viet-duc");
        assert_eq!(slug("Хляб и сол"), "khliab-y-sol");
    }

    #[test]
    fn a_name_of_signs_alone_still_gets_an_id() {
        assert_eq!(slug("«…»"), "client");
        assert_eq!(slug(""), "client");
    }
}
