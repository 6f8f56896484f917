//! The options: the shipped file is the default, layers go over each other in their order, and errors say where and what.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

use tiendo::{
    config::{Config, ConfigError, Layer},
    domain::sentence::{Part, Sentence},
    sources::http::TokenFrom,
    words,
};

const SHIPPED: &str = include_str!("../../config/tiendo.toml");

fn gather(file: &str, flags: Layer, variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tiendo.toml");
    std::fs::write(&path, file).unwrap();
    let variables: HashMap<&str, &str> = variables.iter().copied().collect();
    Config::gather(Some(&path), flags, &|name| variables.get(name).map(ToString::to_string))
}

fn problem(file: &str) -> (Option<usize>, Sentence) {
    let error = gather(file, Layer::default(), &[]).unwrap_err();
    (error.line, error.problem)
}

fn unknown(option: &str, nearest: &str) -> Sentence {
    Sentence::new("config-unknown").with("option", option).near(Some(nearest))
}

fn said(sentence: &Sentence) -> String {
    words::Words::new(&words::LANGUAGES[1]).say(sentence)
}

#[test]
fn the_shipped_file_says_every_option_and_is_the_default() {
    let shipped = Layer::parse(Path::new("tiendo.toml"), SHIPPED).unwrap();
    let Layer {
        language,
        theme,
        colour,
        ascii,
        linear,
        charts,
        agency,
        me,
        due_soon_working_days,
        data_dir,
        history_days,
        plan,
        mail,
        serve,
        wall,
        notifications,
        views,
        keys,
        sources,
        chosen,
    } = shipped;
    assert_eq!(linear, Some(false));
    assert!(language.is_some() && theme.is_some() && colour.is_some() && ascii.is_some() && charts.is_some());
    assert!(agency.is_some() && me.is_some() && due_soon_working_days.is_some());
    assert!(data_dir.is_some() && history_days == Some(400) && plan.is_some() && keys.is_some());
    assert_eq!(mail, Some(tiendo::letters::MailSettings::default()));
    assert_eq!(wall, Some(tiendo::app::wall::WallSettings::default()));
    assert_eq!(serve, Some(tiendo::server::ServeSettings::default()));
    assert_eq!(notifications, Some(tiendo::app::notifications::NotificationSettings::default()));
    assert_eq!(views.map(|views| views.len()), Some(0));
    assert_eq!((sources, chosen), (None, None));
    let variables = [("USER", "an"), ("TIENDO_DATA", "/data")];
    let with_it = gather(SHIPPED, Layer::default(), &variables).unwrap();
    let without = gather("", Layer::default(), &variables).unwrap();
    assert_eq!(Config { file: None, ..with_it }, Config { file: None, ..without });
}

#[test]
fn every_option_of_the_shipped_file_has_its_comment() {
    let lines: Vec<&str> = SHIPPED.lines().collect();
    for (at, line) in lines.iter().enumerate() {
        if line.contains(" = ") && !line.starts_with('#') {
            assert!(at > 0 && lines[at - 1].starts_with("# "), "{line}");
        }
    }
    // The examples in it can be taken as they are.
    let is_option = |line: &str| {
        let name = line.trim_start_matches("# ").split_once(" = ").map(|(name, _)| name);
        name.is_some_and(|name| !name.contains(' '))
    };
    let uncommented: String = SHIPPED
        .lines()
        .skip_while(|line| !line.starts_with("[views]"))
        .filter(|line| line.starts_with("# [") || is_option(line))
        .map(|line| format!("{}\n", line.trim_start_matches("# ")))
        .collect();
    let example = Layer::parse(Path::new("example"), &uncommented).unwrap();
    let sources = example.sources.unwrap();
    assert_eq!(sources.len(), 4);
    assert!(sources.iter().all(|source| source.wrong().is_none()));
    assert_eq!(example.keys.unwrap().len(), 1);
    assert_eq!(example.views.unwrap().len(), 1);
}

