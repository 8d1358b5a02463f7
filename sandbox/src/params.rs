//! The parameters of a call, whichever way they came: query, JSON, form or multipart.

use std::collections::BTreeMap;

use axum::body::to_bytes;
use axum::extract::{FromRequest, Multipart, Request};
use serde_json::{Map, Value, json};

use crate::refusal::Refusal;

/// The largest body taken, in bytes: 50 MB of a file and its wrapping.
pub(crate) const BODY_LIMIT: usize = 52 * 1024 * 1024;

/// A file sent with the call.
#[derive(Clone, Debug)]
pub(crate) struct Upload {
    pub name: Option<String>,
    pub mime: Option<String>,
    pub bytes: Vec<u8>,
}

/// Named values and files of one call.
#[derive(Clone, Debug, Default)]
pub(crate) struct Params {
    values: Map<String, Value>,
    uploads: BTreeMap<String, Upload>,
}

impl Params {
    /// Parameters that came as a JSON object.
    pub fn of(values: Map<String, Value>) -> Self {
        Self { values, uploads: BTreeMap::new() }
    }

    pub async fn read(request: Request) -> Result<Self, Refusal> {
        let mut params = Self::default();
        if let Some(query) = request.uri().query() {
            params.take_form(query);
        }
        let kind = request
            .headers()
            .get("content-type")
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .to_ascii_lowercase();
        if kind.starts_with("multipart/form-data") {
            params.take_multipart(request).await?;
            return Ok(params);
        }
        let body = to_bytes(request.into_body(), BODY_LIMIT)
            .await
            .map_err(|_| Refusal::bad("request body is too big or broken"))?;
        if kind.starts_with("application/json") {
            params.take_json(&body)?;
        } else {
            params.take_form(&String::from_utf8_lossy(&body));
        }
        Ok(params)
    }

    fn take_json(&mut self, body: &[u8]) -> Result<(), Refusal> {
        if body.is_empty() {
            return Ok(());
        }
        let read: Value =
            serde_json::from_slice(body).map_err(|_| Refusal::bad("can't parse JSON object"))?;
        let Value::Object(fields) = read else {
            return Err(Refusal::bad("can't parse JSON object"));
        };
        self.values.extend(fields);
        Ok(())
    }

    fn take_form(&mut self, text: &str) {
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            self.values.insert(percent_decode(key), Value::String(percent_decode(value)));
        }
    }

    async fn take_multipart(&mut self, request: Request) -> Result<(), Refusal> {
        let broken = || Refusal::bad("can't parse multipart body");
        let mut parts = Multipart::from_request(request, &()).await.map_err(|_| broken())?;
        while let Some(part) = parts.next_field().await.map_err(|_| broken())? {
            let key = part.name().unwrap_or_default().to_owned();
            let name = part.file_name().map(str::to_owned);
            let mime = part.content_type().map(str::to_owned);
            let bytes = part.bytes().await.map_err(|_| broken())?.to_vec();
            if name.is_some() {
                self.uploads.insert(key, Upload { name, mime, bytes });
            } else {
                self.values.insert(key, Value::String(String::from_utf8_lossy(&bytes).into_owned()));
            }
        }
        Ok(())
    }

    /// The value as JSON; a string that holds JSON (forms send objects so) is read.
    pub fn json(&self, key: &str) -> Result<Option<Value>, Refusal> {
        match self.values.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if text.is_empty() => Ok(None),
            Some(Value::String(text)) => serde_json::from_str(text)
                .map(Some)
                .map_err(|_| Refusal::bad(format!("can't parse {key} JSON object"))),
            Some(value) => Ok(Some(value.clone())),
        }
    }

    pub fn text(&self, key: &str) -> Option<String> {
        let value = self.values.get(key)?;
        if value.is_null() {
            return None;
        }
        Some(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
    }

    pub fn int(&self, key: &str) -> Option<i64> {
        let value = self.values.get(key)?;
        value.as_i64().or_else(|| value.as_str()?.trim().parse().ok())
    }

    pub fn flag(&self, key: &str) -> bool {
        self.text(key).is_some_and(|text| matches!(text.to_ascii_lowercase().as_str(), "true" | "1" | "yes"))
    }

    /// The part of this name.
    pub fn part(&self, name: &str) -> Option<&Upload> {
        self.uploads.get(name)
    }

    /// All parameters for the journal; files by name and size alone.
    pub fn shown(&self) -> Value {
        let mut shown = self.values.clone();
        for (key, upload) in &self.uploads {
            shown.insert(key.clone(), json!({"file_name": upload.name, "bytes": upload.bytes.len()}));
        }
        Value::Object(shown)
    }

    /// The file named by `key`: a part of that name, or the part its `attach://` value names.
    pub fn upload(&self, key: &str) -> Option<&Upload> {
        if let Some(upload) = self.uploads.get(key) {
            return Some(upload);
        }
        let value = self.values.get(key)?.as_str()?;
        self.uploads.get(value.strip_prefix("attach://")?)
    }
}

pub(crate) fn percent_decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = |i: usize| bytes.get(i).and_then(|b| char::from(*b).to_digit(16));
        match (bytes[at], hex(at + 1), hex(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                at += 3;
            }
            (b'+', _, _) => {
                out.push(b' ');
                at += 1;
            }
            (byte, _, _) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_value_keeps_its_cyrillic_and_its_plus() {
        assert_eq!(percent_decode("%D0%A1%D0%BE+a%2Bb%"), "Со a+b%");
    }
}
