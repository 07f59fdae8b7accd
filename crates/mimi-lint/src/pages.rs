//! The page of each rule. Written by `cargo xtask codegen`.

/// Codes and pages, in the order of `RULES`.
#[rustfmt::skip]
pub(crate) static PAGES: &[(&str, &str)] = &[
    ("MIMI001", include_str!("../pages/syntax-error.md")),
    ("MIMI002", include_str!("../pages/rdata-error.md")),
    ("MIMI003", include_str!("../pages/include-not-followed.md")),
    ("MIMI004", include_str!("../pages/mimi-rdata.md")),
    ("MIMI005", include_str!("../pages/mimix-rdata.md")),
    ("MIMI010", include_str!("../pages/malformed-ignore.md")),
    ("MIMI011", include_str!("../pages/unknown-ignore.md")),
    ("MIMI012", include_str!("../pages/unused-ignore.md")),
    ("MIMI013", include_str!("../pages/ignore-without-reason.md")),
    ("MIMI014", include_str!("../pages/more-than-judged.md")),
    ("MIMI107", include_str!("../pages/missing-equals.md")),
];
