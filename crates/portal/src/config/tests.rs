//! The configuration as an operator meets it.

use super::*;

fn of(text: &str, environment: &[(&str, &str)]) -> Result<Config, ConfigError> {
    let environment = environment
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Config::of(Some((Path::new("riktig.toml"), text)), environment)
}

fn refused(text: &str, environment: &[(&str, &str)]) -> (String, String) {
    let error = of(text, environment).expect_err("it is refused");
    (error.to_string(), error.hint())
}

#[test]
fn the_documented_file_says_the_defaults() {
    let documented = of(&documented(), &[]).expect("the file that we print can be read");
    let silent = of("", &[]).expect("nothing need be said");
    assert_eq!(format!("{documented:?}"), format!("{silent:?}"));
    assert_eq!(documented.server.listen.port(), 8080);
    assert!(documented.login.is_none() && documented.metrics.is_none());
}

#[test]
fn the_environment_wins_over_the_file() {
    let config = of(
        "[server]\nlisten = \"127.0.0.1:1\"\ntrusted_hops = 1\n",
        &[
            ("RIKTIG_SERVER__LISTEN", "127.0.0.1:2"),
            ("RIKTIG_EDITIONS__SYNTHETIC", "true"),
            ("RIKTIG_LIMITS__REQUESTS_PER_MINUTE", "90"),
            ("HOME", "/"),
            ("RIKTIG_UPDATE", "1"),
        ],
    )
    .expect("fits");
    assert_eq!(config.server.listen.port(), 2);
    assert_eq!(config.server.trusted_hops, 1);
    assert!(config.editions.synthetic);
    assert_eq!(config.limits.requests_per_minute, Some(90));
}

#[test]
fn a_misspelt_key_is_refused_with_the_nearest_one() {
    let (error, hint) = refused("[server]\nlisen = \"127.0.0.1:1\"\n", &[]);
    assert_eq!(error, "unknown key \"server.lisen\" in \"riktig.toml\"");
    assert!(hint.contains("\"server.listen\""), "{hint}");
    let (error, hint) = refused("", &[("RIKTIG_SERVER__LISTENS", "x")]);
    assert!(
        error.contains("environment variable RIKTIG_SERVER__LISTENS"),
        "{error}"
    );
    assert!(hint.contains("RIKTIG_SERVER__LISTEN\""), "{hint}");
    let (error, _) = refused("listen = 1\n", &[]);
    assert_eq!(error, "unknown key \"listen\" in \"riktig.toml\"");
}

#[test]
fn a_wrong_value_is_refused_by_key_and_never_repeated() {
    let (error, hint) = refused("[server]\npublic_url = \"http://hunter2.example\"\n", &[]);
    assert_eq!(
        error,
        "key \"server.public_url\" in \"riktig.toml\" must be an https address without a path (http for the loopback only)"
    );
    assert!(hint.contains("the loopback must be https"), "{hint}");
    let (error, _) = refused("", &[("RIKTIG_LIMITS__BODY_BYTES", "hunter2")]);
    assert_eq!(
        error,
        "key \"limits.body_bytes\" in environment variable RIKTIG_LIMITS__BODY_BYTES must be a whole number"
    );
    let (error, _) = refused("[limits]\nrequest_seconds = 0\n", &[]);
    assert!(error.ends_with("must be a number from 1 to 600"), "{error}");
}

#[test]
fn a_login_is_whole_or_not_there() {
    let (error, _) = refused("[login]\nissuer = \"https://id.example\"\n", &[]);
    assert!(error.starts_with("key \"login.client_id\""), "{error}");
    let (error, _) = refused("[login]\nissuer = \"http://id.example\"\n", &[]);
    assert!(error.starts_with("key \"login.issuer\""), "{error}");
}

#[test]
fn public_addresses_have_no_path_no_user_and_are_safe() {
    for fine in [
        "https://riktig.example",
        "http://127.0.0.1:8080",
        "http://localhost:1",
        "http://[::1]:1",
    ] {
        assert!(public_url(fine).is_some(), "{fine}");
    }
    for not in [
        "http://riktig.example",
        "https://a/b",
        "https://u@a",
        "https://a/?q",
        "ftp://a",
        "a",
        "https://a/#f",
    ] {
        assert!(public_url(not).is_none(), "{not}");
    }
}

#[test]
fn variables_are_told_apart() {
    let variables: std::collections::BTreeSet<String> = KEYS.iter().map(Key::variable).collect();
    assert_eq!(variables.len(), KEYS.len());
}

/// The table of `docs/reference/operation.md`.
fn table() -> String {
    KEYS.iter()
        .map(|key| {
            let default = match key.default {
                Default::Text("") => "empty".to_owned(),
                Default::Text(text) => format!("`{text}`"),
                Default::Number(number) => number.to_string(),
                Default::Flag(flag) => flag.to_string(),
            };
            let (path, variable) = (key.path(), key.variable());
            format!(
                "| `{path}` | `{variable}` | {default} | {} |\n",
                key.meaning
            )
        })
        .collect()
}

#[test]
fn the_reference_lists_every_key_as_it_is() {
    let reference = include_str!("../../../../docs/reference/operation.md");
    let head = "| key | variable | default | meaning |\n|---|---|---|---|\n";
    let rest = reference.split_once(head).expect("the table is there").1;
    let end = rest.find("\n\n").map_or(rest.len(), |end| end + 1);
    assert_eq!(
        &rest[..end],
        table(),
        "write the table above into docs/reference/operation.md"
    );
}
