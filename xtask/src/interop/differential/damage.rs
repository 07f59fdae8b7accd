//! Broken entries: one for each kind of damage, with the class of those that not all readers refuse.

use super::classes::Tag;
use super::maker::Maker;
use super::types::FORMS;
use super::zone::{Entry, Owner};

/// All readers refuse it, or all take it.
const AGREED: Tag = "";

/// A broken entry; `%` stands for a label that is not yet in the zone.
pub(super) fn entry(maker: &mut Maker) -> Entry {
    let number = maker.number();
    let label = format!("broken{number}");
    match maker.random.below(4) {
        0 => of_fields(maker, &label),
        1 => of_long_names(maker),
        _ => {
            let (tag, text) = *maker.random.pick(LINES);
            let text = String::from(text)
                .replace('%', &label)
                .replace("<255>", &"x".repeat(255))
                .replace("<256>", &"x".repeat(256));
            tagged(text.into_bytes(), tag)
        }
    }
}

fn tagged(text: Vec<u8>, tag: Tag) -> Entry {
    let entry = Entry::line(text);
    if tag == AGREED {
        entry
    } else {
        entry.with(tag)
    }
}

/// A record of any type with a field too many or too few, or with one that cannot be.
fn of_fields(maker: &mut Maker, label: &str) -> Entry {
    // nsd-checkzone prints no more than one string of SPF.
    let form = loop {
        let form = maker.random.pick(FORMS);
        if form.name != "SPF" {
            break form;
        }
    };
    let mut rdata = (form.make)(maker);
    maker.used.clear();
    let tag = match maker.random.below(3) {
        0 => {
            rdata.truncate(0);
            AGREED
        }
        1 => {
            rdata.push(b"surplus".to_vec());
            AGREED
        }
        _ => {
            let place = maker.random.below(rdata.len().max(1));
            rdata.insert(place, b"!".to_vec());
            AGREED
        }
    };
    let tag = if !form.is_read() {
        "text-not-read"
    } else {
        tag
    };
    let fields = [vec![form.name.as_bytes().to_vec()], rdata].concat();
    let text = maker.lay_out(&fields, 1, false);
    maker.used.clear();
    let mut entry = tagged(text, tag);
    entry.owner = Some(Owner {
        text: label.into(),
        number: maker.number(),
        blank: false,
    });
    entry
}

/// Labels of 64 octets and names of 256, as owners and in RDATA.
fn of_long_names(maker: &mut Maker) -> Entry {
    let label = |length: usize| "l".repeat(length);
    let number = maker.number();
    // With the root, 255 octets are too few by one for this.
    let name = [label(63), label(63), label(63), label(62), "a".into()].join(".") + ".";
    let escaped = r"\108".repeat(64);
    let text = match maker.random.below(6) {
        0 => format!("{} A 192.0.2.1", label(64)),
        1 => format!("a{number} NS {}", label(64)),
        2 => format!("{name} A 192.0.2.1"),
        3 => format!("a{number} MX 10 {name}"),
        4 => format!("{escaped} A 192.0.2.1"),
        _ => format!("a{number} MX 10 {escaped}"),
    };
    Entry::line(text)
}

