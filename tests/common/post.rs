//! A plan to send reminders from, and mail servers to send them to: one that hangs up where it is told to, and a real one.
#![allow(dead_code, unreachable_pub, reason = "each test takes what it needs")]

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
    thread,
    time::Duration,
};

use serde_json::{Value, json};

/// A plan whose agencies `a`, `b` have addresses, `c` has none and `d` one that is none. All tasks are long overdue.
pub fn plan() -> Value {
    json!({
        "format": "tiendo-plan/1", "id": "p", "number": "95/KH-UBND", "year": 2023, "timezone": "Asia/Ho_Chi_Minh",
        "title": {"vi": "Kế hoạch công tác bình đẳng giới", "en": "Gender equality plan"}, "issued": "2023-03-21", "owner": "u",
        "agencies": [
            {"id": "u", "kind": "owner", "name": {"vi": "UBND tỉnh", "en": "the Provincial People's Committee"}},
            {"id": "a", "kind": "district", "reports": true, "email": "a@mau.invalid",
             "name": {"vi": "UBND huyện Bù Đốp", "en": "Bù Đốp district"}},
            {"id": "b", "kind": "district", "reports": true, "email": "b@mau.invalid", "name": "Sở \"B\" <b>"},
            {"id": "c", "kind": "district", "name": "Không địa chỉ"},
            {"id": "d", "kind": "district", "name": "Sai địa chỉ", "email": "d@mau.invalid, e@mau.invalid"},
        ],
        "tasks": [
            {"id": "N1", "lead": "a", "due": "2023-05-10", "title": {"vi": "Tập huấn <b>\"cán bộ\"</b> & đoàn thể", "en": "Training"}},
            {"id": "N2", "lead": "b", "due": "2023-06-10", "title": "Kiểm tra"},
            {"id": "N3", "lead": "c", "due": "2023-06-10", "title": "Rà soát"},
            {"id": "N4", "lead": "d", "due": "2023-06-10", "title": "Hội nghị"},
        ],
        "duties": [{"id": "R1", "owes": ["a"], "title": {"vi": "Báo cáo 6 tháng đầu năm", "en": "First-half report"},
                    "periods": [{"period": "2023-H1", "due": "2023-06-19", "due_text": "trước ngày 20/6/2023"}]}],
    })
}

/// Where a server hangs up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HangUp {
    Connect,
    Greeting,
    Ehlo,
    Auth,
    Mail,
    Rcpt,
    Data,
    /// After the last line of the mail, before its answer.
    FinalDot,
    /// Never.
    Never,
    /// It does not hang up but refuses the sign-in, and repeats what it was told.
    Echo,
    /// It does not hang up after the last line, and answers when it is let.
    Held,
}

/// A server that hangs up at one place of the talk.
pub struct Stub {
    pub port: u16,
    /// How many connections there were.
    pub connections: Arc<AtomicUsize>,
    /// How many mails came whole.
    pub mails: Arc<AtomicUsize>,
    /// Told of each mail that came whole.
    pub came: Receiver<()>,
    /// Lets a held server answer.
    pub release: Sender<()>,
}

impl Stub {
    pub fn start(hang_up: HangUp) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (connections, mails) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let (tell, came) = channel();
        let (release, held) = channel();
        let counts = (Arc::clone(&connections), Arc::clone(&mails));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                counts.0.fetch_add(1, Ordering::SeqCst);
                // A client that goes away ends the talk, not the server.
                let _ = talk(stream, hang_up, &counts.1, &tell, &held);
            }
        });
        Stub { port, connections, mails, came, release }
    }

    pub fn mails(&self) -> usize {
        self.mails.load(Ordering::SeqCst)
    }

    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// Waits for a mail to come whole.
    pub fn wait(&self) {
        self.came.recv_timeout(Duration::from_secs(20)).expect("no mail came");
    }
}

