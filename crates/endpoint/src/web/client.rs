use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::extract::Request;

/// A client as limits see it: an IPv4 address, or the /64 network of an IPv6 one,
/// which is what one subscriber gets.
pub fn client_of(request: &Request, behind_proxy: bool) -> Option<IpAddr> {
    let forwarded = behind_proxy.then(|| forwarded_for(request)).flatten();
    let address = forwarded.or_else(|| {
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>()?;
        Some(peer.0.ip())
    })?;
    Some(match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
        address => address,
    })
}

/// The address that the nearest proxy added; those before it may be anybody's invention.
fn forwarded_for(request: &Request) -> Option<IpAddr> {
    let value = request
        .headers()
        .get_all("x-forwarded-for")
        .iter()
        .next_back()?;
    value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    #[test]
    fn only_the_nearest_proxy_is_believed() {
        let cases = [
            ("203.0.113.7", true, "203.0.113.7"),
            ("198.51.100.1, 203.0.113.7", true, "203.0.113.7"),
            ("2001:db8:1:2:3:4:5:6", true, "2001:db8:1:2::"),
            ("::ffff:203.0.113.7", true, "203.0.113.7"),
            ("nonsense", true, "127.0.0.1"),
            ("203.0.113.7", false, "127.0.0.1"),
        ];
        for (header, behind_proxy, expected) in cases {
            let mut request = Request::new(Body::empty());
            request
                .extensions_mut()
                .insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 9))));
            if let Ok(value) = header.parse() {
                request.headers_mut().insert("x-forwarded-for", value);
            }
            assert_eq!(
                client_of(&request, behind_proxy),
                expected.parse().ok(),
                "{header}"
            );
        }
    }
}
