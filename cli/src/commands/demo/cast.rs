//! The cast: who works, who pays and where they meet in the example agency.

use super::story::{self, Step};

/// The bot's name in the sandbox.
pub const BOT: &str = "signoff_demo_bot";
/// The group of the staff.
pub const STAFF_CHAT: i64 = -4_001;
/// Its name.
pub const STAFF_TITLE: &str = "Студія Маяк";

/// A person of the agency.
pub struct Worker {
    pub id: &'static str,
    pub name: &'static str,
    pub roles: &'static [&'static str],
    pub telegram: i64,
}

/// Everybody who works here.
pub const STAFF: [Worker; 6] = [
    Worker { id: "olena", name: "Олена Коваль", roles: &["pm"], telegram: 1_001 },
    Worker { id: "maksym", name: "Максим Бондар", roles: &["smm"], telegram: 1_002 },
    Worker { id: "iryna", name: "Ірина Мельник", roles: &["designer"], telegram: 1_003 },
    Worker { id: "nadiia", name: "Надія Шевчук", roles: &["accountant"], telegram: 1_004 },
    Worker { id: "taras", name: "Тарас Гнатюк", roles: &["ads", "developer"], telegram: 1_005 },
    Worker { id: "vira", name: "Віра Головко", roles: &["owner"], telegram: 1_006 },
];

/// A client with its group.
pub struct Customer {
    pub name: &'static str,
    pub language: &'static str,
    pub chat: i64,
    pub title: &'static str,
    /// Name and Telegram user; the first one decides.
    pub people: &'static [(&'static str, i64)],
    pub price: &'static str,
    pub service: &'static str,
    /// Role and person, where nobody has it usually.
    pub assign: &'static [(&'static str, &'static str)],
    /// What has been done for it before one looks.
    pub story: &'static [Step],
}

const ADS: &[(&str, &str)] = &[("ads", "taras")];

/// All clients.
pub const CLIENTS: [Customer; 7] = [
    Customer {
        name: "Кава «Ранок»",
        language: "uk",
        chat: -4_101,
        title: "Кава «Ранок» × Маяк",
        people: &[("Софія Ткаченко", 2_001), ("Андрій Ткаченко", 2_002)],
        price: "24000 UAH",
        service: "smm",
        assign: ADS,
        story: story::RANOK,
    },
    Customer {
        name: "Green Lane Bikes",
        language: "en",
        chat: -4_102,
        title: "Green Lane Bikes × Mayak",
        people: &[("Emma Clarke", 3_001), ("Jack Hughes", 3_002)],
        price: "31000 UAH",
        service: "smm",
        assign: ADS,
        story: story::GREEN,
    },
    Customer {
        name: "Клініка «Перлина»",
        language: "uk",
        chat: -4_103,
        title: "Перлина × Маяк",
        people: &[("Дарина Левченко", 4_001)],
        price: "18000 UAH",
        service: "smm",
        assign: ADS,
        story: story::BRIEF_SENT,
    },
    Customer {
        name: "Салон «Мальва»",
        language: "uk",
        chat: -4_104,
        title: "Мальва × Маяк",
        people: &[("Олеся Мороз", 5_001)],
        price: "22000 UAH",
        service: "smm",
        assign: ADS,
        story: story::MALVA,
    },
    Customer {
        name: "Пекарня «Жито»",
        language: "uk",
        chat: -4_105,
        title: "Жито × Маяк",
        people: &[("Богдан Кравець", 6_001)],
        price: "24000 UAH",
        service: "smm",
        assign: ADS,
        story: &[],
    },
    Customer {
        name: "Майстерня «Дуб»",
        language: "uk",
        chat: -4_106,
        title: "Дуб × Маяк",
        people: &[("Петро Дубовик", 7_001)],
        price: "120000 UAH",
        service: "website",
        assign: &[("developer", "taras"), ("copywriter", "maksym")],
        story: story::BRIEF_SENT,
    },
    Customer {
        name: "Rila Travel",
        language: "en",
        chat: -4_107,
        title: "Rila Travel × Mayak",
        people: &[("Elena Dimitrova", 8_001)],
        price: "30000 UAH",
        service: "seo",
        assign: &[("seo", "maksym"), ("copywriter", "iryna")],
        story: story::BRIEF_SENT,
    },
];
