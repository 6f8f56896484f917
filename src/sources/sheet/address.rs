//! [`export`]: the address a workbook is fetched from, out of the one a person has: what is copied from a browser shows a page
//! with the sheet in it, and the file itself is elsewhere.

use reqwest::Url;

use crate::domain::sentence::Sentence;

/// Where the file is that `written` shows.
///
/// # Errors
///
/// What is wrong with `written` as an address.
pub fn export(written: &str) -> Result<Url, Sentence> {
    let said = |id| Sentence::new(id).with("url", written);
    let mut url = Url::parse(written.trim()).map_err(|_| said("config-source-url"))?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        return Err(said("config-source-url"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        // It is not repeated: a secret stands in it.
        return Err(Sentence::new("book-secret-in-url"));
    }
    let host = url.host_str().unwrap_or_default().to_ascii_lowercase();
    if host == "docs.google.com" {
        of_google(&mut url);
    } else if host.ends_with(".sharepoint.com") || matches!(host.as_str(), "1drv.ms" | "onedrive.live.com") {
        let others: Vec<(String, String)> =
            url.query_pairs().filter(|(name, _)| name != "download" && name != "web").map(into_owned).collect();
        url.query_pairs_mut().clear().extend_pairs(others).append_pair("download", "1");
    }
    url.set_fragment(None);
    Ok(url)
}

/// `/spreadsheets/d/ID/edit` and `/spreadsheets/d/e/ID/pubhtml` show pages; the first exports, the second publishes.
fn of_google(url: &mut Url) {
    let path = url.path().to_owned();
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    match parts[..] {
        ["spreadsheets", "d", "e", id, shown]
            if shown != "pub" || !url.query_pairs().any(|(name, _)| name == "output") =>
        {
            url.set_path(&format!("/spreadsheets/d/e/{id}/pub"));
            url.query_pairs_mut().clear().append_pair("output", "xlsx");
        }
        ["spreadsheets", "d", id, ..] if id != "e" && parts.get(3) != Some(&"export") => {
            url.set_path(&format!("/spreadsheets/d/{id}/export"));
            url.query_pairs_mut().clear().append_pair("format", "xlsx");
        }
        _ => {}
    }
}

fn into_owned((name, value): (std::borrow::Cow<'_, str>, std::borrow::Cow<'_, str>)) -> (String, String) {
    (name.into_owned(), value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_browser_shows_becomes_the_file_itself() {
        let to = |written: &str| export(written).unwrap().to_string();
        let file = "https://docs.google.com/spreadsheets/d/1aB/export?format=xlsx";
        assert_eq!(to("https://docs.google.com/spreadsheets/d/1aB/edit?usp=sharing#gid=12"), file);
        assert_eq!(to("https://docs.google.com/spreadsheets/d/1aB/"), file);
        let csv = "https://docs.google.com/spreadsheets/d/1aB/export?format=csv&gid=12";
        assert_eq!(to(csv), csv, "whoever says it exactly is taken at his word");
        let published = "https://docs.google.com/spreadsheets/d/e/2PACX-x/pub?output=xlsx";
        assert_eq!(to("https://docs.google.com/spreadsheets/d/e/2PACX-x/pubhtml?gid=0&single=true"), published);
        let csv = "https://docs.google.com/spreadsheets/d/e/2PACX-x/pub?gid=0&output=csv";
        assert_eq!(to(csv), csv);
        assert_eq!(
            to("https://so.sharepoint.com/:x:/s/kh/Eab?e=xyz&web=1"),
            "https://so.sharepoint.com/:x:/s/kh/Eab?e=xyz&download=1"
        );
        assert_eq!(to("https://a.vn/kh.xlsx?v=2"), "https://a.vn/kh.xlsx?v=2");
    }

    #[test]
    fn what_is_no_address_is_told_and_a_secret_in_one_is_not_repeated() {
        for none in ["", "kehoach.xlsx", "ftp://a.vn/x.xlsx", "data:x"] {
            assert_eq!(export(none).unwrap_err().id, "config-source-url", "{none}");
        }
        let secret = export("https://me:canary@a.vn/x.xlsx").unwrap_err();
        assert!(secret.id == "book-secret-in-url" && !secret.to_string().contains("canary"));
    }
}
