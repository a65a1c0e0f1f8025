//! When the process is asked to stop.

use std::future::Future;

use tokio::signal;

/// Over when the process is interrupted (Ctrl-C) or told to end (SIGTERM). SIGTERM is heard from this call on, not from the first
/// poll: whoever asks right after the first answer is heard, too.
///
/// # Panics
/// Outside of a Tokio runtime.
pub(crate) fn asked() -> impl Future<Output = ()> {
    let terminated = terminated();
    async {
        let interrupted = async {
            if signal::ctrl_c().await.is_err() {
                // Nobody can ask: then nobody does.
                std::future::pending::<()>().await;
            }
        };
        tokio::select! {
            () = interrupted => {}
            () = terminated => {}
        }
    }
}

#[cfg(unix)]
fn terminated() -> impl Future<Output = ()> {
    let signal = signal::unix::signal(signal::unix::SignalKind::terminate());
    async {
        match signal {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    }
}

#[cfg(not(unix))]
fn terminated() -> impl Future<Output = ()> {
    std::future::pending()
}