const LINES: &[(Tag, &str)] = &[
    // Structure.
    ("unclosed-parenthesis", "% TXT ( x"),
    ("unclosed-parenthesis", "% TXT ( x ; )"),
    ("unclosed-quote", "% TXT \"x"),
    ("unclosed-quote", "% TXT x\""),
    (AGREED, "% TXT x )"),
    (AGREED, "% TXT ( x ) )"),
    (AGREED, ") % TXT x"),
    ("nested-parentheses", "% TXT ( \"x\" ( \"y\" ) )"),
    ("nested-parentheses", "% TXT (( \"x\" ))"),
    (AGREED, "% TXT ( x ( y )"),
    ("line-feed-in-quotes", "% TXT \"x\ny\""),
    ("line-feed-in-quotes-in-parentheses", "% TXT ( \"x\ny\" )"),
    ("line-feed-in-touching-quotes", "% TXT \"x\"\"\ny\""),
    ("escaped-line-feed", "% TXT \"x\\\ny\""),
    ("escape-unfinished", "% TXT x\\"),
    ("lone-carriage-return", "% TXT x\rb% TXT y"),
    (AGREED, "% TXT\rx"),
    // Escapes.
    ("escape-unfinished", r"% TXT x\1y"),
    ("escape-unfinished", r#"% TXT "x\12""#),
    ("escape-unfinished", r"%\1b A 192.0.2.1"),
    ("escape-unfinished", r"%\12 A 192.0.2.1"),
    ("escape-over-255", r"% TXT x\256"),
    ("escape-over-255", r#"% TXT "x\999""#),
    ("escape-over-255-in-a-name", r"%\256 A 192.0.2.1"),
    ("escape-over-255-in-a-name", r"% MX 10 b\999"),
    // Names.
    (AGREED, "%..b A 192.0.2.1"),
    (AGREED, ".% A 192.0.2.1"),
    (AGREED, "% MX 10 a..b"),
    (AGREED, "% MX 10 .."),
    (AGREED, "% MX 10 .a"),
    (AGREED, "\"\" TXT x"),
    (AGREED, "% MX 10 \"\""),
    ("at-sign-in-name", "%@b A 192.0.2.1"),
    ("dollar-in-name", "%$b A 192.0.2.1"),
    ("dollar-before-name", "% MX 10 $b"),
    ("quoted-name", "% MX 10 \"b\""),
    ("quoted-name", "% MX 10 \"@\""),
    // Directives.
    ("unknown-directive", "$%"),
    ("unknown-directive", "$% A 192.0.2.1"),
    (AGREED, "$ORIGIN"),
    (AGREED, "$ORIGIN a.example. b.example."),
    (AGREED, "$ORIGIN a..b."),
    ("at-sign-as-origin", "$ORIGIN @"),
    ("relative-origin", "$ORIGIN %"),
    (AGREED, "$ORIGIN \"%.example.\""),
    (AGREED, "$TTL"),
    (AGREED, "$TTL x"),
    (AGREED, "$TTL 5 6"),
    (AGREED, "$TTL -1"),
    ("ttl-over-31-bits", "$TTL 2147483648"),
    ("quoted-ttl", "$TTL \"5\""),
    (AGREED, " $ORIGIN %.example."),
    (AGREED, "\t$TTL 5"),
    (AGREED, "$INCLUDE"),
    (AGREED, "$INCLUDE there-is-no-such-file"),
    ("quoted-directive", "\"$ORIGIN\" x"),
    // What stands before the RDATA.
    (AGREED, "%"),
    (AGREED, "% IN"),
    (AGREED, "% 5 IN"),
    (AGREED, "% IN IN A 192.0.2.1"),
    (AGREED, "% 5 5 A 192.0.2.1"),
    (AGREED, "% 5 IN 5 A 192.0.2.1"),
    ("other-class", "% CH TXT x"),
    (AGREED, "% ANY TXT x"),
    (AGREED, "% NONE TXT x"),
    (AGREED, "% CLASS255 TXT x"),
    (AGREED, "% CLASS65536 TXT x"),
    ("quoted-type", "% \"TXT\" x"),
    ("quoted-type", "% \"IN\" TXT x"),
    ("quoted-type", "% \"5\" TXT x"),
    (AGREED, r"% \065 192.0.2.1"),
    (AGREED, "% FOO x"),
    (AGREED, r"% FOO \# 0"),
    (AGREED, r"% TYPE65536 \# 1 00"),
    (AGREED, r"% TYPE \# 1 00"),
    ("type-zero", r"% TYPE0 \# 1 00"),
    ("meta-type-by-number", r"% TYPE41 \# 0"),
    ("meta-type-by-number", r"% TYPE128 \# 0"),
    ("meta-type-by-number", r"% TYPE249 \# 1 00"),
    ("meta-type-by-number", r"% TYPE255 \# 0"),
    ("meta-type-opt", r"% OPT \# 0"),
    (AGREED, r"% ANY \# 0"),
    (AGREED, r"% AXFR \# 0"),
    (AGREED, "% TKEY x"),
    // TTLs.
    (AGREED, "% -1 A 192.0.2.1"),
    (AGREED, "% +1 A 192.0.2.1"),
    (AGREED, "% 1x A 192.0.2.1"),
    (AGREED, "% 0x10 A 192.0.2.1"),
    (AGREED, "% 1.5 A 192.0.2.1"),
    ("ttl-without-last-unit", "% 1h30 A 192.0.2.1"),
    ("ttl-over-31-bits", "% 2147483648 A 192.0.2.1"),
    ("ttl-over-31-bits", "% 4294967295 A 192.0.2.1"),
    ("ttl-over-32-bits", "% 4294967296 A 192.0.2.1"),
    ("ttl-over-32-bits", "% 9999w A 192.0.2.1"),
    // Generic form.
    ("generic-length-wrong", r"% TYPE65280 \# 3 abcd"),
    ("generic-length-wrong", r"% TYPE65280 \# 1 abcd"),
    (AGREED, r"% TYPE65280 \# 2 abc"),
    (AGREED, r"% TYPE65280 \# 2 abxx"),
    (AGREED, r"% TYPE65280 \#"),
    ("generic-length-not-a-number", r"% TYPE65280 \# x ab"),
    ("generic-length-not-a-number", r"% TYPE65280 \# 1s ab"),
    ("generic-length-not-a-number", r"% TYPE65280 \# +1 ab"),
    ("generic-length-not-a-number", r"% TYPE65280 \# 65536 ab"),
    ("generic-quoted", "% TYPE65280 \\# 1 \"00\""),
    ("generic-quoted", "% TYPE65280 \\# 0 \"\""),
    ("generic-quoted", "% TYPE65280 \\# \"1\" 00"),
    ("generic-escaped", r"% TYPE65280 \# 1 \0480"),
    (AGREED, r"% TYPE65280 \#1 00"),
    (AGREED, r"% TYPE65280 \ # 1 00"),
    (AGREED, "% TYPE65280 foo"),
    (AGREED, "% TYPE65280"),
    ("generic-marker-alone", r"% TXT \# hello"),
    ("generic-not-of-the-type", r"% A \# 3 c00002"),
    // Not names that are cut off or compressed: kzonecheck 3.2.6 reads past their end, and at times crashes.
    ("generic-not-of-the-type", r"% AAAA \# 2 2001"),
    ("generic-not-of-the-type", r"% CAA \# 1 00"),
    ("generic-not-strings", r"% TXT \# 2 0561"),
    // Addresses.
    (AGREED, "% A 192.0.2"),
    (AGREED, "% A 192.0.2.256"),
    (AGREED, "% A 192.0.2.1."),
    (AGREED, "% A 1"),
    (AGREED, "% A 0x7f.0.0.1"),
    (AGREED, "% A x"),
    ("quoted-address", "% A \"192.0.2.1\""),
    ("escaped-address", r"% A 192.0.2.\049"),
    (AGREED, "% AAAA 2001:db8:::1"),
    (AGREED, "% AAAA 2001:db8"),
    (AGREED, "% AAAA 2001:00db8::1"),
    (AGREED, "% AAAA 1:2:3:4:5:6:7:8:9"),
    (AGREED, "% AAAA ::192.0.2"),
    (AGREED, "% AAAA fe80::1%eth0"),
    (AGREED, "% AAAA 192.0.2.1"),
    // Numbers.
    ("number-out-of-range", "% MX 65536 b"),
    ("number-out-of-range", "% SRV 1 2 65536 b"),
    ("number-out-of-range", "% TLSA 256 1 0 00"),
    ("number-out-of-range", "% CAA 256 issue \"x\""),
    ("number-out-of-range", "% MX -1 b"),
    ("number-out-of-range", "% MX +1 b"),
    (AGREED, "% MX 0x10 b"),
    (AGREED, "% MX x b"),
    ("quoted-number", "% MX \"10\" b"),
    ("escaped-number", r"% MX 1\048 b"),
    // Strings.
    (AGREED, "% TXT"),
    (AGREED, "% HINFO x y z"),
    ("caa-tag-punctuation", "% CAA 0 iss-ue \"x\""),
    ("caa-tag-quoted", "% CAA 0 \"issue\" \"x\""),
    (AGREED, "% CAA 0 issue"),
    (AGREED, "% CAA 0 issue \"x\" \"y\""),
    (AGREED, "% TXT <255> \"<255>\""),
    ("string-over-255", "% TXT <256>"),
    ("string-over-255", "% TXT \"<256>\""),
    ("string-over-255", "% HINFO \"<256>\" x"),
    ("longest-bare-word", "% HINFO x (<255>)"),
    ("naptr-expression", "% NAPTR 100 50 s \"\" \"!bad\" ."),
    ("uri-bare", "% URI 10 1 ftp://ftp1.example.com/public"),
    // Keys and digests.
    (AGREED, "% DS 12345 8 2 ABC"),
    ("digest-length", "% DS 12345 8 1 ABCD"),
    ("digest-length-sshfp", "% SSHFP 1 1 1234"),
    ("digest-length-sshfp", "% ZONEMD 2018031500 1 1 AABB"),
    (AGREED, "% DS 12345 8 99"),
    (AGREED, "% DNSKEY 256 3 8"),
    (AGREED, "% DNSKEY 256 3 8 AwE"),
    (AGREED, "% DNSKEY 256 3 8 Aw=A"),
    (AGREED, "% DNSKEY 256 3 8 A!=="),
    (AGREED, "% TLSA 3 1 1"),
    (AGREED, "% TLSA 3 1 1 xx"),
    (AGREED, "% SSHFP 1 1"),
    (AGREED, "% OPENPGPKEY"),
    ("ipseckey-without-key", "% IPSECKEY 10 1 2 192.0.2.38"),
    ("gateway-escaped-dot", r"% IPSECKEY 10 3 2 gateway\. AQID"),
    (AGREED, "% NSEC b NOPE"),
    ("nsec-without-types", "% NSEC b"),
    ("nsec3-hash", "% NSEC3 1 1 0 - 2t7b"),
    ("nsec3-hash", "% NSEC3 1 1 0 - \"\""),
    (AGREED, "% NSEC3 1 1 0 - 2t7b4g4vsa5smi47k61mv5bv1a22bojz"),
    (AGREED, "% NSEC3 1 1 0 AAB 2t7b4g4vsa5smi47k61mv5bv1a22bojr"),
    (
        AGREED,
        "% RRSIG A 8 2 3600 20301301000000 20200101000000 1 . AAAA",
    ),
    (
        AGREED,
        "% RRSIG A 8 2 3600 203001010000 20200101000000 1 . AAAA",
    ),
    (
        "signature-time-in-seconds",
        "% RRSIG A 8 2 3600 1893456000 1577836800 1 . AAAA",
    ),
    (
        "original-ttl-over-31-bits",
        "% RRSIG A 8 2 4294967295 20300101000000 20200101000000 1 . AAAA",
    ),
    (
        "number-out-of-range",
        "% RRSIG A 8 2 3600 99999999999 20200101000000 1 . AAAA",
    ),
    (
        AGREED,
        "% RRSIG NOPE 8 2 3600 20300101000000 20200101000000 1 . AAAA",
    ),
    (
        AGREED,
        "% RRSIG A 8 2 3600 20300101000000 20200101000000 1 .",
    ),
    // Services.
    (AGREED, "% SVCB 1"),
    (AGREED, "% SVCB 1 b alpn"),
    (AGREED, "% SVCB 1 b port=65536"),
    (AGREED, "% SVCB 1 b port=x"),
    (AGREED, "% SVCB 1 b ipv4hint="),
    (AGREED, "% SVCB 1 b ipv6hint=x"),
    (AGREED, "% SVCB 1 b mandatory=alpn"),
    (AGREED, "% SVCB 1 b port=443 port=444"),
    (AGREED, "% SVCB 1 b key65536=x"),
    (AGREED, "% SVCB 1 b foo=bar"),
    (AGREED, "% SVCB 0 b alpn=h2"),
    ("svcb-empty-alpn", "% SVCB 1 b alpn=h2,"),
    ("svcb-default-alpn", "% SVCB 1 b no-default-alpn"),
    ("svcb-key-zeros", "% SVCB 1 b key0667=x"),
    ("quoted-target", "% SVCB 0 \"b\""),
    ("svcb-quoted", "% SVCB 1 b \"alpn=h2\""),
    ("svcb-empty-value", "% SVCB 1 b key667="),
    ("svcb-empty-ech", "% SVCB 1 b ech="),
    ("svcb-port-octets", r"% SVCB 1 b key3=\001\187"),
];
