//! Files on their way out: each goes as the kind it came in, several as an album, anything else as a copy.

use engine::store::change::Copied;
use teloxide_core::payloads::{
    CopyMessage, SendAnimation, SendAudio, SendDocument, SendMediaGroup, SendPhoto, SendSticker, SendVideo,
    SendVideoNote, SendVoice,
};
use teloxide_core::requests::{MultipartRequest, Request};
use teloxide_core::types::{
    ChatId, FileId, InputFile, InputMedia, InputMediaAudio, InputMediaDocument, InputMediaPhoto,
    InputMediaVideo, Recipient,
};

use super::dress::{caption, entities, markup, message_id, reply, topic};
use super::{Api, FileSource, Loose, Outgoing};
use crate::classify::Verdict;

impl FileSource {
    fn input(&self) -> InputFile {
        match self {
            Self::Telegram { file_id, .. } => InputFile::file_id(FileId(file_id.clone())),
            Self::Disk { path, name } => InputFile::file(path).file_name(name.clone()),
        }
    }

    /// As an item of an album.
    fn item(&self) -> InputMedia {
        let kind = match self {
            Self::Telegram { kind, .. } => kind.as_str(),
            Self::Disk { .. } => "document",
        };
        match kind {
            "photo" => InputMedia::Photo(InputMediaPhoto::new(self.input())),
            "video" => InputMedia::Video(InputMediaVideo::new(self.input())),
            "audio" => InputMedia::Audio(InputMediaAudio::new(self.input())),
            _ => InputMedia::Document(InputMediaDocument::new(self.input())),
        }
    }
}

impl Api {
    pub(super) async fn send_file(&self, out: Outgoing<'_>, file: &FileSource) -> Verdict {
        let chat = Recipient::Id(ChatId(out.chat));
        match file {
            FileSource::Disk { .. } => {
                let mut payload = SendDocument::new(chat, file.input());
                payload.message_thread_id = topic(out);
                payload.caption = caption(out);
                payload.caption_entities = entities(out);
                payload.reply_parameters = reply(out);
                payload.reply_markup = markup(out.words);
                let request = MultipartRequest::new(self.line().bot, Loose(payload));
                self.finish(request.send()).await
            }
            FileSource::Telegram { kind, .. } => self.send_again(out, chat, file.input(), kind).await,
        }
    }

    /// A file that Telegram has must go out as the kind it came in.
    async fn send_again(&self, out: Outgoing<'_>, chat: Recipient, input: InputFile, kind: &str) -> Verdict {
        macro_rules! send {
            ($payload:ident) => {{
                let mut payload = $payload::new(chat, input);
                payload.message_thread_id = topic(out);
                payload.caption = caption(out);
                payload.caption_entities = entities(out);
                payload.reply_parameters = reply(out);
                payload.reply_markup = markup(out.words);
                self.call(payload).await
            }};
        }
        macro_rules! send_bare {
            ($payload:ident) => {{
                let mut payload = $payload::new(chat, input);
                payload.message_thread_id = topic(out);
                payload.reply_parameters = reply(out);
                payload.reply_markup = markup(out.words);
                self.call(payload).await
            }};
        }
        match kind {
            "photo" | "live_photo" => send!(SendPhoto),
            "voice" => send!(SendVoice),
            "video" => send!(SendVideo),
            "audio" => send!(SendAudio),
            "animation" => send!(SendAnimation),
            "video_note" => send_bare!(SendVideoNote),
            "sticker" => send_bare!(SendSticker),
            _ => send!(SendDocument),
        }
    }

    /// Two to ten files as one album, which carries neither text nor buttons (TG-30).
    pub(super) async fn send_album(&self, out: Outgoing<'_>, files: &[FileSource]) -> Verdict {
        let items = files.iter().map(FileSource::item);
        let mut payload = SendMediaGroup::new(Recipient::Id(ChatId(out.chat)), items);
        payload.message_thread_id = topic(out);
        payload.reply_parameters = reply(out);
        self.finish(MultipartRequest::new(self.line().bot, Loose(payload)).send()).await
    }

    /// What only its own message can show, such as a place on the map.
    pub(super) async fn send_copy(&self, out: Outgoing<'_>, of: Copied) -> Verdict {
        let Some(id) = message_id(of.message) else { return Verdict::MessageGone };
        let (chat, from) = (Recipient::Id(ChatId(out.chat)), Recipient::Id(ChatId(of.chat)));
        let mut payload = CopyMessage::new(chat, from, id);
        payload.message_thread_id = topic(out);
        payload.reply_parameters = reply(out);
        self.call(payload).await
    }
}
