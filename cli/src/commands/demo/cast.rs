//! The cast: who works, who pays and where they meet in the example agency.

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
pub const STAFF: [Worker; 5] = [
    Worker { id: "olena", name: "Олена Коваль", roles: &["pm"], telegram: 1_001 },
    Worker { id: "maksym", name: "Максим Бондар", roles: &["smm"], telegram: 1_002 },
    Worker { id: "iryna", name: "Ірина Мельник", roles: &["designer"], telegram: 1_003 },
    Worker { id: "nadiia", name: "Надія Шевчук", roles: &["accountant"], telegram: 1_004 },
    Worker { id: "taras", name: "Тарас Гнатюк", roles: &["ads"], telegram: 1_005 },
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
}

/// All clients.
pub const CLIENTS: [Customer; 3] = [
    Customer {
        name: "Кава «Ранок»",
        language: "uk",
        chat: -4_101,
        title: "Кава «Ранок» × Маяк",
        people: &[("Софія Ткаченко", 2_001), ("Андрій Ткаченко", 2_002)],
        price: "24000 UAH",
    },
    Customer {
        name: "Green Lane Bikes",
        language: "en",
        chat: -4_102,
        title: "Green Lane Bikes × Mayak",
        people: &[("Emma Clarke", 3_001), ("Jack Hughes", 3_002)],
        price: "31000 UAH",
    },
    Customer {
        name: "Клініка «Перлина»",
        language: "uk",
        chat: -4_103,
        title: "Перлина × Маяк",
        people: &[("Дарина Левченко", 4_001)],
        price: "18000 UAH",
    },
];
