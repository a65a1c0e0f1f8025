//! An API with a guard, and calls of it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use riktig_helseid::{
    ApiGuard, ApiRefusal, ApiRequest, ApiRules, Caller, HprDemand, PrivateKey, Proof, ProofRequest,
};
use riktig_testkit::issuer::{AUDIENCE, new_key};
use serde_json::{Value, json};
use url::Url;

use crate::world::World;

const ADDRESS: &str = "https://api.example.org/v1/report";

pub(crate) struct Call {
    pub(crate) method: &'static str,
    pub(crate) url: Url,
    pub(crate) authorization: Vec<String>,
    pub(crate) proof: Vec<String>,
}

pub(crate) struct Door {
    pub(crate) world: World,
    pub(crate) guard: ApiGuard,
    pub(crate) key: PrivateKey,
}

impl Door {
    pub(crate) async fn new() -> Self {
        let world = World::new().await;
        let rules = ApiRules {
            audience: AUDIENCE.into(),
            scopes: vec!["riktig:api/read".into()],
            hpr: HprDemand::Required,
        };
        Self {
            guard: world.client.guard(rules),
            key: new_key("caller's"),
            world,
        }
    }

    pub(crate) fn token(&self, changes: Value) -> String {
        let thumbprint = self.key.thumbprint();
        self.world
            .issuer
            .access_token("doctor", thumbprint, &changes)
    }

    pub(crate) fn proof(&self, token: &str) -> String {
        let url = ADDRESS.parse().unwrap();
        let request = ProofRequest {
            method: "GET",
            url: &url,
            access_token: Some(token),
        };
        Proof::sign(&self.key, request, None, self.world.now)
    }

    /// A proof whose claims and header are changed before it is signed.
    pub(crate) fn spoiled_proof(&self, token: &str, header: Value, claims: Value) -> String {
        let proof = self.proof(token);
        let mut parts = proof.split('.').map(|part| {
            let bytes = URL_SAFE_NO_PAD.decode(part).unwrap();
            serde_json::from_slice::<Value>(&bytes).unwrap_or_default()
        });
        let mut next = |changes: Value| {
            let mut part = parts.next().unwrap();
            for (name, value) in changes.as_object().unwrap() {
                part[name] = value.clone();
            }
            part.as_object_mut()
                .unwrap()
                .retain(|_, value| !value.is_null());
            part
        };
        let (header, claims) = (next(header), next(claims));
        self.key.sign(&header, &claims)
    }

    pub(crate) fn call(&self, token: &str, proof: String) -> Call {
        Call {
            method: "GET",
            url: ADDRESS.parse().unwrap(),
            authorization: vec![format!("DPoP {token}")],
            proof: vec![proof],
        }
    }

    /// A call that is right in everything.
    pub(crate) fn good(&self) -> Call {
        let token = self.token(json!({}));
        let proof = self.proof(&token);
        self.call(&token, proof)
    }

    pub(crate) async fn ask(&self, call: &Call) -> Result<Caller, ApiRefusal> {
        let bytes = |texts: &'_ [String]| {
            texts
                .iter()
                .map(|text| text.clone().into_bytes())
                .collect::<Vec<_>>()
        };
        let (authorization, proof) = (bytes(&call.authorization), bytes(&call.proof));
        let request = ApiRequest {
            method: call.method,
            url: &call.url,
            authorization: authorization.iter().map(Vec::as_slice).collect(),
            proof: proof.iter().map(Vec::as_slice).collect(),
        };
        self.guard.check(&request, self.world.now).await
    }

    pub(crate) async fn refusal_of_token(&self, token: &str) -> ApiRefusal {
        let call = self.call(token, self.proof(token));
        self.ask(&call).await.expect_err(token)
    }

    pub(crate) async fn refusal_of_proof(&self, header: Value, claims: Value) -> ApiRefusal {
        let token = self.token(json!({}));
        let shown = format!("{header} {claims}");
        let proof = self.spoiled_proof(&token, header, claims);
        self.ask(&self.call(&token, proof)).await.expect_err(&shown)
    }
}
