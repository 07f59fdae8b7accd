//! The allowed edges between our crates, and who may own which other dependency, asserted from `cargo metadata`.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::process::{cargo, output};

/// What each of our crates may depend on. Tests may use more: dev-dependencies are free, but for those on `xtask` and binaries.
const EDGES: &[(&str, &[&str])] = &[
    ("mimi-name", &[]),
    ("mimi-mssi", &[]),
    ("mimi-id", &["mimi-name"]),
    ("mimi-rr", &["mimi-name", "mimi-mssi"]),
    ("mimi-zonefile", &["mimi-name"]),
    (
        "mimi-discovery",
        &["mimi-name", "mimi-mssi", "mimi-id", "mimi-rr"],
    ),
    (
        "mimi-resolver",
        &[
            "mimi-name",
            "mimi-id",
            "mimi-rr",
            "mimi-discovery",
            "mimi-oracle",
        ],
    ),
    ("mimi-authority", &["mimi-name", "mimi-rr", "mimi-zonefile"]),
    ("mimi-oracle", &["mimi-mssi", "mimi-id"]),
    ("mimi-output", &["mimi-name"]),
    (
        "mimi-lint",
        &[
            "mimi-name",
            "mimi-mssi",
            "mimi-id",
            "mimi-rr",
            "mimi-zonefile",
            "mimi-output",
        ],
    ),
    (
        "mimi-cli",
        &[
            "mimi-name",
            "mimi-output",
            "mimi-mssi",
            "mimi-id",
            "mimi-rr",
            "mimi-zonefile",
            "mimi-discovery",
            "mimi-resolver",
            "mimi-authority",
            "mimi-oracle",
        ],
    ),
    (
        "mimi-testkit",
        &[
            "mimi-name",
            "mimi-mssi",
            "mimi-id",
            "mimi-rr",
            "mimi-discovery",
            "mimi-oracle",
        ],
    ),
    (
        "mimi-fuzz-bodies",
        &[
            "mimi-name",
            "mimi-mssi",
            "mimi-id",
            "mimi-rr",
            "mimi-zonefile",
            "mimi-discovery",
            "mimi-authority",
            "mimi-lint",
            "mimi-resolver",
            "mimi-oracle",
        ],
    ),
    ("xtask", &[]),
];

