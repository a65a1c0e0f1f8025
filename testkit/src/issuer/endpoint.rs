//! The endpoints, under the paths that HelseID has.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::Body;
use axum::extract::{Form, Query, State as Extract};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};
use axum::routing::{get, post};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use riktig_helseid::{Proof, ProofRequest, PublicKey, Secret, Token};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use url::Url;

use super::answer::{intercept, json as answer, page, redirect, refusal};
use super::fault::overlay;
use super::{CLIENT_ID, Fault, Granted, Persona, Shared, State, lock};

type Fields = BTreeMap<String, String>;

pub(super) fn router(state: Shared) -> Router {
    Router::new()
        .route("/.well-known/openid-configuration", get(metadata))
        .route("/.well-known/jwks", get(keys))
        .route("/connect/par", post(pushed_request))
        .route("/connect/authorize", get(authorize))
        .route("/connect/approve", get(approve))
        .route("/connect/token", post(token))
        .route("/connect/endsession", get(end_session))
        .with_state(state)
}

async fn metadata(Extract(state): Extract<Shared>) -> Response<Body> {
    if let Some(wrong) = intercept(&state, "openid-configuration").await {
        return wrong;
    }
    let state = lock(&state);
    let at = |path: &str| format!("{}{path}", state.url);
    let mut document = json!({
        "issuer": state.url,
        "authorization_endpoint": at("/connect/authorize"),
        "token_endpoint": at("/connect/token"),
        "pushed_authorization_request_endpoint": at("/connect/par"),
        "jwks_uri": at("/.well-known/jwks"),
        "end_session_endpoint": at("/connect/endsession"),
        "authorization_response_iss_parameter_supported": true,
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        "dpop_signing_alg_values_supported": ["ES256", "PS256"],
        "backchannel_logout_supported": true,
    });
    for fault in &state.faults {
        if let Fault::Metadata(member, value) = fault {
            overlay(&mut document, &json!({ *member: value }));
        }
    }
    answer(StatusCode::OK, &document)
}

async fn keys(Extract(state): Extract<Shared>) -> Response<Body> {
    if let Some(wrong) = intercept(&state, "jwks").await {
        return wrong;
    }
    let state = lock(&state);
    let keys: Vec<Value> = state.keys.iter().map(|key| key.public_jwk()).collect();
    answer(StatusCode::OK, &json!({ "keys": keys }))
}

async fn pushed_request(
    Extract(state): Extract<Shared>,
    Form(mut fields): Form<Fields>,
) -> Response<Body> {
    if let Some(wrong) = intercept(&state, "par").await {
        return wrong;
    }
    let mut state = lock(&state);
    if let Err(why) = state.authenticate(&fields) {
        return refusal("invalid_client", why);
    }
    let field = |name: &str| fields.get(name).map(String::as_str);
    let as_demanded = field("response_type") == Some("code")
        && field("code_challenge_method") == Some("S256")
        && field("code_challenge").is_some_and(|challenge| challenge.len() == 43)
        && field("dpop_jkt").is_some()
        && field("scope").is_some_and(|scope| scope.split(' ').any(|scope| scope == "openid"));
    if !as_demanded {
        return refusal("invalid_request", "a parameter is missing");
    }
    let uri = format!(
        "urn:ietf:params:oauth:request_uri:{}",
        Secret::random().reveal()
    );
    for secret in ["client_assertion", "client_assertion_type"] {
        fields.remove(secret);
    }
    state.requests.insert(uri.clone(), fields);
    let pushed = json!({ "request_uri": uri, "expires_in": 60 });
    answer(StatusCode::CREATED, &pushed)
}

/// A page with everybody who can log in; straight on where `login_hint` names one of them.
async fn authorize(Extract(state): Extract<Shared>, Query(query): Query<Fields>) -> Response<Body> {
    let mut state = lock(&state);
    let uri = query.get("request_uri").cloned().unwrap_or_default();
    let Some(request) = state.requests.get(&uri) else {
        return refusal("invalid_request", "no such pushed request");
    };
    if let Some(hint) = request.get("login_hint").cloned()
        && let Some(back) = state.approve(&uri, &hint)
    {
        return redirect(back.as_str());
    }
    let mut list = String::new();
    for persona in &state.personas {
        let hint = &persona.hint;
        let mut link = Url::parse(&format!("{}/connect/approve", state.url)).expect("an address");
        link.query_pairs_mut()
            .append_pair("request_uri", &uri)
            .append_pair("persona", hint);
        list += &format!("<li><a href=\"{link}\">{hint}</a></li>\n");
    }
    page(format!(
        "<!doctype html><html lang=\"en\"><title>Who are you?</title><h1>Who are you?</h1><ul>\n{list}</ul></html>"
    ))
}

async fn approve(Extract(state): Extract<Shared>, Query(query): Query<Fields>) -> Response<Body> {
    let field = |name: &str| query.get(name).map_or("", String::as_str);
    match lock(&state).approve(field("request_uri"), field("persona")) {
        Some(back) => redirect(back.as_str()),
        None => refusal(
            "invalid_request",
            "no such pushed request, or no such person",
        ),
    }
}

