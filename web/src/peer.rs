//! Peer: where a request comes from; what a proxy says of that counts only from a proxy that is trusted (RELIABILITY 6.4).

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;

use crate::site::Site;

/// The address of whoever asks, if the server knows it.
pub(crate) struct Peer(pub Option<IpAddr>);

impl FromRequestParts<Site> for Peer {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Infallible> {
        let next = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let next = next.map(|ConnectInfo(address)| address.ip().to_canonical());
        Ok(Self(next.map(|next| behind(next, &parts.headers, &site.office.trusted_proxies))))
    }
}

/// The nearest address that is no proxy of ours, read from the end: what stands before it anybody may have written.
fn behind(next: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    let lines = headers.get_all("x-forwarded-for").iter().filter_map(|line| line.to_str().ok());
    let said: Vec<&str> = lines.flat_map(|line| line.split(',')).map(str::trim).collect();
    let mut nearest = next;
    for one in said.into_iter().rev() {
        if !trusted.contains(&nearest) {
            break;
        }
        let Ok(address) = one.parse::<IpAddr>() else { break };
        nearest = address.to_canonical();
    }
    nearest
}

/// What is counted together: one address, or of IPv6 the network that one customer has.
pub(crate) fn network(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn what_is_forwarded_counts_only_from_a_proxy_that_is_trusted() {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "10.9.9.9, 203.0.113.7, 10.0.0.2".parse().unwrap());
        let proxies = [ip("10.0.0.1"), ip("10.0.0.2")];
        assert_eq!(behind(ip("10.0.0.1"), &headers, &proxies), ip("203.0.113.7"));
        assert_eq!(behind(ip("10.0.0.1"), &headers, &[]), ip("10.0.0.1"), "nobody is trusted unsaid");
        assert_eq!(
            behind(ip("198.51.100.3"), &headers, &proxies),
            ip("198.51.100.3"),
            "a liar stays who it is"
        );
        headers.insert("x-forwarded-for", "nonsense".parse().unwrap());
        assert_eq!(behind(ip("10.0.0.1"), &headers, &proxies), ip("10.0.0.1"));
    }

    #[test]
    fn a_customer_with_many_addresses_is_one() {
        assert_eq!(network(ip("2001:db8:1:2::1")), network(ip("2001:db8:1:2:ffff::9")));
        assert_ne!(network(ip("2001:db8:1:2::1")), network(ip("2001:db8:1:3::1")));
        assert_ne!(network(ip("192.0.2.1")), network(ip("192.0.2.2")));
    }
}
