//! Not too often: by person, and where nobody is logged in by address.

use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use riktig_journal::id::PersonId;
use riktig_journal::policy::Actor;

use crate::portal::Portal;
use crate::visit::Visit;

const FORWARDED: HeaderName = HeaderName::from_static("x-forwarded-for");
/// Keys that are remembered before those that have been quiet are forgotten.
const REMEMBERED: usize = 10_000;

/// Whom a limit is counted for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Source {
    /// Somebody who is logged in.
    Person(PersonId),
    /// An address; of IPv6 the network, because a house has as many addresses as it likes.
    Address(IpAddr),
}

/// How often each source may ask.
pub(crate) type Rates = DefaultKeyedRateLimiter<Source>;

/// A limit of requests a minute, all of which may come at once.
pub(crate) fn rates(per_minute: u32) -> Option<Rates> {
    let most = NonZeroU32::new(per_minute)?;
    Some(RateLimiter::keyed(Quota::per_minute(most)))
}

/// Turns away who asks too often.
pub(crate) async fn rate(State(portal): State<Portal>, request: Request, next: Next) -> Response {
    let Some(rates) = portal.rates() else {
        return next.run(request).await;
    };
    let visit = request.extensions().get::<Visit>();
    let person = visit.and_then(Visit::actor).and_then(Actor::person);
    let source = person.map(Source::Person);
    match source.or_else(|| by_address(&portal, &request)) {
        Some(source) if is_too_often(rates, &source) => come_back(),
        _ => next.run(request).await,
    }
}

/// Where a request comes from.
pub(crate) fn by_address(portal: &Portal, request: &Request) -> Option<Source> {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let hops = portal.config().server.trusted_hops;
    let address = address(request.headers(), peer.map(|peer| peer.0.ip()), hops);
    address.map(network).map(Source::Address)
}

/// Counts one more request of a source, and tells whether it is one too many.
pub(crate) fn is_too_often(rates: &Rates, source: &Source) -> bool {
    if rates.len() > REMEMBERED {
        rates.retain_recent();
    }
    rates.check_key(source).is_err()
}

/// What the source is told.
pub(crate) fn come_back() -> Response {
    let wait = [(header::RETRY_AFTER, HeaderValue::from_static("60"))];
    (StatusCode::TOO_MANY_REQUESTS, wait).into_response()
}

/// Who asks: the peer, or behind `hops` proxies of ours the address that the outermost of them saw.
///
/// Every proxy adds at the right what it saw; what stands further left was written by the asker.
fn address(headers: &HeaderMap, peer: Option<IpAddr>, hops: usize) -> Option<IpAddr> {
    if hops == 0 {
        return peer;
    }
    let lines: Vec<&str> = headers
        .get_all(FORWARDED)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .collect();
    let mut seen = lines.iter().rev().flat_map(|line| line.rsplit(','));
    seen.nth(hops - 1)?.trim().parse().ok()
}

fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(six) => match six.to_ipv4_mapped() {
            Some(four) => IpAddr::V4(four),
            None => {
                let [a, b, c, d, ..] = six.segments();
                IpAddr::from([a, b, c, d, 0, 0, 0, 0])
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forwarded(lines: &[&'static str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(FORWARDED, HeaderValue::from_static(line));
        }
        headers
    }

    #[test]
    fn what_the_asker_writes_into_the_header_is_not_read() {
        let peer = Some(IpAddr::from([10, 0, 0, 1]));
        let headers = forwarded(&["6.6.6.6, 1.2.3.4", "10.0.0.2"]);
        assert_eq!(address(&headers, peer, 0), peer);
        assert_eq!(
            address(&headers, peer, 1),
            Some(IpAddr::from([10, 0, 0, 2]))
        );
        assert_eq!(address(&headers, peer, 2), Some(IpAddr::from([1, 2, 3, 4])));
    }

    #[test]
    fn a_header_that_is_shorter_than_our_proxies_tells_nobody() {
        assert_eq!(address(&forwarded(&[]), None, 1), None);
        assert_eq!(address(&forwarded(&["1.2.3.4"]), None, 2), None);
        assert_eq!(address(&forwarded(&["unknown"]), None, 1), None);
    }

    #[test]
    fn a_house_is_one_source() {
        let of = |text: &str| network(text.parse().unwrap()).to_string();
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(of("::ffff:1.2.3.4"), "1.2.3.4");
    }
}