#[test]
fn a_view_is_read_and_what_is_wrong_with_one_is_told_with_its_line_and_the_nearest_name() {
    let good = "[views.\"Nợ\"]\nview = \"tasks\"\nfilter = \"late>1\"\nsort = \"due\"\ngroup = \"agency\"\n";
    let views = gather(good, Layer::default(), &[]).unwrap().views;
    assert_eq!((views.len(), views[0].0.as_str(), views[0].1.filter.as_str()), (1, "Nợ", "late>1"));
    assert_eq!((views[0].1.sort.as_deref(), views[0].1.group.as_deref()), (Some("due"), Some("agency")));
    let (line, sentence) = problem("[views.a]\nview = \"reprots\"\n");
    assert_eq!((line, sentence.id, sentence.nearest.as_deref()), (Some(2), "config-value", Some("reports")));
    let (line, sentence) = problem("[views.a]\nview = \"tasks\"\nsort = \"deu\"\n");
    assert_eq!((line, sentence.id, sentence.nearest.as_deref()), (Some(3), "config-value", Some("due")));
    let (line, sentence) = problem("[views.a]\nview = \"tasks\"\nfliter = \"\"\n");
    assert_eq!((line, sentence), (Some(3), unknown("views.a.fliter", "views.a.filter")));
}

#[test]
fn flags_go_over_the_environment_over_the_file_over_the_defaults() {
    let file = "theme = \"light\"\nlanguage = \"en\"\nagency = \"ldtbxh\"\ndue_soon_working_days = 5\n";
    let from_file = gather(file, Layer::default(), &[]).unwrap();
    assert_eq!((from_file.theme.as_str(), from_file.language.tag), ("light", "en"));
    assert_eq!((from_file.agency, from_file.due_soon_working_days), (Some("ldtbxh".into()), 5));
    let variables =
        [("TIENDO_THEME", "high-contrast"), ("TIENDO_LANG", "vi"), ("TIENDO_AGENCY", ""), ("NO_COLOR", "1")];
    let from_environment = gather(file, Layer::default(), &variables).unwrap();
    assert_eq!((from_environment.theme.as_str(), from_environment.language.tag), ("high-contrast", "vi"));
    assert_eq!((from_environment.agency, from_environment.colour), (None, false));
    let flags = Layer { theme: Some("dark".into()), language: Some(words::language("en")), ..Layer::default() };
    let from_flags = gather(file, flags, &variables).unwrap();
    assert_eq!((from_flags.theme.as_str(), from_flags.language.tag), ("dark", "en"));
}

#[test]
fn language_and_name_come_from_the_system_where_nobody_says() {
    let language = |variables: &[(&str, &str)]| gather("", Layer::default(), variables).unwrap().language.tag;
    assert_eq!(language(&[]), "vi");
    assert_eq!(language(&[("LANG", "en_GB.UTF-8")]), "en");
    assert_eq!(language(&[("LANG", "en_GB.UTF-8"), ("LC_ALL", "vi_VN")]), "vi");
    assert_eq!(language(&[("LANG", "C.UTF-8")]), "vi");
    let me = |variables: &[(&str, &str)]| gather("", Layer::default(), variables).unwrap().me;
    assert_eq!(me(&[("USER", "an")]), "an".into());
    assert_eq!(me(&[("USER", "an"), ("TIENDO_ME", "binh")]), "binh".into());
}

#[test]
fn an_unknown_option_is_told_with_its_line_and_the_nearest_name() {
    assert_eq!(problem("theme = \"dark\"\nlangauge = \"vi\"\n"), (Some(2), unknown("langauge", "language")));
    assert_eq!(
        problem("[[source]]\nname = \"a\"\nkidn = \"embedded\"\n"),
        (Some(3), unknown("source[0].kidn", "source[0].kind"))
    );
    assert_eq!(problem("[keys.panel]\n\"x\" = \"extend\"\n"), (Some(1), unknown("keys.panel", "keys.panels")));
}

#[test]
fn a_value_of_another_type_is_told_with_what_it_should_be() {
    let of_type = |option: &str, found: &str, expected: &'static str| {
        let sentence = Sentence::new("config-type").with("option", option).with("found", found);
        sentence.with("expected", Part::Word(expected.into()))
    };
    assert_eq!(
        problem("due_soon_working_days = \"x\"\n"),
        (Some(1), of_type("due_soon_working_days", "\"x\"", "type-number"))
    );
    assert_eq!(problem("\n\nascii = 1\n"), (Some(3), of_type("ascii", "1", "type-answer")));
    let (line, value) = problem("language = \"fr\"\n");
    assert_eq!((line, said(&value)), (Some(1), "“language” cannot be “fr”: it is one of vi, en".into()));
    let (line, value) = problem("[[source]]\nname = \"a\"\nkind = \"htpp\"\n");
    let wrong = "“source[0].kind” cannot be “htpp”: it is one of embedded, http, sheet, redmine; did you mean “http”?";
    assert_eq!((line, said(&value)), (Some(3), wrong.into()));
    let error = gather("due_soon_working_days = \"x\"\n", Layer::default(), &[]).unwrap_err();
    assert!(error.excerpt.ends_with("^^^\n"), "{}", error.excerpt);
    let (line, value) = problem("x = \n");
    assert_eq!((line, value.id), (Some(1), "config-syntax"));
}

