//! What a file is, by what it holds: neither its name nor what a browser says of it counts (RELIABILITY 6.6).

/// So many bytes of the beginning tell.
pub const HEAD: usize = 4096;

/// What files begin with, and what they are then.
const BEGINNINGS: [(&[u8], &str); 13] = [
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"8BPS", "image/vnd.adobe.photoshop"),
    (b"\x1a\x45\xdf\xa3", "video/webm"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
];

/// The first folder in a document of an office, and what the document is.
const OFFICE: [(&[u8], &str); 3] = [
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
];

/// The media type; what a browser could run is plain text or mere bytes.
pub fn media_type(head: &[u8]) -> &'static str {
    let known = BEGINNINGS.iter().find(|(begins, _)| head.starts_with(begins));
    if let Some((_, mime)) = known {
        return mime;
    }
    if head.starts_with(b"PK\x03\x04") {
        return zipped(head);
    }
    match (head.get(4..8), head.get(8..12)) {
        (Some(b"ftyp"), Some(b"qt  ")) => "video/quicktime",
        (Some(b"ftyp"), Some(b"heic" | b"heix" | b"mif1")) => "image/heic",
        (Some(b"ftyp"), _) => "video/mp4",
        (_, Some(b"WEBP")) if head.starts_with(b"RIFF") => "image/webp",
        (_, Some(b"WAVE")) if head.starts_with(b"RIFF") => "audio/wav",
        _ if is_text(head) => "text/plain",
        _ => "application/octet-stream",
    }
}

fn zipped(head: &[u8]) -> &'static str {
    let holds = |name: &[u8]| head.windows(name.len()).any(|part| part == name);
    if !holds(b"[Content_Types].xml") {
        return "application/zip";
    }
    OFFICE.iter().find(|(folder, _)| holds(folder)).map_or("application/zip", |(_, mime)| mime)
}

/// Text may be cut in the middle of a letter.
fn is_text(head: &[u8]) -> bool {
    let cut = head.len() == HEAD;
    let is_utf8 = match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(error) => cut && error.error_len().is_none(),
    };
    is_utf8 && !head.is_empty() && !head.contains(&0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_tell_whatever_the_name_says() {
        let office = [b"PK\x03\x04....[Content_Types].xml".as_slice(), b"....xl/workbook.xml"].concat();
        for (head, mime) in [
            (b"%PDF-1.7".as_slice(), "application/pdf"),
            (b"\x89PNG\r\n\x1a\n...", "image/png"),
            (b"PK\x03\x04...", "application/zip"),
            (&office, OFFICE[1].1),
            (b"\0\0\0\x20ftypisom", "video/mp4"),
            (b"RIFF....WEBPVP8 ", "image/webp"),
            (b"\x00\x01\x02", "application/octet-stream"),
            ("Кава".as_bytes(), "text/plain"),
        ] {
            assert_eq!(media_type(head), mime);
        }
    }

    #[test]
    fn what_a_browser_could_run_is_plain_text() {
        for text in
            ["<html><script>alert(1)</script>", "<svg xmlns='http://www.w3.org/2000/svg'/>", "alert(1)"]
        {
            assert_eq!(media_type(text.as_bytes()), "text/plain");
        }
    }

    #[test]
    fn a_text_that_is_cut_within_a_letter_is_text() {
        let long = "ї".repeat(HEAD);
        assert_eq!(
            media_type(&long.as_bytes()[1..=HEAD]),
            "application/octet-stream",
            "begins within a letter"
        );
        let odd = format!("a{long}");
        assert_eq!(media_type(&odd.as_bytes()[..HEAD]), "text/plain");
    }
}
