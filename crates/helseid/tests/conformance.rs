//! Beside a real OpenID provider: npm oidc-provider, and what jose signs (`tests/browser/provider.mjs`).
//!
//! Runs where `RIKTIG_BROWSER_PACKAGES` names the installed packages; `cargo xtask test` sees to that.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use jiff::Timestamp;
use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use riktig_helseid::{
    ApiRefusal, ApiRequest, ApiRules, Ask, Callback, ClaimRefusal, Client, ClientKeys, HprDemand,
    Login, LoginError, Organisation, PrivateKey, ProofRefusal, Secret, Settings,
};
use riktig_testkit::issuer::{Persona, new_key};
use serde_json::{Value, json};
use url::Url;

const PACKAGES: &str = "RIKTIG_BROWSER_PACKAGES";
const BACK: &str = "http://127.0.0.1:1/callback";
const OUT: &str = "http://127.0.0.1:1/out";

/// A provider that is running.
struct Provider {
    process: Child,
    issuer: String,
}

impl Provider {
    /// `None` where the packages are not installed; says so once.
    fn start(key: &PrivateKey, more: Value) -> Option<Self> {
        let Some(packages) = std::env::var_os(PACKAGES) else {
            static SAID: std::sync::Once = std::sync::Once::new();
            SAID.call_once(|| {
                let note = "skipped: beside a real OpenID provider, RIKTIG_BROWSER_PACKAGES is not set (cargo xtask test does)\n";
                std::io::stderr().write_all(note.as_bytes()).unwrap(); // seen though the test succeeds
            });
            return None;
        };
        let mut asked = json!({
            "client_id": "us",
            "jwks": { "keys": [key.public_jwk()] },
            "redirect_uris": [BACK],
            "post_logout_redirect_uris": [OUT],
            "personas": [
                { "hint": "doctor", "pid": Persona::new("doctor", 1, None).pid, "hpr": "9144897" },
                { "hint": "operator", "pid": Persona::new("operator", 2, None).pid },
                { "hint": "unsure", "pid": Persona::new("unsure", 3, None).pid, "level": "3" },
            ],
        });
        for (name, value) in more.as_object().unwrap() {
            asked[name] = value.clone();
        }
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/browser/provider.mjs");
        let mut process = Command::new("node")
            .arg(script)
            .arg(asked.to_string())
            .env(PACKAGES, packages)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("node is on the path where the packages are installed");
        let mut line = String::new();
        let output = process.stdout.take().unwrap();
        BufReader::new(output).read_line(&mut line).unwrap();
        let said: Value = serde_json::from_str(&line).expect("the provider says where it is");
        let issuer = said["issuer"].as_str().unwrap().to_owned();
        Some(Self { process, issuer })
    }

    fn settings(&self, keys: ClientKeys) -> Settings {
        let mut settings = Settings::new(self.issuer.clone(), "us", keys, BACK.parse().unwrap());
        settings.post_logout_redirect_uri = Some(OUT.parse().unwrap());
        settings
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _gone = self.process.kill();
        let _gone = self.process.wait();
    }
}

/// As much of a browser as it takes: cookies and redirections.
struct Browser {
    http: reqwest::Client,
    cookies: BTreeMap<String, String>,
}

impl Browser {
    fn new() -> Self {
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
        Self {
            http: http.no_proxy().build().unwrap(),
            cookies: BTreeMap::new(),
        }
    }

    /// Follows until an address begins so, or a page is shown, which is handed back.
    async fn follow(&mut self, url: Url, end: &str) -> Result<Url, String> {
        self.send(self.http.get(url.clone()), url, end).await
    }

