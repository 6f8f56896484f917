//! Examples of every command, for its help and its manual page. They are commands, the same in every language; a test tries that
//! each is one.

/// Those of the command of that name; of `tiendo` itself those to begin with.
pub(super) fn of(command: &str) -> &'static [&'static str] {
    match command {
        "tiendo" => &["tiendo", "tiendo --view 'quá hạn'", "tiendo overdue --agency bdo", "tiendo check"],
        "demo" => &["tiendo demo --at 2023-06-14"],
        "init" => &["tiendo init", "tiendo init --source sheet --path ke-hoach.xlsx --lang vi --yes"],
        "status" => &["tiendo status", "tiendo status --at 30/6/2023 --format json", "tiendo status --watch"],
        "tasks" => &[
            "tiendo tasks --filter 'status:overdue programme:P-DA8'",
            "tiendo tasks --columns id,title,due,progress --sort -progress",
        ],
        "reports" => &["tiendo reports --agency bdo --format csv", "tiendo reports --filter 'duty:R2 late>30'"],
        "overdue" => &[
            "tiendo overdue --sort agency,-days_late",
            "tiendo overdue --fail-if-any",
            "tiendo overdue --watch --format jsonl",
        ],
        "campaigns" => &["tiendo campaigns", "tiendo campaigns --columns campaign,from,to,days_left --format csv"],
        "trend" => &["tiendo trend --agency bdo"],
        "journal" => {
            &["tiendo journal --item task:N14", "tiendo journal --verb remind,escalate --since 1/6 --limit 20"]
        }
        "changes" => &["tiendo changes", "tiendo changes --since 1d --format jsonl"],
        "digest" => &[
            "tiendo digest --since 1d --due-within 5",
            "tiendo digest --since 1d --quiet-if-nothing --mail van-phong@example.vn",
            "tiendo digest --since last --format html",
        ],
        "act" => &[
            "tiendo act extend N14 --until +5lv --reason 'mưa lũ' --document 112/LĐTBXH-BĐG",
            "tiendo act done R2/2023-H1/hq --on 30/6 --document 45/BC-UBND",
            "tiendo act note --filter 'duty:R2 status:overdue' --note 'họp giao ban' --yes",
            "tiendo act undo",
        ],
        "remind" => &["tiendo remind", "tiendo remind --agency bdo --level 2 --send"],
        "check" => &["tiendo check", "tiendo check --mail --json", "tiendo check ke-hoach.toml"],
        "questions" => &["tiendo questions", "tiendo questions 0198c2d7 --answer new"],
        "import" => &["tiendo import ke-hoach.xlsx", "tiendo import ke-hoach.toml --yes"],
        "export" => &[
            "tiendo export ke-hoach.html",
            "tiendo export tre.csv --table reports --filter 'late>30'",
            "tiendo export man-hinh.svg --view matrix --size 140x40",
            "tiendo export bao-cao.docx --at 30/6/2023",
            "tiendo export --letter --each cong-van.docx --filter 'late>30'",
            "tiendo export --template mau.xlsx",
        ],
        "serve" => &["tiendo serve", "tiendo serve --listen 0.0.0.0:7095 --store postgres://tiendo@localhost/tiendo"],
        "token" => &["tiendo token add dieu-phoi-1 --role coordinator", "tiendo token list --format json"],
        "backup" => &["tiendo backup ban-sao.db"],
        "restore" => &["tiendo restore ban-sao.db"],
        "schema" => &["tiendo schema overdue", "tiendo schema overdue --watch"],
        "completions" => &["tiendo completions bash", "tiendo completions zsh", "tiendo completions fish"],
        "man" => &["tiendo man", "tiendo man act", "tiendo man --into ~/.local/share/man/man1"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory as _, Parser as _};

    use super::*;
    use crate::cli::Cli;

    /// The words of a line, as a shell parts them: blanks part, single quotes keep together.
    fn words(line: &str) -> Vec<String> {
        let (mut words, mut quoted) = (vec![String::new()], false);
        for letter in line.chars() {
            match letter {
                '\'' => quoted = !quoted,
                ' ' if !quoted => words.push(String::new()),
                _ => words.last_mut().unwrap().push(letter),
            }
        }
        words
    }

    #[test]
    fn every_command_has_examples_and_each_is_one_that_is_taken() {
        for command in Cli::command().get_subcommands().map(|command| command.get_name().to_owned()) {
            let examples = of(&command);
            assert!(!examples.is_empty(), "{command}");
            for example in examples.iter().chain(of("tiendo")) {
                assert!(Cli::try_parse_from(words(example)).is_ok(), "{example}");
            }
            assert!(examples.iter().all(|line| words(line)[1] == command), "{command}");
        }
    }
}