async fn token(
    Extract(state): Extract<Shared>,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Response<Body> {
    if let Some(wrong) = intercept(&state, "token").await {
        return wrong;
    }
    let mut state = lock(&state);
    let proof = headers.get("DPoP").and_then(|proof| proof.to_str().ok());
    match state.exchange(&fields, proof) {
        Ok(tokens) => answer(StatusCode::OK, &tokens),
        Err((error, why)) => {
            let mut response = refusal(error, why);
            if error == "use_dpop_nonce" {
                let nonce = HeaderValue::from_str(&state.nonce()).expect("a nonce fits");
                response.headers_mut().insert("DPoP-Nonce", nonce);
            }
            response
        }
    }
}

async fn end_session(Query(query): Query<Fields>) -> Response<Body> {
    let back = query.get("post_logout_redirect_uri");
    let Some(mut back) = back.and_then(|back| Url::parse(back).ok()) else {
        return page("<!doctype html><html lang=\"en\"><title>Logged out</title></html>".into());
    };
    if let Some(state) = query.get("state") {
        back.query_pairs_mut().append_pair("state", state);
    }
    redirect(back.as_str())
}

impl State {
    pub(super) fn persona(&self, hint: &str) -> Option<&Persona> {
        self.personas.iter().find(|persona| persona.hint == hint)
    }

    fn nonce(&self) -> String {
        format!("nonce {}", self.nonce)
    }

    pub(super) fn approve(&mut self, uri: &str, hint: &str) -> Option<Url> {
        let persona = self.persona(hint)?.clone();
        let request = self.requests.remove(uri)?;
        let mut back = Url::parse(request.get("redirect_uri")?).ok()?;
        let mut issuer = Some(self.url.clone());
        let mut state = request.get("state").cloned().unwrap_or_default();
        for fault in &self.faults {
            match fault {
                Fault::CallbackIssuer(other) => issuer = other.map(String::from),
                Fault::CallbackState => state.push('x'),
                _ => {}
            }
        }
        let code = Secret::random();
        back.query_pairs_mut()
            .append_pair("code", code.reveal())
            .append_pair("state", &state)
            .extend_pairs(issuer.map(|issuer| ("iss", issuer)));
        let code = code.reveal().to_owned();
        self.codes.insert(code, Granted { request, persona });
        Some(back)
    }

    /// The client says who it is, by a new assertion that is right in everything.
    fn authenticate(&mut self, fields: &Fields) -> Result<(), &'static str> {
        let field = |name: &str| fields.get(name).map_or("", String::as_str);
        if field("client_assertion_type")
            != "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
        {
            return Err("another kind of assertion");
        }
        let token = Token::read(field("client_assertion")).map_err(|_| "no assertion")?;
        if !token.is_kind("client-authentication+jwt") {
            return Err("another kind of token");
        }
        let kid = token.header().kid.as_deref();
        let key = self.client_keys.iter().find(|key| Some(key.kid()) == kid);
        let key = PublicKey::read(&key.ok_or("unknown key")?.public_jwk()).ok_or("no key")?;
        let claims: Value = token.verify(&key).map_err(|_| "wrong signature")?;
        let number = |name: &str| claims[name].as_i64().unwrap_or_default();
        let second = self.second();
        let timely = number("iat") <= second
            && number("exp") > second
            && number("exp") - number("iat") <= 60;
        let ours = claims["iss"] == CLIENT_ID
            && claims["sub"] == CLIENT_ID
            && field("client_id") == CLIENT_ID
            && claims["aud"] == self.url.as_str();
        let name = claims["jti"].as_str().unwrap_or_default();
        if !timely || !ours || !self.used_names.insert(format!("assertion {name}")) {
            return Err("an assertion for somebody else, too long or used before");
        }
        Ok(())
    }

    fn exchange(
        &mut self,
        fields: &Fields,
        proof: Option<&str>,
    ) -> Result<Value, (&'static str, &'static str)> {
        self.authenticate(fields)
            .map_err(|why| ("invalid_client", why))?;
        let thumbprint = self.proved(proof)?;
        let field = |name: &str| fields.get(name).map_or("", String::as_str);
        let granted = self.codes.remove(field("code"));
        let granted = granted.ok_or(("invalid_grant", "no such code"))?;
        let asked = |name: &str| granted.request.get(name).map_or("", String::as_str);
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(field("code_verifier")));
        let right = field("grant_type") == "authorization_code"
            && field("redirect_uri") == asked("redirect_uri")
            && challenge == asked("code_challenge")
            && thumbprint == asked("dpop_jkt");
        if !right {
            return Err(("invalid_grant", "the code belongs to another request"));
        }
        let access_token = self.access_token(&granted.persona, &thumbprint, &json!({}));
        let bound = !self.faults.contains(&Fault::NotBound);
        Ok(json!({
            "id_token": self.id_token(&granted, &access_token),
            "access_token": access_token,
            "token_type": if bound { "DPoP" } else { "Bearer" },
            "expires_in": 60,
            "scope": asked("scope"),
        }))
    }

    /// The thumbprint of the key that the proof proves.
    fn proved(&mut self, proof: Option<&str>) -> Result<String, (&'static str, &'static str)> {
        let url = Url::parse(&format!("{}/connect/token", self.url)).expect("an address");
        let request = ProofRequest {
            method: "POST",
            url: &url,
            access_token: None,
        };
        let proof = proof.ok_or(("invalid_dpop_proof", "no proof"))?;
        let proof = Proof::check(proof, request, (self.now)());
        let proof = proof.map_err(|_| ("invalid_dpop_proof", "no good proof"))?;
        let demanded = self.faults.contains(&Fault::Nonce);
        let known = proof.nonce.is_some_and(|nonce| nonce.is(&self.nonce()));
        if self.faults.contains(&Fault::NonceForEver) || (demanded && !known) {
            self.nonce += 1;
            return Err(("use_dpop_nonce", "another nonce"));
        }
        if !self.used_names.insert(format!("{:?}", proof.mark)) {
            return Err(("invalid_dpop_proof", "used before"));
        }
        Ok(proof.thumbprint)
    }
}
