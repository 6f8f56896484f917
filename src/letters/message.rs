//! [`Message`]: an e-mail made of a letter: headers and both bodies. Nothing a plan or a config says can add a header: what
//! goes into one is on one line, and an address is one address or none.

use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use lettre::{
    Address,
    message::{Mailbox, MultiPart, SinglePart, header},
};
use uuid::Uuid;

use super::{compose::Letter, problem::Problem, settings::MailSettings};
use crate::domain::text::{Text, clean_lines};

/// From whom and to whom the server is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    pub(super) from: Address,
    pub(super) to: Address,
}

/// An e-mail ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub(super) envelope: Envelope,
    pub(super) bytes: Vec<u8>,
}

impl Message {
    /// The e-mail of `letter`, written at `date`. Its `Message-ID` is made of the claim's batch, so that what the server's log
    /// says can be found again.
    pub fn of(letter: &Letter, settings: &MailSettings, batch: Uuid, date: Timestamp) -> Result<Self, Problem> {
        let from = settings.sender()?;
        let no_address = || Problem::NotAnAddress { option: "to", value: letter.to.to_string() };
        let to: Address = usable(&letter.to).and_then(|to| to.parse().ok()).ok_or_else(no_address)?;
        let envelope = Envelope { from: from.email.clone(), to: to.clone() };
        let mut builder = lettre::Message::builder()
            .from(from.clone())
            .to(Mailbox::new(Some(letter.name.to_string()), to))
            .subject(letter.subject.as_str())
            .date(SystemTime::UNIX_EPOCH + Duration::from_secs(u64::try_from(date.as_second()).unwrap_or(0)))
            .message_id(Some(format!("<{batch}@{}>", from.email.domain())))
            .header(AutoSubmitted);
        if let Some(answers_to) = settings.answers_to()? {
            builder = builder.reply_to(answers_to);
        }
        // The boundary is made of the batch too: the same letter gives the same bytes.
        let bodies = MultiPart::alternative()
            .boundary(format!("tiendo-{}", batch.simple()))
            .singlepart(SinglePart::plain(clean_lines(&letter.text)))
            .singlepart(SinglePart::html(clean_lines(&letter.html)));
        let message = builder.multipart(bodies).map_err(|_| Problem::Missing("from"))?;
        Ok(Message { envelope, bytes: message.formatted() })
    }

    /// The e-mail as it travels.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// The one address that `written` is; none where it is none, several, or one a server must be extended to understand.
pub(super) fn usable(written: &str) -> Option<Text> {
    let written = written.trim();
    let plain = written.is_ascii() && !written.chars().any(|letter| letter.is_control() || letter.is_whitespace());
    let address: Address = written.parse().ok().filter(|_| plain)?;
    Some(Text::new(address.as_ref()))
}

/// RFC 3834: nobody's holiday notice answers it.
#[derive(Clone, Copy, Debug)]
struct AutoSubmitted;

impl header::Header for AutoSubmitted {
    fn name() -> header::HeaderName {
        header::HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(AutoSubmitted)
    }

    fn display(&self) -> header::HeaderValue {
        header::HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn settings() -> MailSettings {
        MailSettings {
            host: "127.0.0.1".into(),
            from: "Sở LĐTBXH <so@mau.invalid>".into(),
            reply_to: "tra-loi@mau.invalid".into(),
            ..MailSettings::default()
        }
    }

    fn letter(name: &str, to: &str, subject: &str, text: &str) -> Letter {
        Letter {
            agency: "a".into(),
            name: Text::new(name),
            to: Text::new(to),
            level: 1,
            items: Vec::new(),
            subject: Text::new(subject),
            text: text.into(),
            html: format!("<p>{text}</p>"),
        }
    }

    fn message(letter: &Letter) -> Result<String, Problem> {
        let date = "2023-11-20T01:00:00Z".parse().unwrap();
        Message::of(letter, &settings(), Uuid::from_u128(7), date)
            .map(|message| String::from_utf8(message.bytes).unwrap())
    }

    /// The names of the headers before the first empty line.
    fn headers(message: &str) -> Vec<String> {
        let head = message.split("\r\n\r\n").next().unwrap();
        let begins = head.split("\r\n").filter(|line| !line.starts_with([' ', '\t']));
        begins.map(|line| line.split(':').next().unwrap().to_lowercase()).collect()
    }

    const HEADERS: [&str; 9] =
        ["auto-submitted", "content-type", "date", "from", "message-id", "mime-version", "reply-to", "subject", "to"];

    #[test]
    fn headers_say_who_when_and_that_a_program_wrote_it() {
        let message = message(&letter("Huyện Bù Đốp", "bdo@mau.invalid", "Đôn đốc lần 1", "Kính gửi")).unwrap();
        for line in [
            "Date: Mon, 20 Nov 2023 01:00:00 +0000\r\n",
            "Message-ID: <00000000-0000-0000-0000-000000000007@mau.invalid>\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "Reply-To: tra-loi@mau.invalid\r\n",
            "<bdo@mau.invalid>\r\n",
            "Subject: =?utf-8?b?",
        ] {
            assert!(message.contains(line), "{line}\n{message}");
        }
        assert!(message.is_ascii());
    }

    #[test]
    fn an_address_is_one_address() {
        for written in ["bdo@mau.invalid", " bdo@mau.invalid "] {
            assert_eq!(usable(written).as_deref(), Some("bdo@mau.invalid"));
        }
        let several = ["a@mau.invalid, b@mau.invalid", "a@mau.invalid;b@mau.invalid", "A <a@mau.invalid>"];
        for written in
            ["", "bdo", "a@", "@b", "bdo@mau.invalid\r\nBcc: x@mau.invalid", "đốp@mau.invalid"].iter().chain(&several)
        {
            assert_eq!(usable(written), None, "{written}");
        }
    }

    proptest! {
        #[test]
        fn nothing_adds_a_header(
            name in hostile(), to in hostile(), subject in hostile(), text in "(?s).{0,60}"
        ) {
            // An address that is none is refused; every other part is taken and adds nothing.
            let refused = message(&letter(&name, &format!("bdo@mau.invalid{to}"), &subject, &text));
            for message in refused.into_iter().chain(message(&letter(&name, "bdo@mau.invalid", &subject, &text))) {
                let mut names = headers(&message);
                names.sort();
                prop_assert_eq!(names, HEADERS);
                prop_assert!(message.is_ascii());
                prop_assert!(!message.replace("\r\n", "").contains(['\r', '\n']));
            }
        }
    }

    /// Text with what ends a header, in all its shapes.
    fn hostile() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            Just("\r\nBcc: x@mau.invalid".to_owned()),
            Just("\nX: y".to_owned()),
            Just("\r".to_owned()),
            Just("\r\n\r\n<b>".to_owned()),
            Just("\u{85}\u{2028}".to_owned()),
            Just("=?utf-8?b?DQpYOiB5?=".to_owned()),
            Just(", ; < > \" \\ ( )".to_owned()),
            "(?s).{0,20}",
            "[a-zà-ỹ ]{0,90}",
        ];
        proptest::collection::vec(piece, 0..4).prop_map(|pieces| pieces.concat())
    }
}