#[test]
fn a_source_says_what_its_kind_takes_and_nothing_else() {
    let wrong = |lines: &str| {
        let (_, problem) = problem(&format!("[[source]]\nname = \"a\"\n{lines}"));
        let Part::Sentence(wrong) = &problem.parts[1].1 else { panic!("{problem}") };
        wrong.id
    };
    let http = "kind = \"http\"\n";
    assert_eq!(wrong(http), "config-source-no-url");
    let there = format!("{http}url = \"https://tiendo.example.vn\"\n");
    assert_eq!(wrong(&format!("{there}path = \"x\"\n")), "config-source-foreign");
    assert_eq!(wrong("url = \"https://tiendo.example.vn\"\n"), "config-source-foreign");
    assert_eq!(wrong("token_file = \"x\"\n"), "config-source-foreign");
    assert_eq!(wrong(&format!("{there}token_file = \"x\"\ntoken_command = \"y\"\n")), "config-source-tokens");
    assert_eq!(wrong(&format!("{http}url = \"http://tiendo.example.vn\"\n")), "config-source-plain");
    let sheet = "kind = \"sheet\"\n";
    assert_eq!(wrong(sheet), "config-source-no-book");
    assert_eq!(wrong(&format!("{sheet}path = \"x\"\nurl = \"https://a.vn/x.csv\"\n")), "config-source-no-book");
    assert_eq!(wrong(&format!("{sheet}path = \"x\"\ntoken_file = \"y\"\n")), "config-source-foreign");
    assert_eq!(wrong(&format!("{sheet}url = \"kehoach.csv\"\n")), "config-source-url");
    assert_eq!(wrong(&format!("{there}mapping = {{}}\n")), "config-source-foreign");
    let config = gather(&there, Layer::default(), &[]).unwrap_err();
    assert!(config.to_string().contains("kind"), "outside of a source it is none of the options");
}

#[test]
fn a_token_comes_from_the_source_else_from_the_environment() {
    let file = "[[source]]\nname = \"a\"\nkind = \"http\"\nurl = \"https://tiendo.example.vn\"\n";
    let token = |file: &str| {
        let config = gather(file, Layer::default(), &[("TIENDO_TOKEN", "tdo_canary")]).unwrap();
        assert!(!format!("{config:?}").contains("canary"));
        config.sources[0].http(&config).token
    };
    assert!(matches!(token(file), TokenFrom::Variable("TIENDO_TOKEN", _)));
    assert_eq!(token(&format!("{file}token_command = \"x\"\n")), TokenFrom::Command("x".into()));
    assert_eq!(token(&format!("{file}token_file = \"x\"\n")), TokenFrom::File("x".into()));
}

#[test]
fn a_redmine_server_is_named_with_its_project_and_a_key() {
    let source = "[[source]]\nname = \"a\"\nkind = \"redmine\"\nurl = \"https://redmine.example.vn\"\n";
    let whole = format!("{source}project = \"ke-hoach\"\n");
    let config = |file: &str| gather(file, Layer::default(), &[("TIENDO_REDMINE_KEY", "canary")]);
    let settings = |file: &str| {
        let config = config(file).unwrap();
        assert!(!format!("{config:?}").contains("canary"));
        config.sources[0].redmine(&config)
    };
    let plain = settings(&whole);
    assert!(matches!(plain.web.token, TokenFrom::Variable("TIENDO_REDMINE_KEY", _)));
    assert_eq!((plain.interval.as_secs(), plain.options.full_every_min, plain.options.roll), (60, 30, false));
    let said = settings(&format!(
        "{whole}key_command = \"x\"\n[source.redmine]\nroll = true\n[source.redmine.fields]\ncode = \"Mã\"\n"
    ));
    assert_eq!(said.web.token, TokenFrom::Command("x".into()));
    assert!(said.options.roll && said.options.fields.code == "Mã");
    let wrong = |file: &str| match &config(file).unwrap_err().problem.parts[..] {
        [_, (_, Part::Sentence(wrong))] => wrong.id,
        parts => panic!("{parts:?}"),
    };
    assert_eq!(wrong(source), "config-source-no-project");
    assert_eq!(wrong(&format!("{whole}key_command = \"x\"\nkey_file = \"y\"\n")), "config-source-keys");
    assert_eq!(wrong(&format!("{whole}token_file = \"x\"\n")), "config-source-foreign");
    assert_eq!(wrong(&format!("{whole}path = \"x\"\n")), "config-source-foreign");
    assert!(config(&format!("{whole}[source.redmine]\nrols = true\n")).is_err());
}

