//! [`Setup`]: how a file is checked, from its configuration and the command line, which counts more.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use mimi_lint::{Checker, Level, Settings};
use mimi_rr::TypeCodes;
use mimi_zonefile::IncludeRoot;

use crate::arguments::{Check, RuleOptions, TypeOptions};
use crate::config::Config;
use crate::exit::Usage;
use crate::input::shown;

/// How a file is checked.
pub(crate) struct Setup {
    pub(crate) checker: Checker,
    pub(crate) fail_on: Level,
    pub(crate) config: Arc<Config>,
    /// Whether what the configuration ignores is left out.
    pub(crate) ignores: bool,
    pub(crate) baseline: Option<PathBuf>,
}

/// A file to check.
pub(crate) struct Job {
    pub(crate) path: PathBuf,
    pub(crate) setup: Arc<Setup>,
}

impl Setup {
    pub(crate) fn new(
        config: &Arc<Config>,
        options: &Check,
        threads: NonZeroUsize,
    ) -> Result<Self> {
        let mut checker =
            Checker::new(settings(config, &options.rules, &options.types)?).threads(threads);
        if let Some(origin) = options.origin.as_ref().or(config.origin.as_ref()) {
            checker = checker.origin(origin.clone());
        }
        let root = options.include_root.as_ref();
        if let Some(folder) = root.or(config.include_root.as_ref()) {
            let root = IncludeRoot::open(folder)
                .with_context(|| format!("cannot open {}", shown(folder)))?;
            checker = checker.include_root(root);
        }
        if options.rules.no_ignores {
            checker = checker.without_ignores();
        }
        let baseline = options.configuration.baseline.as_ref();
        let baseline = match options.configuration.write_baseline {
            Some(_) => None,
            None => baseline.or(config.baseline.as_ref()).cloned(),
        };
        Ok(Self {
            checker,
            fail_on: options.fail_on.or(config.fail_on).unwrap_or(Level::Warning),
            config: Arc::clone(config),
            ignores: !options.rules.no_ignores,
            baseline,
        })
    }
}

/// How the rules are applied.
///
/// # Errors
/// [`Usage`] for rules that are none, and codes that cannot be.
pub(crate) fn settings(
    config: &Config,
    rules: &RuleOptions,
    types: &TypeOptions,
) -> Result<Settings> {
    let mut settings = config.settings.clone();
    settings.pedantic |= rules.pedantic;
    for level in &rules.levels.0 {
        level.apply(&mut settings).map_err(Usage)?;
    }
    let codes = TypeCodes::new(
        types.type_mimi.unwrap_or(settings.types.mimi()),
        types.type_mimix.unwrap_or(settings.types.mimix()),
    );
    settings.types = codes.map_err(|error| Usage(format!("--type-mimi, --type-mimix: {error}")))?;
    Ok(settings)
}

/// Whether a path stands for standard input.
pub(crate) fn is_standard_input(path: &Path) -> bool {
    path == Path::new("-")
}
