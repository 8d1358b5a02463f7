//! Papers: every file that was ever handed over in a project, with its place in the archive.

use std::collections::{HashMap, HashSet};

use engine::domain::ContentId;
use engine::store::StoredEvent;
use engine::store::change::Content;
use serde_json::Value as Json;

use crate::gather::references;
use crate::names::{Taken, safe_name};

/// A file.
#[derive(Clone, Debug)]
pub struct Paper {
    pub content: ContentId,
    pub path: String,
    /// Of its bytes, and their name in the folder of files.
    pub sha256: String,
}

/// Those that the facts name, each once, under the task of its first fact.
pub fn papers(events: &[(StoredEvent, Json)], contents: &HashMap<ContentId, Content>) -> Vec<Paper> {
    let (mut taken, mut seen, mut found) = (Taken::default(), HashSet::new(), Vec::new());
    for (_, data) in events {
        let task = data["task"].as_str().unwrap_or("project");
        for content in
            references(data).iter().filter_map(|id| contents.get(id)).filter(|content| is_file(content))
        {
            if seen.insert(content.content.clone()) {
                let name = content.file_name.as_deref().unwrap_or(&content.kind);
                let path = taken.path(&format!("files/{}", safe_name(task)), name);
                found.push(Paper { content: content.content.clone(), path, sha256: content.sha256.clone() });
            }
        }
    }
    found
}

fn is_file(content: &Content) -> bool {
    content.file_name.is_some() || content.file_id.is_some() || content.size.is_some()
}
