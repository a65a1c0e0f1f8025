//! The server: listens, answers, and stops without cutting anybody off.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::watch;

use riktig_journal::retention;

use crate::login;
use crate::portal::Portal;

/// How often what was measured is folded together.
const UPKEEP: Duration = Duration::from_secs(5);

/// How long the end waits until what was advised has been noted.
const NOTED: Duration = Duration::from_secs(5);

/// How often what is past its time is taken away.
const SWEEP: Duration = Duration::from_secs(60 * 60);

/// The ports of a portal, taken but not yet answered on.
#[derive(Debug)]
pub struct Listening {
    portal: Portal,
    public: TcpListener,
    private: Option<TcpListener>,
}

/// Why it cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// A port cannot be taken.
    #[error("cannot listen on {address}")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// A demo is for one's own machine.
    #[error("cannot serve the demo on {address}: everybody could be anybody there")]
    DemoInPublic {
        /// Where it was to listen.
        address: SocketAddr,
    },
    /// The server ended by itself.
    #[error("cannot go on serving")]
    Ended(#[source] io::Error),
}

impl ServeError {
    /// What a person can do about it.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            ServeError::Listen { .. } => {
                "another program has the port, or the address is not this machine's; change server.listen or metrics.listen"
            }
            ServeError::DemoInPublic { .. } => {
                "the demo lets everybody in without proof; it listens on the loopback only"
            }
            ServeError::Ended(_) => "the system says why; start it again",
        }
    }
}

impl Portal {
    /// Takes the ports of the configuration (0: any free one).
    ///
    /// # Errors
    /// When a port is taken, and when a demo would be seen by other machines.
    pub async fn listen(self) -> Result<Listening, ServeError> {
        let address = self.config().server.listen;
        if self.login().is_demo() && !address.ip().is_loopback() {
            return Err(ServeError::DemoInPublic { address });
        }
        let private = match self.config().metrics {
            Some(address) => Some(take(address).await?),
            None => None,
        };
        Ok(Listening {
            public: take(address).await?,
            private,
            portal: self,
        })
    }
}

async fn take(address: SocketAddr) -> Result<TcpListener, ServeError> {
    TcpListener::bind(address)
        .await
        .map_err(|source| ServeError::Listen { address, source })
}

impl Listening {
    /// Where the portal answers.
    ///
    /// # Errors
    /// When the system cannot tell.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.public.local_addr()
    }

    /// Where metrics are told.
    #[must_use]
    pub fn private_address(&self) -> Option<SocketAddr> {
        self.private.as_ref()?.local_addr().ok()
    }

    /// Answers until `stop` is over. Then nobody new is let in; requests under way are finished, for no longer than the
    /// configuration says.
    ///
    /// # Errors
    /// When the server ended by itself.
    pub async fn run(self, stop: impl Future<Output = ()> + Send) -> Result<(), ServeError> {
        let (stopped, stopping) = watch::channel(false);
        let patience = self.portal.config().server.stop;
        let public = tokio::spawn(answer(self.public, self.portal.router(), stopping.clone()));
        let private = self.private.map(|listener| {
            let router = self.portal.private_router();
            tokio::spawn(answer(listener, router, stopping.clone()))
        });
        let upkeep = tokio::spawn(upkeep(self.portal.clone()));
        let outbox = tokio::spawn(outbox(self.portal.clone()));
        let mut public = public;
        let early = tokio::select! {
            ended = &mut public => Some(ended),
            () = stop => None,
        };
        upkeep.abort();
        outbox.abort();
        let _ = stopped.send(true); // nobody listens only where the server has ended by itself
        let ended = match early {
            Some(ended) => ended,
            None => match tokio::time::timeout(patience, &mut public).await {
                Ok(ended) => ended,
                Err(_) => {
                    tracing::warn!(
                        "requests under way were cut off: they took longer than server.stop_seconds"
                    );
                    public.abort();
                    Ok(Ok(()))
                }
            },
        };
        if let Some(private) = private {
            private.abort();
        }
        let noted = self.portal.advice_noted();
        if tokio::time::timeout(NOTED, noted).await.is_err() {
            tracing::warn!("what was advised last could not be noted before the end");
        }
        self.portal.journal().close().await;
        match ended {
            Ok(result) => result.map_err(ServeError::Ended),
            Err(panic) => Err(ServeError::Ended(io::Error::other(panic))),
        }
    }
}

async fn answer(
    listener: TcpListener,
    router: Router,
    mut stopping: watch::Receiver<bool>,
) -> io::Result<()> {
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service)
        .with_graceful_shutdown(async move {
            let _ = stopping.wait_for(|stop| *stop).await; // the sender gone means the same
        })
        .await
}

/// How often it is looked whether prescriptions wait to be sent.
const OUTBOX_EVERY: Duration = Duration::from_secs(5);

/// Sends prescriptions that nobody has answered yet, where somebody prescribes from here.
async fn outbox(portal: Portal) {
    if portal.prescriber().is_none() && portal.pharmacy().is_none() {
        return;
    }
    loop {
        tokio::time::sleep(OUTBOX_EVERY).await;
        portal.chain_due(portal.now()).await;
    }
}

/// Measured times are folded together now and then, so that they take no memory where nobody asks for them; and what is
/// past its time leaves the journal.
async fn upkeep(portal: Portal) {
    let mut pulse = tokio::time::interval(UPKEEP);
    let mut sweep = tokio::time::interval(SWEEP);
    loop {
        tokio::select! {
            _ = pulse.tick() => portal.metrics().upkeep(),
            _ = sweep.tick() => swept(&portal).await,
        }
    }
}

/// Takes away what is past its time. What cannot go now goes at the next sweep.
async fn swept(portal: &Portal) {
    loop {
        match retention::sweep(portal.journal(), login::limits(portal), portal.now()).await {
            Ok(swept) if swept.more => {}
            Ok(swept) => {
                tracing::info!(
                    people = swept.people,
                    names = swept.names,
                    "the journal was swept"
                );
                return;
            }
            Err(error) => {
                tracing::error!(cause = %error, "the journal could not be swept");
                return;
            }
        }
    }
}
