//! Classify: our own table of what Telegram's answers mean (TG-01, TELEGRAM 4.9).

/// What became of a call to Telegram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Done; the id of the message, 0 where the method has none.
    Accepted(i64),
    /// Done; the ids of the first and of the last item of an album.
    AcceptedAlbum {
        first: i64,
        last: i64,
    },
    /// "message is not modified": it is as it should be.
    AlreadySo,
    /// No byte reached Telegram.
    NotSent,
    /// Too many messages; wait so many seconds.
    Wait(i64),
    /// The group has a new id.
    Moved(i64),
    /// The message to change or delete is not there.
    MessageGone,
    /// The message to change or delete is somebody else's, or can no longer be changed.
    NotOurs,
    /// The formatting cannot be read.
    BadMarkup,
    TooLong,
    /// A button that Telegram does not take here.
    BadButton,
    /// The topic is gone.
    NoTopic,
    /// The chat cannot be written to.
    ChatGone(Lost),
    /// The token is not valid.
    TokenDead,
    /// Somebody else asks for updates, or a webhook is set.
    Conflict,
    /// An answer to a press that came too late.
    TooOld,
    /// The file to send is not here.
    NoFile,
    /// Any other refusal: Telegram's words.
    Rejected(String),
    /// It may have been done or not.
    Unknown,
}

/// Why a chat cannot be written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// The bot was removed from the group.
    Removed,
    /// The user has blocked the bot.
    Blocked,
    /// The user's account is gone.
    Deactivated,
    /// The user never pressed Start.
    NeverStarted,
    /// The bot may not write in the group.
    Restricted,
    /// There is no such chat.
    NotFound,
    /// The part of the group that the messages go to is closed.
    Closed,
}

impl Lost {
    /// The word for logs and facts.
    pub fn word(self) -> &'static str {
        match self {
            Self::Removed => "removed",
            Self::Blocked => "blocked",
            Self::Deactivated => "deactivated",
            Self::NeverStarted => "never_started",
            Self::Restricted => "restricted",
            Self::NotFound => "not_found",
            Self::Closed => "closed",
        }
    }
}

/// Parts of descriptions in small letters, the more exact first; each row is one of TELEGRAM 4.9.
const TABLE: &[(&str, Verdict)] = &[
    ("message is not modified", Verdict::AlreadySo),
    ("message_not_modified", Verdict::AlreadySo),
    ("query is too old", Verdict::TooOld),
    ("query id is invalid", Verdict::TooOld),
    ("query_id_invalid", Verdict::TooOld),
    ("message to edit not found", Verdict::MessageGone),
    ("message can't be edited", Verdict::NotOurs),
    ("message to delete not found", Verdict::MessageGone),
    ("message can't be deleted", Verdict::NotOurs),
    ("message to copy not found", Verdict::MessageGone),
    ("message can't be copied", Verdict::NotOurs),
    ("message_id_invalid", Verdict::MessageGone),
    ("there is no text in the message to edit", Verdict::NotOurs),
    ("can't parse entities", Verdict::BadMarkup),
    ("can't find end of the entity", Verdict::BadMarkup),
    ("entity_bounds_invalid", Verdict::BadMarkup),
    ("message is too long", Verdict::TooLong),
    ("message_too_long", Verdict::TooLong),
    ("caption is too long", Verdict::TooLong),
    ("media_caption_too_long", Verdict::TooLong),
    ("button_data_invalid", Verdict::BadButton),
    ("button_type_invalid", Verdict::BadButton),
    ("button_url_invalid", Verdict::BadButton),
    ("button_user_privacy_restricted", Verdict::BadButton),
    ("message thread not found", Verdict::NoTopic),
    ("topic_closed", Verdict::NoTopic),
    ("topic_deleted", Verdict::NoTopic),
    ("blocked by the user", Verdict::ChatGone(Lost::Blocked)),
    ("user_is_blocked", Verdict::ChatGone(Lost::Blocked)),
    ("user is deactivated", Verdict::ChatGone(Lost::Deactivated)),
    ("user_deactivated", Verdict::ChatGone(Lost::Deactivated)),
    ("can't initiate conversation", Verdict::ChatGone(Lost::NeverStarted)),
    ("bot was kicked", Verdict::ChatGone(Lost::Removed)),
    ("not a member of", Verdict::ChatGone(Lost::Removed)),
    ("group chat was deactivated", Verdict::ChatGone(Lost::Removed)),
    ("the group chat was deleted", Verdict::ChatGone(Lost::Removed)),
    ("channel_private", Verdict::ChatGone(Lost::Removed)),
    ("chat not found", Verdict::ChatGone(Lost::NotFound)),
    ("peer_id_invalid", Verdict::ChatGone(Lost::NotFound)),
    ("not enough rights to send", Verdict::ChatGone(Lost::Restricted)),
    ("have no rights to send", Verdict::ChatGone(Lost::Restricted)),
    ("need administrator rights", Verdict::ChatGone(Lost::Restricted)),
    ("chat_write_forbidden", Verdict::ChatGone(Lost::Restricted)),
    ("chat_restricted", Verdict::ChatGone(Lost::Restricted)),
    ("chat_send_plain_forbidden", Verdict::ChatGone(Lost::Restricted)),
    ("invalid bot token", Verdict::TokenDead),
    ("terminated by other getupdates", Verdict::Conflict),
    ("can't use getupdates method while webhook", Verdict::Conflict),
];

