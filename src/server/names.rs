//! The names by which a server may be asked. A page of another site can make a browser ask any address under that site's
//! own name (DNS rebinding); such a question is not answered.

use std::net::IpAddr;

/// The names of a server.
#[derive(Clone, Debug)]
pub struct Names {
    own: Vec<String>,
    /// Whether it listens on every address of the machine.
    is_everywhere: bool,
}

impl Names {
    /// The names of a server that was told to listen on `host`, which is `address`.
    #[must_use]
    pub fn new(host: &str, address: IpAddr) -> Self {
        let own = ["localhost", "127.0.0.1", "[::1]"].map(str::to_owned);
        let literal = if address.is_ipv6() { format!("[{address}]") } else { address.to_string() };
        let own = own.into_iter().chain([host.to_ascii_lowercase(), literal]).collect();
        Self { own, is_everywhere: address.is_unspecified() }
    }

    /// Whether `authority` (a name, and perhaps a port) is one of them. The port may be another: what leads here may
    /// have one of its own.
    #[must_use]
    pub fn include(&self, authority: &str) -> bool {
        let name = match authority.rsplit_once(':') {
            Some((name, port)) if !authority.ends_with(']') => {
                if port.is_empty() || !port.bytes().all(|byte| byte.is_ascii_digit()) {
                    return false;
                }
                name
            }
            _ => authority,
        };
        let name = name.to_ascii_lowercase();
        // An address is nobody's name, so none can be bound to another.
        let is_address = || name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().is_ok();
        self.own.contains(&name) || (self.is_everywhere && is_address())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_its_own_names_are_answered() {
        let names = Names::new("127.0.0.1", [127, 0, 0, 1].into());
        for name in ["127.0.0.1", "127.0.0.1:3000", "localhost:80", "LOCALHOST", "[::1]:3000", "[::1]"] {
            assert!(names.include(name), "{name}");
        }
        for name in [
            "",
            "evil.example",
            "evil.example:3000",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "127.0.0.1:",
            "127.0.0.1:80@evil.example",
            "192.168.1.2",
            "localhost:80:80",
            "::1",
        ] {
            assert!(!names.include(name), "{name}");
        }
    }

    #[test]
    fn a_server_for_the_network_is_known_by_any_address_but_by_no_name() {
        let names = Names::new("0.0.0.0", [0, 0, 0, 0].into());
        assert!(names.include("192.168.1.2:3000") && names.include("[fe80::1]:3000"));
        assert!(!names.include("evil.example:3000"));
        assert!(Names::new("my-laptop", [192, 168, 1, 2].into()).include("My-Laptop:3000"));
    }
}
