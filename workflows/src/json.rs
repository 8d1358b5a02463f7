//! JSON whose keys stay in the order in which they were put, because people read it.

use serde::ser::{Error, Serialize, SerializeMap, Serializer};
use serde_json::value::RawValue;

/// A piece of JSON.
pub(crate) enum Json {
    Text(String),
    Number(u32),
    Flag(bool),
    List(Vec<Json>),
    Object(Vec<(&'static str, Json)>),
    /// JSON already.
    Raw(&'static str),
}

impl Json {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A list of texts.
    pub fn texts(texts: impl IntoIterator<Item = &'static str>) -> Self {
        Self::List(texts.into_iter().map(Self::text).collect())
    }

    /// With one more key, if this is an object.
    pub fn with(mut self, key: &'static str, value: Self) -> Self {
        if let Self::Object(pairs) = &mut self {
            pairs.push((key, value));
        }
        self
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => to.serialize_str(text),
            Self::Number(number) => to.serialize_u32(*number),
            Self::Flag(flag) => to.serialize_bool(*flag),
            Self::List(items) => to.collect_seq(items),
            Self::Object(pairs) => {
                let mut map = to.serialize_map(Some(pairs.len()))?;
                for (key, value) in pairs {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
            Self::Raw(json) => {
                serde_json::from_str::<&RawValue>(json).map_err(S::Error::custom)?.serialize(to)
            }
        }
    }
}
