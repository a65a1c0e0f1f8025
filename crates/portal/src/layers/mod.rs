//! What every request passes, from the outside in.
//!
//! ```text
//! record       request id; one line in the log, one count in the metrics, when the answer is known
//! headers      what a browser must be told on every answer
//! compression
//! error pages  an answer without a page gets one, also what the layers below refuse
//! panics       a fault in a handler ends the request, not the server
//! arrival      what is sent is here before it takes a place
//! capacity     too many at once are asked to come back; one that takes too long is ended
//! host         only requests for our own name
//! origin       nothing is changed by a form of somebody else's page
//! visit        who visits
//! rate         not too often
//! body         not too large
//! ```

pub(crate) mod arrival;
pub(crate) mod capacity;
pub(crate) mod error_pages;
pub(crate) mod headers;
pub(crate) mod host;
pub(crate) mod rate;
pub(crate) mod record;
pub(crate) mod visit;