/// Which of our crates may depend on a foreign one, dev-dependencies apart. A new dependency is a new line here.
const OWNERS: &[(&str, &[&str])] = &[
    ("annotate-snippets", &["mimi-cli", "mimi-lint"]),
    ("anstream", &["mimi-cli", "mimi-lint", "mimi-output"]),
    ("anstyle", &["mimi-cli", "mimi-lint"]),
    ("anyhow", &["mimi-cli", "mimi-lint", "xtask"]),
    (
        "async-trait",
        &[
            "mimi-authority",
            "mimi-resolver",
            "mimi-testkit",
            "mimi-oracle",
        ],
    ),
    ("clap", &["mimi-cli", "mimi-lint", "mimi-output", "xtask"]),
    ("clap_complete", &["mimi-cli", "mimi-lint"]),
    ("clap_mangen", &["mimi-cli", "mimi-lint"]),
    // Record data of standard types, on our scanner's tokens.
    ("domain", &["mimi-zonefile", "mimi-cli"]),
    (
        "futures-util",
        &["mimi-resolver", "mimi-authority", "mimi-cli"],
    ),
    // Hashes of names, seeded.
    ("foldhash", &["mimi-lint"]),
    // Patterns of file names.
    ("glob", &["mimi-lint"]),
    ("hickory-net", &["mimi-resolver", "mimi-testkit"]),
    (
        "hickory-proto",
        &[
            "mimi-rr",
            "mimi-resolver",
            "mimi-authority",
            "mimi-testkit",
            "mimi-fuzz-bodies",
        ],
    ),
    ("hickory-server", &["mimi-authority", "mimi-testkit"]),
    // NFC, to check what UTS 46 did (D46); idna brings it in anyway.
    ("icu_normalizer", &["mimi-id"]),
    ("idna", &["mimi-id", "mimi-lint"]),
    // Progress on terminals.
    ("indicatif", &["mimi-lint"]),
    ("memchr", &["mimi-lint", "mimi-zonefile"]),
    // What a measured process used, and free space.
    ("nix", &["xtask"]),
    ("nom", &["mimi-mssi", "mimi-id", "mimi-rr"]),
    // HTTP of oracles.
    ("axum", &["mimi-oracle"]),
    // TLS and orderly shutdown below axum.
    ("axum-server", &["mimi-oracle"]),
    // Base64url without padding.
    ("data-encoding", &["mimi-oracle"]),
    ("http-body-util", &["mimi-oracle"]),
    // HTTP to oracles.
    ("hyper", &["mimi-oracle"]),
    ("hyper-util", &["mimi-oracle"]),
    // Tokens by mail.
    ("lettre", &["mimi-oracle"]),
    // Registrations, where one machine is not enough.
    ("postgres", &["mimi-oracle"]),
    // Counters in Prometheus text form.
    ("prometheus-client", &["mimi-oracle"]),
    // Randomness in the form that voprf takes.
    ("rand_core", &["mimi-oracle"]),
    // HKDF, AEAD and signatures.
    ("ring", &["mimi-oracle", "mimi-fuzz-bodies"]),
    // Registrations.
    ("rusqlite", &["mimi-oracle"]),
    // The oblivious function of RFC 9497.
    ("voprf", &["mimi-oracle"]),
    // Which domain somebody registered.
    ("psl", &["mimi-lint"]),
    // Bounded by weight; expiry is ours, since its clock cannot be set.
    ("quick_cache", &["mimi-resolver", "mimi-oracle"]),
    // IDs of questions, and names that nobody can have published.
    ("rand", &["mimi-lint"]),
    // Certificates for servers of tests.
    ("rcgen", &["mimi-testkit"]),
    ("resolv-conf", &["mimi-cli", "mimi-lint"]),
    // Opening included files, confined by the kernel; locking a folder.
    ("rustix", &["mimi-zonefile", "mimi-oracle"]),
    ("rustls", &["mimi-resolver", "mimi-testkit", "mimi-oracle"]),
    (
        "serde",
        &[
            "mimi-cli",
            "mimi-lint",
            "mimi-output",
            "mimi-testkit",
            "xtask",
            "mimi-oracle",
        ],
    ),
    (
        "serde_json",
        &[
            "mimi-cli",
            "mimi-lint",
            "mimi-output",
            "mimi-testkit",
            "xtask",
            "mimi-oracle",
        ],
    ),
    // Standard input, transferred zones, and files that take the place of others.
    ("tempfile", &["mimi-lint"]),
    // How wide the terminal is.
    ("terminal_size", &["mimi-lint"]),
    ("toml", &["mimi-lint"]),
    (
        "tokio",
        &[
            "mimi-resolver",
            "mimi-authority",
            "mimi-cli",
            "mimi-fuzz-bodies",
            "mimi-testkit",
            "mimi-oracle",
        ],
    ),
    // TLS on the streams of a runtime, as hickory-net has it.
    (
        "tokio-rustls",
        &["mimi-resolver", "mimi-oracle", "mimi-testkit"],
    ),
    // Folders of zone files.
    ("walkdir", &["mimi-lint"]),
    // Scripts and letters that look alike (UTS 39).
    ("unicode-security", &["mimi-lint"]),
    // The certificate authorities that browsers trust.
    ("webpki-roots", &["mimi-resolver"]),
];

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    /// `None` for a normal dependency, else `dev` or `build`.
    kind: Option<String>,
    /// A folder, for our own crates.
    path: Option<String>,
}

pub(super) fn check() -> Result<Vec<String>> {
    let mut command = cargo();
    command.args(["metadata", "--format-version", "1", "--no-deps", "--locked"]);
    let metadata: Metadata =
        serde_json::from_slice(&output(command)?).context("cannot read cargo metadata")?;
    let mut complaints = Vec::new();
    let mut used = BTreeSet::new();
    for package in &metadata.packages {
        let Some(allowed) = look_up(EDGES, &package.name) else {
            complaints.push(format!("{}: not in the table of edges", package.name));
            continue;
        };
        for dependency in &package.dependencies {
            let edge = format!("{} → {}", package.name, dependency.name);
            let is_dev = dependency.kind.as_deref() == Some("dev");
            if dependency.path.is_some() {
                let is_forbidden = if is_dev {
                    matches!(dependency.name.as_str(), "xtask" | "mimi-cli")
                } else {
                    !allowed.contains(&dependency.name.as_str())
                };
                if is_forbidden {
                    complaints.push(format!("{edge}: this edge is not allowed"));
                }
            } else if !is_dev {
                used.insert((dependency.name.clone(), package.name.clone()));
                let owners = look_up(OWNERS, &dependency.name).unwrap_or_default();
                if !owners.contains(&package.name.as_str()) {
                    complaints.push(format!("{edge}: not among the owners of this dependency"));
                }
            }
        }
    }
    for (dependency, owners) in OWNERS {
        for owner in *owners {
            if !used.contains(&((*dependency).to_owned(), (*owner).to_owned())) {
                complaints.push(format!("{owner} → {dependency}: listed, and not there"));
            }
        }
    }
    Ok(complaints)
}

fn look_up<'a>(table: &[(&str, &'a [&'a str])], key: &str) -> Option<&'a [&'a str]> {
    table
        .iter()
        .find(|(name, _)| *name == key)
        .map(|(_, values)| *values)
}