    async fn send(
        &mut self,
        request: reqwest::RequestBuilder,
        mut at: Url,
        end: &str,
    ) -> Result<Url, String> {
        let mut request = request;
        for _ in 0..10 {
            let cookies: Vec<_> = self
                .cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            let response = request
                .header(COOKIE, cookies.join("; "))
                .send()
                .await
                .unwrap();
            for cookie in response.headers().get_all(SET_COOKIE) {
                let (pair, _) = cookie.to_str().unwrap().split_once(';').unwrap();
                let (name, value) = pair.split_once('=').unwrap();
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
            let Some(location) = response.headers().get(LOCATION) else {
                return Err(response.text().await.unwrap());
            };
            at = at.join(location.to_str().unwrap()).unwrap();
            if at.as_str().starts_with(end) {
                return Ok(at);
            }
            request = self.http.get(at.clone());
        }
        panic!("led around without an end");
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the provider lives in the same moment as we do"
)]
fn now() -> Timestamp {
    Timestamp::now()
}

fn callback(url: &Url) -> Callback {
    let query: BTreeMap<_, _> = url.query_pairs().into_owned().collect();
    Callback {
        code: query.get("code").map(Secret::new),
        state: query.get("state").map(Secret::new),
        iss: query.get("iss").cloned(),
        error: query.get("error").cloned(),
    }
}

async fn log_in(client: &Client, browser: &mut Browser, hint: &str) -> Result<Login, LoginError> {
    let ask = Ask {
        login_hint: Some(hint.into()),
        ..Ask::default()
    };
    let (url, pending) = client.begin_with(&ask, now()).await?;
    let back = browser.follow(url, BACK).await.expect("no page in between");
    client.finish(pending, &callback(&back), now()).await
}

#[tokio::test]
async fn a_real_provider_lets_us_in_and_we_believe_it() {
    let key = new_key("ours");
    let Some(provider) = Provider::start(&key, json!({})) else {
        return;
    };
    let (parent, child) = ("983544622".parse().unwrap(), "974760673".parse().unwrap());
    let mut settings = provider.settings(ClientKeys::one(key));
    settings.organisation = Organisation::MultiTenant {
        parent,
        child: Some(child),
    };
    let client = Client::new(settings).unwrap();
    client.ready(now()).await.unwrap();

    let login = log_in(&client, &mut Browser::new(), "doctor")
        .await
        .unwrap();
    let pid: String = login
        .pid
        .reveal_digits()
        .iter()
        .map(|digit| char::from(*digit))
        .collect();
    assert_eq!(pid, Persona::new("doctor", 1, None).pid);
    assert_eq!(login.hpr.unwrap().to_string(), "9144897");
    assert_eq!(
        (login.organisation_parent, login.organisation_child),
        (Some(parent), Some(child))
    );

    let login = log_in(&client, &mut Browser::new(), "operator")
        .await
        .unwrap();
    assert_eq!(login.hpr, None);
    let refusal = log_in(&client, &mut Browser::new(), "unsure")
        .await
        .unwrap_err();
    assert!(
        matches!(refusal, LoginError::Person(ClaimRefusal::Level)),
        "{refusal}"
    );
}

#[tokio::test]
async fn a_real_provider_shows_a_page_where_nobody_is_named_and_takes_a_code_once() {
    let key = new_key("ours");
    let Some(provider) = Provider::start(&key, json!({ "nonce": false })) else {
        return;
    };
    let client = Client::new(provider.settings(ClientKeys::one(key))).unwrap();
    let mut browser = Browser::new();
    let (url, pending) = client.begin(now()).await.unwrap();
    let page = browser.follow(url, BACK).await.unwrap_err();
    assert!(
        page.contains("Who are you?") && page.contains("?persona=operator"),
        "{page}"
    );

    let login = log_in(&client, &mut browser, "operator").await.unwrap();
    assert_eq!(login.hpr, None);
    let (url, second) = client.begin(now()).await.unwrap();
    let back = browser
        .follow(url, BACK)
        .await
        .expect("the provider knows who it is");
    let mut callback = callback(&back);
    let again = serde_json::from_value(serde_json::to_value(&second).unwrap()).unwrap();
    client.finish(second, &callback, now()).await.unwrap();
    let refusal = client.finish(again, &callback, now()).await.unwrap_err();
    assert!(
        matches!(&refusal, LoginError::Issuer(error) if error.to_string().contains("invalid_grant")),
        "{refusal}"
    );
    callback.state = Some(pending.state().clone());
    let refusal = client.finish(pending, &callback, now()).await.unwrap_err();
    assert!(matches!(refusal, LoginError::Issuer(_)), "{refusal}");
}

#[tokio::test]
async fn a_real_provider_knows_only_our_registered_key() {
    let (registered, unknown) = (new_key("registered"), new_key("not yet"));
    let Some(provider) = Provider::start(&registered, json!({})) else {
        return;
    };
    let client = Client::new(provider.settings(ClientKeys::one(unknown.clone()))).unwrap();
    let refusal = client.begin(now()).await.unwrap_err();
    assert!(
        matches!(&refusal, LoginError::Issuer(error) if error.to_string().contains("invalid_client")),
        "{refusal}"
    );
    let both = ClientKeys::changing(unknown, registered);
    let client = Client::new(provider.settings(both)).unwrap();
    log_in(&client, &mut Browser::new(), "doctor")
        .await
        .expect("the one that still counts");
}

/// What arrives at the address for back-channel logout.
fn receive_one(listener: TcpListener) -> String {
    let (mut stream, _) = listener.accept().unwrap();
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let (mut line, mut length) = (String::new(), 0);
    while reader.read_line(&mut line).unwrap() > 2 {
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        line.clear();
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
    stream.write_all(answer).unwrap();
    let fields: BTreeMap<_, _> = url::form_urlencoded::parse(&body).into_owned().collect();
    fields["logout_token"].clone()
}

#[tokio::test]
async fn a_real_provider_ends_the_session_and_says_so_behind_the_browsers_back() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = format!("http://{}/backchannel", listener.local_addr().unwrap());
    let key = new_key("ours");
    let Some(provider) = Provider::start(&key, json!({ "backchannel_logout_uri": address })) else {
        return;
    };
    let client = Client::new(provider.settings(ClientKeys::one(key))).unwrap();
    let mut browser = Browser::new();
    let login = log_in(&client, &mut browser, "doctor").await.unwrap();

    let received = tokio::task::spawn_blocking(move || receive_one(listener));
    let url = client
        .end_session_url(&login.id_token, &Secret::new("out"))
        .unwrap();
    let page = browser.follow(url.clone(), OUT).await.unwrap_err();
    let value = |name: &str| {
        let (_, rest) = page.split_once(name).unwrap();
        rest.split_once("value=\"")
            .unwrap()
            .1
            .split_once('"')
            .unwrap()
            .0
            .to_owned()
    };
    let form = [
        ("xsrf", value("name=\"xsrf\"")),
        ("logout", "yes".to_owned()),
    ];
    let action = url
        .join(
            page.split_once("action=\"")
                .unwrap()
                .1
                .split_once('"')
                .unwrap()
                .0,
        )
        .unwrap();
    let request = browser.http.post(action.clone()).form(&form);
    let back = browser.send(request, action, OUT).await.unwrap();
    assert_eq!(back.as_str(), format!("{OUT}?state=out"));

    let token = received.await.unwrap();
    let ended = client.logout_token(&token, now()).await.unwrap();
    assert_eq!(ended.sid.unwrap().reveal(), login.sid.unwrap().reveal());
}

#[tokio::test]
async fn the_guard_admits_what_other_libraries_sign_once() {
    let key = new_key("ours");
    let Some(provider) = Provider::start(&key, json!({})) else {
        return;
    };
    let client = Client::new(provider.settings(ClientKeys::one(key))).unwrap();
    let guard = client.guard(ApiRules {
        audience: "riktig:api".into(),
        scopes: vec!["riktig:api/read".into()],
        hpr: HprDemand::Required,
    });
    let url: Url = "https://api.example.org/v1/report".parse().unwrap();
    let call = async |persona: &str| {
        let mut test = Url::parse(&format!("{}/test/call", provider.issuer)).unwrap();
        test.query_pairs_mut()
            .append_pair("persona", persona)
            .append_pair("method", "GET")
            .append_pair("url", url.as_str());
        let text = Browser::new().follow(test, BACK).await.unwrap_err();
        let made: Value = serde_json::from_str(&text).unwrap();
        let text = |name: &str| made[name].as_str().unwrap().to_owned();
        (format!("DPoP {}", text("token")), text("proof"))
    };
    let check = async |(authorization, proof): &(String, String)| {
        let request = ApiRequest {
            method: "GET",
            url: &url,
            authorization: vec![authorization.as_bytes()],
            proof: vec![proof.as_bytes()],
        };
        guard.check(&request, now()).await
    };
    let doctor = call("doctor").await;
    assert_eq!(
        check(&doctor).await.unwrap().hpr.unwrap().to_string(),
        "9144897"
    );
    let again = check(&doctor).await.unwrap_err();
    assert!(
        matches!(again, ApiRefusal::Proof(ProofRefusal::Replayed)),
        "{again}"
    );
    let operator = check(&call("operator").await).await.unwrap_err();
    assert!(
        matches!(operator, ApiRefusal::Person(ClaimRefusal::NoHpr)),
        "{operator}"
    );
    let mixed = (call("doctor").await.0, call("doctor").await.1);
    assert!(matches!(
        check(&mixed).await,
        Err(ApiRefusal::Proof(ProofRefusal::AccessToken))
    ));
}