/// What a refusal means, by its words and, where there is one, its code (HTTP or `error_code`).
pub fn refusal(code: Option<u16>, description: &str) -> Verdict {
    let words = description.to_lowercase();
    // A server that is closing may say anything: nothing is certain then.
    if code.is_some_and(|code| code >= 500) || words.starts_with("internal server error") {
        return Verdict::Unknown;
    }
    // Our own mistake, or a server that is older than we are: it costs this call and no other.
    if words.contains("method not found") {
        return Verdict::Rejected(description.chars().take(200).collect());
    }
    if let Some((_, verdict)) = TABLE.iter().find(|(part, _)| words.contains(part)) {
        return verdict.clone();
    }
    by_code(code.or_else(|| code_in(&words)), description)
}

fn by_code(code: Option<u16>, description: &str) -> Verdict {
    match code {
        Some(401 | 404) => Verdict::TokenDead,
        Some(403) => Verdict::ChatGone(Lost::Removed),
        Some(409) => Verdict::Conflict,
        Some(429) => Verdict::Wait(seconds_in(description)),
        Some(code) if code >= 500 => Verdict::Unknown,
        _ => Verdict::Rejected(description.chars().take(200).collect()),
    }
}

/// The code that the first words stand for; the library keeps only the words.
fn code_in(words: &str) -> Option<u16> {
    const STARTS: [(&str, u16); 7] = [
        ("unauthorized", 401),
        ("not found", 404),
        ("forbidden", 403),
        ("conflict", 409),
        ("too many requests", 429),
        ("bad gateway", 502),
        ("bad request", 400),
    ];
    STARTS.iter().find(|(start, _)| words.starts_with(start)).map(|(_, code)| *code)
}

fn seconds_in(description: &str) -> i64 {
    let digits: String = description.chars().filter(char::is_ascii_digit).take(6).collect();
    digits.parse().unwrap_or(5)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every row of TELEGRAM 4.9, in the words that Telegram sends now.
    #[test]
    fn every_row_of_the_error_table_is_understood() {
        let removed = || Verdict::ChatGone(Lost::Removed);
        let rows = [
            (429, "Too Many Requests: retry after 35", Verdict::Wait(35)),
            (403, "Forbidden: bot was blocked by the user", Verdict::ChatGone(Lost::Blocked)),
            (403, "Forbidden: user is deactivated", Verdict::ChatGone(Lost::Deactivated)),
            (403, "Forbidden: bot was kicked from the group chat", removed()),
            (403, "Forbidden: bot was kicked from the supergroup chat", removed()),
            (403, "Forbidden: bot is not a member of the supergroup chat", removed()),
            (
                403,
                "Forbidden: bot can't initiate conversation with a user",
                Verdict::ChatGone(Lost::NeverStarted),
            ),
            (400, "Bad Request: chat not found", Verdict::ChatGone(Lost::NotFound)),
            (400, "Bad Request: message thread not found", Verdict::NoTopic),
            (400, "Bad Request: TOPIC_CLOSED", Verdict::NoTopic),
            (400, "Bad Request: TOPIC_DELETED", Verdict::NoTopic),
            (
                400,
                "Bad Request: not enough rights to send text messages to the chat",
                Verdict::ChatGone(Lost::Restricted),
            ),
            (
                400,
                "Bad Request: message is not modified: specified new message content and reply markup are exactly the same",
                Verdict::AlreadySo,
            ),
            (400, "Bad Request: message to edit not found", Verdict::MessageGone),
            (400, "Bad Request: message can't be edited", Verdict::NotOurs),
            (400, "Bad Request: can't parse entities: Unsupported start tag", Verdict::BadMarkup),
            (400, "Bad Request: message is too long", Verdict::TooLong),
            (400, "Bad Request: BUTTON_DATA_INVALID", Verdict::BadButton),
            (400, "Bad Request: BUTTON_TYPE_INVALID", Verdict::BadButton),
            (
                400,
                "Bad Request: query is too old and response timeout expired or query ID is invalid",
                Verdict::TooOld,
            ),
            (409, "Conflict: terminated by other getUpdates request", Verdict::Conflict),
            (409, "Conflict: can't use getUpdates method while webhook is active", Verdict::Conflict),
            (400, "Bad Request: message to copy not found", Verdict::MessageGone),
            (401, "Unauthorized", Verdict::TokenDead),
            (404, "Not Found", Verdict::TokenDead),
            (500, "Internal Server Error: restart", Verdict::Unknown),
            (502, "Bad Gateway", Verdict::Unknown),
        ];
        for (code, words, verdict) in rows {
            assert_eq!(refusal(Some(code), words), verdict, "{words}");
            assert_eq!(refusal(None, words), verdict, "without a code: {words}");
        }
    }

    #[test]
    fn a_method_that_the_server_does_not_know_says_nothing_of_the_token() {
        let words = "Not Found: method not found";
        for code in [Some(404), None] {
            assert_eq!(refusal(code, words), Verdict::Rejected(words.to_owned()));
        }
    }

    #[test]
    fn case_does_not_matter() {
        assert_eq!(refusal(Some(400), "BAD REQUEST: Message Is Not Modified"), Verdict::AlreadySo);
    }

    #[test]
    fn old_words_for_a_removed_bot_are_not_taken_for_a_dead_token() {
        assert_eq!(
            refusal(None, "Unauthorized: bot was kicked from a chat"),
            Verdict::ChatGone(Lost::Removed)
        );
    }

    #[test]
    fn what_nobody_has_seen_before_is_a_refusal_with_its_words() {
        let words = "Bad Request: SOMETHING_NEW";
        assert_eq!(refusal(Some(400), words), Verdict::Rejected(words.to_owned()));
    }
}
