//! When the process is asked to stop.

use tokio::signal;

/// Over when the process is interrupted (Ctrl-C) or told to end (SIGTERM).
pub(crate) async fn asked() {
    let interrupted = async {
        if signal::ctrl_c().await.is_err() {
            // Nobody can ask: then nobody does.
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        () = interrupted => {}
        () = terminated() => {}
    }
}

#[cfg(unix)]
async fn terminated() {
    match signal::unix::signal(signal::unix::SignalKind::terminate()) {
        Ok(mut signal) => {
            signal.recv().await;
        }
        Err(_) => std::future::pending().await,
    }
}

#[cfg(not(unix))]
async fn terminated() {
    std::future::pending().await
}
