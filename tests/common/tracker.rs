//! A small server that answers as a real Redmine 5.0 does, as far as it is asked, and that can be told to slip. What it says at
//! first was recorded from a real one.
#![allow(dead_code, unreachable_pub, reason = "each test takes what it needs")]

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};

use serde_json::{Value, json};
use tiendo::{
    secret::Secret,
    sources::{
        http::{HttpSettings, TokenFrom},
        redmine::{Redmine, RedmineOptions, RedmineSettings},
    },
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// The key that is shown, and must be found nowhere else.
pub const CANARY: &str = "canary5ac1f3";

/// The project on the server at `url`.
pub fn settings(url: &str) -> RedmineSettings {
    let token = TokenFrom::Config(Secret::new(CANARY));
    RedmineSettings {
        web: HttpSettings { name: "x".into(), url: url.into(), token, ca_file: None, language: "vi" },
        project: "ke-hoach".into(),
        plan: None,
        interval: Duration::from_secs(60),
        options: RedmineOptions { journals: false, ..RedmineOptions::default() },
    }
}

pub fn source(settings: RedmineSettings) -> Redmine {
    Redmine::new(settings, Some(Secret::new(CANARY)), Arc::new(|sentence| sentence.to_string())).unwrap()
}

/// What goes wrong with the next request of that method and path.
pub enum Slip {
    /// This is answered instead.
    Says(&'static str, &'static str, String),
    /// It says that it is done, and does nothing.
    Nothing,
    /// It does it, and the connection ends.
    LostReply,
    /// It answers, and then this happens.
    Then(Box<dyn FnOnce(&mut Data) + Send>),
}

/// What goes wrong with which method and path.
type Slips = Arc<Mutex<VecDeque<(&'static str, &'static str, Slip)>>>;

/// What the server has.
pub struct Data {
    pub issues: Vec<Value>,
    pub versions: Vec<Value>,
    /// Changes of status its workflow does not allow: from, to.
    pub barred: Vec<(u64, u64)>,
    /// Seconds since the beginning: moves with every change.
    pub second: i64,
    pub journals: u64,
}

pub struct Tracker {
    pub url: String,
    pub data: Arc<Mutex<Data>>,
    /// Requests as they came: method, path and terms, body.
    pub seen: Arc<Mutex<Vec<(String, String, Value)>>>,
    /// The keys that were shown.
    pub keys: Arc<Mutex<Vec<String>>>,
    slips: Slips,
}

const BEGINNING: i64 = 1_795_910_400;

fn at(second: i64) -> String {
    jiff::Timestamp::from_second(BEGINNING + second).unwrap().to_string()
}

/// An issue as it was recorded, with another number, subject and date.
pub fn issue(id: u64, tracker: u64, project: u64, due: Option<&str>) -> Value {
    let (project_name, subject) = match (project, tracker) {
        (2, 4) => ("Sở Tài chính", "Rà soát, cập nhật quy hoạch ngành"),
        (2, _) => ("Sở Tài chính", "Báo cáo giải ngân tháng 11/2026 - Sở Tài chính"),
        (_, 4) => ("Sở Giáo dục và Đào tạo", "Số hóa hồ sơ lưu trữ"),
        (_, _) => ("Sở Giáo dục và Đào tạo", "Báo cáo giải ngân tháng 11/2026 - Sở Giáo dục và Đào tạo"),
    };
    json!({
        "id": id, "project": {"id": project, "name": project_name},
        "tracker": {"id": tracker, "name": if tracker == 4 { "Nhiệm vụ" } else { "Báo cáo" }},
        "status": {"id": 1, "name": "Mới", "is_closed": false}, "priority": {"id": 2, "name": "Bình thường"},
        "author": {"id": 5, "name": "Giám sát"}, "assigned_to": {"id": 7, "name": "Sở Tài chính Đầu mối"},
        "subject": subject, "description": "Theo văn bản giao.\r\n\r\nĐề nghị báo cáo đúng hạn.",
        "start_date": "2026-10-25", "due_date": due, "done_ratio": 0, "is_private": false, "estimated_hours": null,
        "custom_fields": [
            {"id": 1, "name": "Mã nhiệm vụ", "value": format!("NV-{id:03}")},
            {"id": 2, "name": "Văn bản giao", "value": "100/QĐ-UBND"},
            {"id": 3, "name": "Cơ quan phối hợp", "multiple": true, "value": ["Sở Y tế"]},
            {"id": 5, "name": "Ngày nhận báo cáo", "value": ""},
            {"id": 6, "name": "Đã tiếp nhận", "value": "0"}, {"id": 7, "name": "Số lần gia hạn", "value": "0"}],
        "created_on": at(0), "updated_on": at(0), "closed_on": null,
    })
}

fn statuses() -> Value {
    json!([
        {"id": 1, "name": "Mới", "is_closed": false}, {"id": 2, "name": "Đang tiến hành", "is_closed": false},
        {"id": 3, "name": "Đã được giải quyết", "is_closed": false}, {"id": 4, "name": "Phản hồi", "is_closed": false},
        {"id": 5, "name": "Đã đóng ", "is_closed": true}, {"id": 6, "name": "Từ chối", "is_closed": true},
        {"id": 7, "name": "Đã tiếp nhận", "is_closed": false}])
}

impl Data {
    pub fn issue(&mut self, id: u64) -> &mut Value {
        self.issues.iter_mut().find(|issue| issue["id"] == id).unwrap()
    }

    /// Somebody changes an issue: as a PUT does it, with a journal by that person.
    pub fn change(&mut self, id: u64, by: &str, asked: &Value) {
        self.second += 1;
        self.journals += 1;
        let (second, journal) = (at(self.second), self.journals);
        let barred = self.barred.clone();
        let has_children = self.issues.iter().any(|issue| issue["parent"]["id"] == id);
        let issue = self.issue(id);
        let mut details = Vec::new();
        for name in ["due_date", "done_ratio"] {
            let fits = asked[name].is_string() || asked[name].as_u64().is_some_and(|ratio| ratio <= 100);
            if fits && !has_children && issue[name] != asked[name] {
                details.push(
                    json!({"property": "attr", "name": name, "old_value": issue[name], "new_value": asked[name]}),
                );
                issue[name] = asked[name].clone();
            }
        }
        let status = statuses().as_array().unwrap().iter().find(|status| status["id"] == asked["status_id"]).cloned();
        let from = issue["status"]["id"].as_u64().unwrap();
        let may =
            |to: &Value| to["id"] != from && !barred.iter().any(|(one, other)| *one == from && to["id"] == *other);
        if let Some(status) = status.filter(may) {
            let (old, new) = (issue["status"]["id"].to_string(), status["id"].to_string());
            details.push(json!({"property": "attr", "name": "status_id", "old_value": old, "new_value": new}));
            if status["is_closed"] == true {
                issue["closed_on"] = json!(second);
            }
            issue["status"] = status;
        }
        for asked in asked["custom_fields"].as_array().into_iter().flatten() {
            let field =
                issue["custom_fields"].as_array_mut().unwrap().iter_mut().find(|field| field["id"] == asked["id"]);
            if let Some(field) = field.filter(|field| field["value"] != asked["value"]) {
                let name = asked["id"].to_string();
                details.push(
                    json!({"property": "cf", "name": name, "old_value": field["value"], "new_value": asked["value"]}),
                );
                field["value"] = asked["value"].clone();
            }
        }
        issue["updated_on"] = json!(second);
        let journal = json!({"id": journal, "user": {"id": 5, "name": by}, "notes": asked["notes"].as_str().unwrap_or(""),
            "created_on": second, "private_notes": false, "details": details});
        match issue["journals"].as_array_mut() {
            Some(journals) => journals.push(journal),
            None => issue["journals"] = json!([journal]),
        }
    }
}

impl Tracker {
    pub async fn with(issues: Vec<Value>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let versions = vec![
            json!({"id": 2, "project": {"id": 1, "name": "x"}, "name": "Chiến dịch số hóa hồ sơ", "status": "open",
                "due_date": "2026-12-11", "custom_fields": [{"id": 8, "name": "Ngày bắt đầu", "value": "2026-11-26"}],
                "created_on": at(0), "updated_on": at(0)}),
            json!({"id": 5, "project": {"id": 1, "name": "x"}, "name": "Tổng kết năm", "status": "open", "due_date": null,
                "custom_fields": [{"id": 8, "name": "Ngày bắt đầu", "value": ""}], "created_on": at(0), "updated_on": at(0)}),
        ];
        let tracker = Tracker {
            url: format!("http://{}", listener.local_addr().unwrap()),
            data: Arc::new(Mutex::new(Data { issues, versions, barred: Vec::new(), second: 0, journals: 0 })),
            seen: Arc::default(),
            keys: Arc::default(),
            slips: Arc::default(),
        };
        let (data, seen, keys) = (Arc::clone(&tracker.data), Arc::clone(&tracker.seen), Arc::clone(&tracker.keys));
        let slips = Arc::clone(&tracker.slips);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let server =
                    Connection { data: data.clone(), seen: seen.clone(), keys: keys.clone(), slips: slips.clone() };
                tokio::spawn(server.serve(stream));
            }
        });
        tracker
    }

    /// The next request of that method whose path begins so goes wrong.
    pub fn slips(&self, method: &'static str, path: &'static str, slip: Slip) {
        self.slips.lock().unwrap().push_back((method, path, slip));
    }

    pub fn change(&self, id: u64, by: &str, asked: Value) {
        self.data.lock().unwrap().change(id, by, &asked);
    }

    /// What was asked since this was called last.
    pub fn asked(&self) -> Vec<(String, String, Value)> {
        std::mem::take(&mut self.seen.lock().unwrap())
    }

    /// The bodies that were put since.
    pub fn put(&self) -> Vec<Value> {
        self.asked()
            .into_iter()
            .filter(|(method, ..)| method == "PUT")
            .map(|(.., body)| body["issue"].clone())
            .collect()
    }

    pub fn notes(&self, id: u64) -> Vec<String> {
        let mut data = self.data.lock().unwrap();
        let journals = data.issue(id)["journals"].as_array().cloned().unwrap_or_default();
        journals.iter().map(|journal| journal["notes"].as_str().unwrap().to_owned()).collect()
    }
}

