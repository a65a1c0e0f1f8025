//! CDS Hooks: what is offered, asked, sent along, fetched and answered back.

mod discovery;
mod feedback;
mod fetch;
mod prefetch;
mod request;

pub use discovery::{Discovery, Service, Version};
pub use feedback::{Feedback, FeedbackKind};
pub use fetch::Fetch;
pub(crate) use prefetch::Key;
pub use prefetch::{KEYS, Prefetched};
pub use request::{FhirAuthorization, Hook, HookRequest};
