//! Albums: which files may go together in one message (TG-30).

use crate::domain::ContentId;
use crate::store::change::Content;

/// The most files of one album.
const MOST: usize = 10;

/// Files of one shelf may stand in one album.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// Photos and videos.
    Pictures,
    Documents,
    Audios,
    /// Voices, stickers and whatever else goes by itself; also what is no longer kept, so that somebody hears of it.
    Alone,
}

impl Shelf {
    /// Where the content belongs; nothing if it holds no file.
    pub fn of(content: &Content) -> Option<Self> {
        if content.file_id.is_none() {
            // A file that Telegram does not have yet goes out as a document.
            return content.file_name.is_some().then_some(Self::Documents);
        }
        Some(match content.kind.as_str() {
            "photo" | "video" => Self::Pictures,
            "document" => Self::Documents,
            "audio" => Self::Audios,
            _ => Self::Alone,
        })
    }
}

/// The files in their order, neighbours of one shelf together.
pub fn albums(files: Vec<(Shelf, ContentId)>) -> Vec<Vec<ContentId>> {
    let mut groups: Vec<(Shelf, Vec<ContentId>)> = Vec::new();
    for (shelf, file) in files {
        match groups.last_mut() {
            Some((known, group)) if *known == shelf && shelf != Shelf::Alone && group.len() < MOST => {
                group.push(file);
            }
            _ => groups.push((shelf, vec![file])),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(shelves: &[Shelf]) -> Vec<usize> {
        let files = shelves.iter().map(|shelf| (*shelf, ContentId::from("c"))).collect();
        albums(files).iter().map(Vec::len).collect()
    }

    #[test]
    fn pictures_go_together_and_documents_stay_among_themselves() {
        use Shelf::{Alone, Audios, Documents, Pictures};
        assert_eq!(sizes(&[Pictures, Pictures, Documents, Documents, Documents, Audios]), [2, 3, 1]);
        assert_eq!(sizes(&[Alone, Alone, Pictures, Alone]), [1, 1, 1, 1]);
    }

    #[test]
    fn more_than_ten_are_several_albums() {
        assert_eq!(sizes(&[Shelf::Documents; 21]), [10, 10, 1]);
    }
}