#[test]
fn a_file_that_is_named_must_be_there() {
    let missing = PathBuf::from("/nonexistent/tiendo.toml");
    let error = Config::gather(Some(&missing), Layer::default(), &|_| None).unwrap_err();
    assert_eq!(error.problem.id, "config-unread");
    assert!(error.to_string().starts_with("/nonexistent/tiendo.toml: "), "{error}");
    let named = |name: &str| (name == "TIENDO_CONFIG").then(|| "/nonexistent/tiendo.toml".to_owned());
    assert!(Config::gather(None, Layer::default(), &named).is_err());
    assert_eq!(tiendo::config::named(&|_| Some(String::new())), None, "a variable that is empty names none");
}

/// A file with these rights.
#[cfg(unix)]
fn gather_with_rights(file: &str, mode: u32) -> Result<Config, ConfigError> {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tiendo.toml");
    std::fs::write(&path, file).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
    Config::gather(Some(&path), Layer::default(), &|_| None)
}

#[cfg(unix)]
#[test]
fn a_file_with_a_secret_is_refused_where_others_may_read_it() {
    let with_secret = "[mail]\nhost = \"mail.invalid\"\nuser = \"so\"\ntoken = \"chim-hoang-yen\"\n";
    for mode in [0o644, 0o640, 0o604] {
        let error = gather_with_rights(with_secret, mode).unwrap_err();
        assert_eq!(error.problem.id, "config-readable", "{error}");
        assert!(!format!("{error} {error:?}").contains("chim"), "{error}");
    }
    let config = gather_with_rights(with_secret, 0o600).unwrap();
    assert!(!format!("{config:?}").contains("chim"), "nor is it shown afterwards");
    for url in ["postgres://so:chim-hoang-yen@db/tiendo", "postgres://so@db/tiendo?password=chim-hoang-yen"] {
        let with_secret = format!("[serve]\nstore = \"{url}\"\n");
        let error = gather_with_rights(&with_secret, 0o644).unwrap_err();
        assert!(error.problem.id == "config-readable" && !format!("{error:?}").contains("chim"), "{error}");
        let config = gather_with_rights(&with_secret, 0o600).unwrap();
        assert!(!format!("{config:?}").contains("chim"));
    }
    assert!(gather_with_rights("[serve]\nstore = \"postgres://so@db:5432/tiendo\"\n", 0o644).is_ok());
    assert!(gather_with_rights("[mail]\nhost = \"mail.invalid\"\n", 0o644).is_ok(), "without a secret anybody may");
}

#[test]
fn what_is_wrong_with_a_secret_is_said_without_it() {
    let broken =
        ["token = 5712345712", "token = \"chim-hoang-yen", "token = [\"chim-hoang-yen\"]", "token = chim-hoang-yen"];
    for line in broken {
        let error = gather(&format!("[mail]\n{line}\n"), Layer::default(), &[]).unwrap_err();
        let said = format!("{error} {} {error:?}", error.excerpt);
        assert!(error.line == Some(2) && !said.contains("chim") && !said.contains("571234"), "{said}");
    }
    let error = gather("[serve]\nstore = \"postgres://so:chim@db\n", Layer::default(), &[]).unwrap_err();
    assert!(error.line == Some(2) && !format!("{} {error:?}", error.excerpt).contains("chim"), "{error:?}");
}

#[test]
fn an_empty_data_directory_in_the_environment_is_not_the_folder_one_is_in() {
    let said = |value: &'static str| {
        let variable = move |name: &str| (name == "TIENDO_DATA").then(|| value.to_owned());
        Layer::environment(&variable).unwrap().data_dir
    };
    assert_eq!(said(""), None);
    assert_eq!(said("/srv/tiendo"), Some("/srv/tiendo".into()));
}
