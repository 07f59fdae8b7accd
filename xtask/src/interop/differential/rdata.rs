//! RDATA of the types of everyday, and of old ones.

use super::maker::Maker;

type Fields = Vec<Vec<u8>>;

pub(super) fn a(maker: &mut Maker) -> Fields {
    let octets = maker.random.octets(4);
    let [a, b, c, d] = [octets[0], octets[1], octets[2], octets[3]];
    vec![format!("{a}.{b}.{c}.{d}").into_bytes()]
}

pub(super) fn aaaa(maker: &mut Maker) -> Fields {
    let fixed: [&str; 8] = [
        "::",
        "::1",
        "2001:db8::",
        "2001:DB8:0:0:8::A",
        "2001:0db8:0000:0000:0000:0000:0000:0001",
        "::ffff:192.0.2.1",
        "64:ff9b::192.0.2.33",
        "1:2:3:4:5:6:7::",
    ];
    let text = if maker.random.one_in(2) {
        (*maker.random.pick(&fixed)).to_owned()
    } else {
        let groups: Vec<String> = (0..8)
            .map(|_| format!("{:x}", maker.random.next() as u16))
            .collect();
        groups.join(":")
    };
    vec![text.into_bytes()]
}

pub(super) fn mx(maker: &mut Maker) -> Fields {
    vec![maker.decimal(65_535), maker.target()]
}

pub(super) fn px(maker: &mut Maker) -> Fields {
    vec![maker.decimal(65_535), maker.target(), maker.target()]
}

pub(super) fn ptr(maker: &mut Maker) -> Fields {
    vec![maker.target()]
}

pub(super) fn two_names(maker: &mut Maker) -> Fields {
    vec![maker.target(), maker.target()]
}

pub(super) fn srv(maker: &mut Maker) -> Fields {
    let mut fields: Fields = (0..3).map(|_| maker.decimal(65_535)).collect();
    fields.push(maker.target());
    fields
}

pub(super) fn txt(maker: &mut Maker) -> Fields {
    let count = match maker.random.below(8) {
        0 => 30,
        1 | 2 => maker.random.between(2, 5),
        _ => 1,
    };
    let strings = (0..count).map(|_| {
        let string = maker.string();
        let touches = maker.wants("touching-strings");
        if touches {
            [b"\"touching\"", &string[..]].concat()
        } else {
            string
        }
    });
    strings.collect()
}

/// One, since nsd-checkzone prints no more of SPF.
pub(super) fn one_string(maker: &mut Maker) -> Fields {
    vec![maker.string()]
}

pub(super) fn hinfo(maker: &mut Maker) -> Fields {
    vec![maker.string(), maker.string()]
}

pub(super) fn x25(_: &mut Maker) -> Fields {
    vec![b"311061700956".to_vec()]
}

pub(super) fn naptr(maker: &mut Maker) -> Fields {
    let expressions: [&[u8]; 3] = [
        b"",
        b"!^.*$!sip:info@example.com!",
        br"!^(.*)$!mailto:\1@example.com!i",
    ];
    let expression = *maker.random.pick(&expressions);
    let flags: [&[u8]; 5] = [b"", b"s", b"U", b"A", b"P"];
    let services: [&[u8]; 4] = [b"", b"E2U+sip", b"z3950+I2L+I2C", b"SIP+D2T"];
    let (flag, service) = (*maker.random.pick(&flags), *maker.random.pick(&services));
    vec![
        maker.decimal(65_535),
        maker.decimal(65_535),
        maker.string_of(flag),
        maker.string_of(service),
        maker.string_of(expression),
        maker.target(),
    ]
}

pub(super) fn caa(maker: &mut Maker) -> Fields {
    let tags: [&[u8]; 5] = [b"issue", b"issuewild", b"iodef", b"tbs", b"x1"];
    let mut tag = maker.random.pick(&tags).to_vec();
    if maker.wants("caa-tag-case") {
        tag.make_ascii_uppercase();
    }
    let values: [&[u8]; 4] = [
        b"",
        b"ca.example.net; account=23",
        b"mailto:security@example.com",
        b"\"\\;",
    ];
    let value = *maker.random.pick(&values);
    vec![maker.decimal(255), tag, maker.string_of(value)]
}

pub(super) fn uri(maker: &mut Maker) -> Fields {
    let targets: [&str; 3] = [
        r#""ftp://ftp1.example.com/public""#,
        r#""https://www.example.com/path;x=(1)""#,
        r#""a\"b\\c\032d""#,
    ];
    let target = maker.random.word(&targets);
    vec![maker.decimal(65_535), maker.decimal(65_535), target]
}

pub(super) fn loc(maker: &mut Maker) -> Fields {
    let fixed: [&str; 9] = [
        "42 21 54 N 71 06 18 W -24m 30m",
        "42 21 43.952 N 71 5 6.344 W -24m 1m 200m",
        "52 14 05 N 00 08 50 E 10m",
        "32 7 19 S 116 2 25 E 10m",
        "42 21 28.764 N 71 00 51.617 W -44m 2000m",
        "90 N 180 W 0",
        "0 0 0 N 0 0 0 E -100000m 0m 0m 0m",
        "1 S 2 E 1.5m 90000000m 10000m 10m",
        "59 59 59.999 S 179 59 59.999 E 42849672.95m 1.00m 0.05m 9m",
    ];
    let fixed = *maker.random.pick(&fixed);
    fixed
        .split(' ')
        .map(|field| field.as_bytes().to_vec())
        .collect()
}

pub(super) fn apl(maker: &mut Maker) -> Fields {
    let items: [&str; 8] = [
        "1:192.0.2.0/24",
        "!1:192.0.2.1/32",
        "1:0.0.0.0/0",
        "1:224.0.0.0/4",
        "2:2001:db8::/32",
        "!2:::/0",
        "2:FF00:0:0:0:0:0:0:0/8",
        "1:192.0.2.1/24",
    ];
    let count = maker.random.below(4);
    (0..count).map(|_| maker.random.word(&items)).collect()
}

fn eui(maker: &mut Maker, count: usize) -> Fields {
    let octets = maker.random.octets(count);
    let groups: Vec<String> = octets.iter().map(|octet| format!("{octet:02x}")).collect();
    vec![groups.join("-").into_bytes()]
}

pub(super) fn eui48(maker: &mut Maker) -> Fields {
    eui(maker, 6)
}

pub(super) fn eui64(maker: &mut Maker) -> Fields {
    eui(maker, 8)
}

pub(super) fn nid(maker: &mut Maker) -> Fields {
    vec![maker.decimal(65_535), b"0014:4fff:ff20:ee64".to_vec()]
}

pub(super) fn l32(maker: &mut Maker) -> Fields {
    vec![maker.decimal(65_535), b"10.1.2.0".to_vec()]
}

pub(super) fn l64(maker: &mut Maker) -> Fields {
    let mut locator = b"2001:0DB8:1140:1000".to_vec();
    if maker.wants("locator-without-zeros") {
        locator = b"2001:DB8:1140:1".to_vec();
    }
    vec![maker.decimal(65_535), locator]
}

pub(super) fn amtrelay(maker: &mut Maker) -> Fields {
    let relays: [&str; 4] = [
        "0 .",
        "1 203.0.113.15",
        "2 2001:db8::15",
        "3 amtrelays.example.com.",
    ];
    let relay = *maker.random.pick(&relays);
    let mut fields = vec![maker.decimal(255), b"1".to_vec()];
    fields.extend(relay.split(' ').map(|field| field.as_bytes().to_vec()));
    fields
}
