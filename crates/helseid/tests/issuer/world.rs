//! An issuer and a client of it, at a moment that stands still.

use jiff::Timestamp;
use riktig_helseid::{Client, Login, LoginError, Settings};
use riktig_testkit::issuer::{Fault, Issuer};

pub(crate) const BACK: &str = "https://portal.example.org/login/callback";

pub(crate) struct World {
    pub(crate) issuer: Issuer,
    pub(crate) client: Client,
    pub(crate) now: Timestamp,
}

pub(crate) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with(|_, _| {}).await
    }

    /// With settings that differ.
    pub(crate) async fn with(change: impl FnOnce(&Issuer, &mut Settings)) -> Self {
        let now = at(1_800_000_000);
        let issuer = Issuer::start(now).await;
        let mut settings = issuer.settings(BACK);
        change(&issuer, &mut settings);
        let client = Client::new(settings).unwrap();
        Self {
            issuer,
            client,
            now,
        }
    }

    pub(crate) fn wait(&mut self, seconds: i64) {
        self.now = at(self.now.as_second() + seconds);
        self.issuer.set_time(self.now);
    }

    pub(crate) async fn log_in(&self, persona: &str) -> Result<Login, LoginError> {
        let (url, pending) = self.client.begin(self.now).await?;
        let callback = self.issuer.log_in(&url, persona);
        self.client.finish(pending, &callback, self.now).await
    }

    /// A login while the issuer does this wrong, and one after it, which must succeed.
    pub(crate) async fn refusal(&self, fault: Fault) -> LoginError {
        let shown = format!("{fault:?}");
        self.issuer.misbehave(fault);
        let refusal = self.log_in("doctor").await.expect_err(&shown);
        self.issuer.behave();
        self.log_in("doctor").await.expect(&shown);
        refusal
    }
}
