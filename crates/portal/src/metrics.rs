//! What is counted: requests by route template, sessions, logins. No label says who.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use metrics::{Key, Label, Level, Metadata, Recorder};
use metrics_exporter_prometheus::{
    Matcher, PrometheusBuilder, PrometheusHandle, PrometheusRecorder,
};

const ABOUT: Metadata<'static> = Metadata::new(module_path!(), Level::INFO, None);
/// Upper ends of the histogram of answers, in seconds; a page is to take two thousandths.
const SECONDS: [f64; 10] = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 10.0];
const DURATION: &str = "riktig_request_seconds";

/// The counters of one portal.
pub(crate) struct Metrics {
    recorder: PrometheusRecorder,
    handle: PrometheusHandle,
    under_way: Arc<AtomicUsize>,
}

/// How a login ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LoginResult {
    /// A session began.
    Succeeded,
    /// The person stopped it, or came too late.
    Stopped,
    /// It was refused.
    Refused,
    /// The login service could not be used.
    Unavailable,
}

/// A request under way, until it is dropped.
pub(crate) struct UnderWay(Arc<AtomicUsize>);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Metrics {
    pub(crate) fn new() -> Metrics {
        let builder = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Full(DURATION.into()), &SECONDS)
            .expect("the list of buckets is not empty");
        let recorder = builder.build_recorder();
        let handle = recorder.handle();
        let describe = |name: &'static str, what: &'static str| {
            recorder.describe_counter(name.into(), None, what.into());
        };
        describe(
            "riktig_requests_total",
            "Requests by method, route template and status.",
        );
        describe("riktig_logins_total", "Logins by result.");
        describe(
            "riktig_advice_total",
            "Calls for advice by hook, and whether anything was said.",
        );
        describe(
            "riktig_advice_gaps_total",
            "Data that did not come with a call for advice, by prefetch key and reason.",
        );
        describe(
            "riktig_advice_not_noted_total",
            "Rows of what was advised that are not in the journal: the queue was full, or the journal could not be written.",
        );
        describe(
            "riktig_advice_feedback_ignored_total",
            "Feedback that a suggestion was taken which its card never had: counted for nothing.",
        );
        describe(
            "riktig_hook_refusals_total",
            "Calls of systems that were refused, by reason.",
        );
        recorder.describe_histogram(
            DURATION.into(),
            None,
            "Time to the first byte of an answer, by route template.".into(),
        );
        recorder.describe_gauge(
            "riktig_requests_under_way".into(),
            None,
            "Requests under way.".into(),
        );
        recorder.describe_gauge("riktig_sessions".into(), None, "Sessions in force.".into());
        Metrics {
            recorder,
            handle,
            under_way: Arc::default(),
        }
    }

    /// A request has begun.
    pub(crate) fn begin(&self) -> UnderWay {
        self.under_way.fetch_add(1, Ordering::Relaxed);
        UnderWay(Arc::clone(&self.under_way))
    }

    /// A request was answered.
    pub(crate) fn request(&self, method: &str, route: &str, status: u16, took: Duration) {
        let route = Label::new("route", route.to_owned());
        let labels = vec![
            Label::new("method", method_label(method)),
            route.clone(),
            Label::new("status", status.to_string()),
        ];
        let key = Key::from_parts("riktig_requests_total", labels);
        self.recorder.register_counter(&key, &ABOUT).increment(1);
        let key = Key::from_parts(DURATION, vec![route]);
        self.recorder
            .register_histogram(&key, &ABOUT)
            .record(took.as_secs_f64());
    }

    /// A login has ended.
    pub(crate) fn login(&self, result: LoginResult) {
        let result = match result {
            LoginResult::Succeeded => "succeeded",
            LoginResult::Stopped => "stopped",
            LoginResult::Refused => "refused",
            LoginResult::Unavailable => "unavailable",
        };
        let key = Key::from_parts("riktig_logins_total", vec![Label::new("result", result)]);
        self.recorder.register_counter(&key, &ABOUT).increment(1);
    }

    /// A call for advice was answered: with cards, or with silence.
    pub(crate) fn advised(&self, hook: &'static str, said: &'static str) {
        let labels = vec![Label::new("hook", hook), Label::new("said", said)];
        self.count("riktig_advice_total", labels, 1);
    }

    /// Data did not come with a call.
    pub(crate) fn gap(&self, key: &'static str, reason: &'static str) {
        let labels = vec![Label::new("key", key), Label::new("reason", reason)];
        self.count("riktig_advice_gaps_total", labels, 1);
    }

    /// Rows of what was advised were not noted.
    pub(crate) fn not_noted(&self, why: &'static str, rows: usize) {
        let labels = vec![Label::new("why", why)];
        self.count("riktig_advice_not_noted_total", labels, rows as u64);
    }

    /// A system told that a suggestion was taken which its card never had.
    pub(crate) fn feedback_ignored(&self) {
        self.count("riktig_advice_feedback_ignored_total", Vec::new(), 1);
    }

    /// A system's call was refused.
    pub(crate) fn hook_refused(&self, why: &'static str) {
        self.count(
            "riktig_hook_refusals_total",
            vec![Label::new("why", why)],
            1,
        );
    }

    fn count(&self, name: &'static str, labels: Vec<Label>, by: u64) {
        let key = Key::from_parts(name, labels);
        self.recorder.register_counter(&key, &ABOUT).increment(by);
    }

    /// Everything, in Prometheus's text form. `sessions` in force, where the journal could tell.
    pub(crate) fn told(&self, sessions: Option<u64>) -> String {
        let gauge = |name: &'static str, value: f64| {
            let key = Key::from_name(name);
            self.recorder.register_gauge(&key, &ABOUT).set(value);
        };
        gauge(
            "riktig_requests_under_way",
            self.under_way.load(Ordering::Relaxed) as f64,
        );
        // An old count would be taken for a new one: what cannot be told is not a number.
        gauge("riktig_sessions", sessions.map_or(f64::NAN, |it| it as f64));
        self.handle.render()
    }

    /// Folds what was measured since the last time; memory grows until somebody does.
    pub(crate) fn upkeep(&self) {
        self.handle.run_upkeep();
    }
}

/// Methods that exist; whatever else somebody writes is one label.
fn method_label(method: &str) -> &'static str {
    match method {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        _ => "other",
    }
}

impl std::fmt::Debug for Metrics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Metrics")
    }
}