struct Connection {
    data: Arc<Mutex<Data>>,
    seen: Arc<Mutex<Vec<(String, String, Value)>>>,
    keys: Arc<Mutex<Vec<String>>>,
    slips: Slips,
}

impl Connection {
    async fn serve(self, mut stream: TcpStream) {
        let mut read = Vec::new();
        let head = loop {
            if let Some(end) = read.windows(4).position(|window| window == b"\r\n\r\n") {
                break end + 4;
            }
            let mut some = [0; 4096];
            match stream.read(&mut some).await {
                Ok(count) if count > 0 => read.extend_from_slice(&some[..count]),
                _ => return,
            }
        };
        let text = String::from_utf8_lossy(&read[..head]).into_owned();
        let header = |name: &str| {
            text.lines().find_map(|line| line.split_once(": ").filter(|(found, _)| found.eq_ignore_ascii_case(name)))
        };
        let length: usize = header("content-length").map_or(0, |(_, length)| length.parse().unwrap());
        while read.len() < head + length {
            let mut some = [0; 4096];
            let count = stream.read(&mut some).await.unwrap();
            read.extend_from_slice(&some[..count]);
        }
        let mut line = text.lines().next().unwrap().split(' ');
        let (method, path) = (line.next().unwrap().to_owned(), line.next().unwrap().to_owned());
        let body: Value = serde_json::from_slice(&read[head..]).unwrap_or(Value::Null);
        self.seen.lock().unwrap().push((method.clone(), path.clone(), body.clone()));
        self.keys.lock().unwrap().extend(header("x-redmine-api-key").map(|(_, key)| key.to_owned()));
        let slip = {
            let mut slips = self.slips.lock().unwrap();
            let place = slips.iter().position(|(of, begin, _)| *of == method && path.starts_with(begin));
            place.and_then(|place| slips.remove(place)).map(|(.., slip)| slip)
        };
        let (status, kind, said) = match &slip {
            Some(Slip::Says(status, kind, said)) => (*status, *kind, said.clone()),
            Some(Slip::Nothing) => ("204 No Content", "", String::new()),
            Some(Slip::LostReply | Slip::Then(_)) | None => self.answer(&method, &path, &body),
        };
        if matches!(slip, Some(Slip::LostReply)) {
            return;
        }
        // As the real one tells that nothing changed.
        let tag =
            format!("W/\"{:x}\"", said.bytes().fold(7_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into())));
        let is_known =
            method == "GET" && status == "200 OK" && header("if-none-match").is_some_and(|(_, known)| known == tag);
        let (status, said) = if is_known { ("304 Not Modified", String::new()) } else { (status, said) };
        let tag = if method == "GET" { format!("ETag: {tag}\r\n") } else { String::new() };
        let kind = if kind.is_empty() { String::new() } else { format!("{kind}\r\n") };
        let answer = format!(
            "HTTP/1.1 {status}\r\n{tag}{kind}Content-Length: {}\r\nConnection: close\r\n\r\n{said}",
            said.len()
        );
        let _ = stream.write_all(answer.as_bytes()).await;
        if let Some(Slip::Then(then)) = slip {
            then(&mut self.data.lock().unwrap());
        }
    }

    fn answer(&self, method: &str, path: &str, body: &Value) -> (&'static str, &'static str, String) {
        const JSON: &str = "Content-Type: application/json; charset=utf-8";
        let ok = |value: Value| ("200 OK", JSON, value.to_string());
        let mut data = self.data.lock().unwrap();
        let (path, terms) = path.split_once('?').unwrap_or((path, ""));
        let term = |name: &str| terms.split('&').find_map(|term| term.strip_prefix(name)?.strip_prefix('='));
        let project = |id: u64, identifier: &str, name: &str| {
            let mut project = json!({"id": id, "identifier": identifier, "name": name, "status": 1});
            if id != 1 {
                project["parent"] = json!({"id": 1, "name": "Kế hoạch năm 2026"});
            }
            project
        };
        let projects = [
            project(1, "ke-hoach", "Kế hoạch năm 2026"),
            project(2, "so-tai-chinh", "Sở Tài chính"),
            project(4, "so-gd-dt", "Sở Giáo dục và Đào tạo "),
        ];
        let of_issue = path.strip_prefix("/issues/").and_then(|rest| rest.strip_suffix(".json")?.parse::<u64>().ok());
        match (method, path, of_issue) {
            ("GET", "/projects/ke-hoach.json", _) => ok(json!({"project": projects[0]})),
            ("GET", "/projects.json", _) => {
                ok(json!({"projects": projects, "total_count": 3, "offset": 0, "limit": 100}))
            }
            ("GET", "/issue_statuses.json", _) => ok(json!({"issue_statuses": statuses()})),
            ("GET", "/trackers.json", _) => {
                ok(json!({"trackers": [{"id": 4, "name": "Nhiệm vụ"}, {"id": 5, "name": "Báo cáo"}]}))
            }
            ("GET", "/projects/ke-hoach/versions.json", _) => {
                ok(json!({"versions": data.versions, "total_count": data.versions.len()}))
            }
            ("GET", "/issues.json", _) => {
                let since = term("updated_on").map(|since| since.replace("%3E%3D", "").replace("%3A", ":"));
                let mut issues = data.issues.clone();
                issues.retain(|issue| {
                    since.as_deref().is_none_or(|since| issue["updated_on"].as_str().unwrap() >= since)
                });
                issues.sort_by_key(|issue| issue["id"].as_u64());
                for issue in &mut issues {
                    issue.as_object_mut().unwrap().remove("journals");
                }
                let total = issues.len();
                let number = |name: &str| term(name).and_then(|said| said.parse::<usize>().ok()).unwrap_or(0);
                let page: Vec<Value> =
                    issues.into_iter().skip(number("offset")).take(number("limit").min(100)).collect();
                ok(json!({"issues": page, "total_count": total, "offset": number("offset"), "limit": 100}))
            }
            ("GET", _, Some(id)) if data.issues.iter().any(|issue| issue["id"] == id) => {
                let mut issue = data.issue(id).clone();
                let from = issue["status"]["id"].as_u64().unwrap();
                let mut allowed = statuses();
                let is_barred = |to: &Value| data.barred.iter().any(|(one, other)| *one == from && to["id"] == *other);
                allowed.as_array_mut().unwrap().retain(|to| !is_barred(to));
                issue["allowed_statuses"] = allowed;
                let children = data.issues.iter().filter(|child| child["parent"]["id"] == id);
                let children: Vec<Value> = children.map(|child| json!({"id": child["id"], "subject": "x"})).collect();
                if !children.is_empty() {
                    issue["children"] = Value::Array(children);
                }
                ok(json!({ "issue": issue }))
            }
            ("PUT", _, Some(id)) if data.issues.iter().any(|issue| issue["id"] == id) => {
                data.change(id, "Giám sát", &body["issue"]);
                ("204 No Content", "", String::new())
            }
            _ => ("404 Not Found", "Content-Type: application/json", String::new()),
        }
    }
}
