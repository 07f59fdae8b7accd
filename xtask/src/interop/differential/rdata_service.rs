//! RDATA of SVCB and HTTPS (RFC 9460).

use super::maker::Maker;

type Fields = Vec<Vec<u8>>;

/// Parameters that all readers take alike, by key.
const PARAMETERS: [(&str, &[&str]); 8] = [
    (
        "alpn",
        &[
            "alpn=h2",
            "alpn=h2,h3",
            "alpn=\"h2,h3-19\"",
            "key1=\\002h2",
            r"alpn=f\\\092oo\092,bar,h2",
            r#"alpn="f\\\\oo\\,bar,h2""#,
        ],
    ),
    ("no-default-alpn", &["no-default-alpn alpn=h3"]),
    (
        "port",
        &["port=443", "port=\"8443\"", "port=0", "port=65535"],
    ),
    (
        "ipv4hint",
        &["ipv4hint=192.0.2.1", "ipv4hint=192.0.2.1,192.0.2.2"],
    ),
    ("ech", &["ech=AEX+DQ==", "ech=\"AEP+DQA/AAAgACCgq7hL\""]),
    (
        "ipv6hint",
        &[
            "ipv6hint=2001:db8::1",
            "ipv6hint=2001:db8::1,::ffff:198.51.100.100",
        ],
    ),
    (
        "key667",
        &[
            "key667=hello",
            "key667=\"hello\\210qoo\"",
            "key667",
            "key667=a\\\"b",
        ],
    ),
    ("key65333", &["key65333=last", "key65333"]),
];

/// Not in quotes, which BIND takes here.
fn target(maker: &mut Maker) -> Vec<u8> {
    let allowed = maker.allowed.take("quoted-name");
    let target = maker.target();
    maker.allowed.extend(allowed);
    target
}

pub(super) fn svcb(maker: &mut Maker) -> Fields {
    if maker.random.one_in(4) {
        return vec![b"0".to_vec(), target(maker)];
    }
    let priority = maker.random.between(1, 65_535);
    let mut fields = vec![priority.to_string().into_bytes(), target(maker)];
    let mut chosen: Vec<&str> = Vec::new();
    for (key, values) in PARAMETERS {
        // `no-default-alpn` brings its own `alpn`.
        let doubles = key == "no-default-alpn"
            && chosen
                .iter()
                .any(|it| it.starts_with("alpn") || it.starts_with("key1="));
        if !doubles && maker.random.one_in(3) {
            let value = *maker.random.pick(values);
            // ldns-signzone signs other octets than these.
            if !(maker.to_sign && value.contains('\\')) {
                chosen.push(value);
            }
        }
    }
    if chosen.contains(&"port=443") && maker.random.one_in(2) {
        chosen.push("mandatory=port");
    }
    if maker.wants("svcb-dohpath") {
        chosen.push("dohpath=\"/dns-query{?dns}\"");
    }
    // In any order.
    while !chosen.is_empty() {
        let parameter = chosen.swap_remove(maker.random.below(chosen.len()));
        fields.extend(parameter.split(' ').map(|word| word.as_bytes().to_vec()));
    }
    fields
}