fn talk(
    stream: TcpStream,
    hang_up: HangUp,
    mails: &AtomicUsize,
    tell: &Sender<()>,
    held: &Receiver<()>,
) -> std::io::Result<()> {
    let mut answers = stream.try_clone()?;
    let mut lines = BufReader::new(stream).lines();
    if hang_up == HangUp::Connect {
        return Ok(());
    }
    if hang_up == HangUp::Greeting {
        return answers.write_all(b"220 local");
    }
    answers.write_all(b"220 localhost ready\r\n")?;
    while let Some(Ok(line)) = lines.next() {
        let word = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
        let (place, answer): (Option<HangUp>, &[u8]) = match word.as_str() {
            "EHLO" => (Some(HangUp::Ehlo), b"250-localhost\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN\r\n"),
            "AUTH" => (Some(HangUp::Auth), b"235 2.7.0 welcome\r\n"),
            "MAIL" => (Some(HangUp::Mail), b"250 2.1.0 OK\r\n"),
            "RCPT" => (Some(HangUp::Rcpt), b"250 2.1.5 OK\r\n"),
            "DATA" => (Some(HangUp::Data), b"354 go on\r\n"),
            "QUIT" => return answers.write_all(b"221 bye\r\n"),
            _ => (None, b"500 what\r\n"),
        };
        if place == Some(hang_up) {
            return Ok(());
        }
        if word == "AUTH" && hang_up == HangUp::Echo {
            return answers.write_all(format!("535 5.7.8 what is {line}?\r\n").as_bytes());
        }
        answers.write_all(answer)?;
        if word == "DATA" {
            while lines.next().transpose()?.is_some_and(|line| line != ".") {}
            mails.fetch_add(1, Ordering::SeqCst);
            let _ = tell.send(());
            match hang_up {
                HangUp::FinalDot => return Ok(()),
                HangUp::Held if held.recv().is_err() => return Ok(()),
                HangUp::Never | HangUp::Held => answers.write_all(b"250 2.0.0 queued as 7\r\n")?,
                HangUp::Connect | HangUp::Greeting | HangUp::Ehlo | HangUp::Auth => return Ok(()),
                HangUp::Mail | HangUp::Rcpt | HangUp::Data | HangUp::Echo => return Ok(()),
            }
        }
    }
    Ok(())
}

/// A real server, which goes when this is dropped.
pub struct Sink {
    child: Child,
    pub folder: tempfile::TempDir,
    pub port: u16,
}

impl Sink {
    /// Starts one; none, said aloud, where this machine has not got what it needs.
    pub fn start(arguments: &[&str]) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/mail_sink.py");
        let child = Command::new("/usr/bin/python3")
            .arg(script)
            .arg(folder.path())
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(std::fs::File::create(folder.path().join("log")).unwrap())
            .spawn();
        let Ok(mut child) = child else { return skipped("there is no /usr/bin/python3") };
        let mut port = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut port).unwrap();
        if port.is_empty() {
            let ended = child.wait().unwrap();
            assert_eq!(ended.code(), Some(77), "the mail server did not start");
            return skipped("aiosmtpd or openssl is not installed (Debian: python3-aiosmtpd, openssl)");
        }
        Some(Sink { child, folder, port: port.trim().parse().unwrap() })
    }

    pub fn certificate(&self) -> PathBuf {
        self.folder.path().join("cert.pem")
    }

    /// The mails that came, as a mail program reads them.
    pub fn mails(&self) -> Vec<Value> {
        let Ok(files) = std::fs::read_dir(self.folder.path().join("Maildir/new")) else { return Vec::new() };
        files.map(|file| read(&file.unwrap().path())).collect()
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read(mail: &Path) -> Value {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/read_mail.py");
    let mut reading = Command::new("/usr/bin/python3").arg(script).arg(mail).stdout(Stdio::piped()).spawn().unwrap();
    let mut said = String::new();
    reading.stdout.take().unwrap().read_to_string(&mut said).unwrap();
    assert!(reading.wait().unwrap().success());
    serde_json::from_str(&said).unwrap()
}

fn skipped<T>(why: &str) -> Option<T> {
    crate::skip::skipped("a real mail server", why)
}
