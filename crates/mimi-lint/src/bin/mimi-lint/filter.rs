//! [`Filter`]: which findings are left out, as the configuration and the baseline say.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;
use mimi_lint::Finding;

use crate::baseline::Baseline;
use crate::config::ConfiguredIgnore;
use crate::paths::matches;
use crate::setup::Setup;

/// The filters of a run: one baseline may be that of several configurations.
#[derive(Clone, Default)]
pub(crate) struct Filter {
    baselines: HashMap<PathBuf, Baseline>,
}

impl Filter {
    /// Reads the baselines.
    ///
    /// # Errors
    /// Those of [`Baseline::read`].
    pub(crate) fn new(setups: &[Arc<Setup>]) -> Result<Self> {
        let mut filter = Self::default();
        for path in setups.iter().filter_map(|setup| setup.baseline.as_ref()) {
            if !filter.baselines.contains_key(path) {
                let baseline = Baseline::read(path)?;
                filter.baselines.insert(path.clone(), baseline);
            }
        }
        Ok(filter)
    }

    /// Whether a finding is reported.
    pub(crate) fn keeps(&mut self, finding: &Finding, setup: &Setup) -> bool {
        let folder = &setup.config.folder;
        let mut ignores = setup.config.ignores.iter();
        if setup.ignores && ignores.any(|ignore| ignore.holds(finding, folder)) {
            return false;
        }
        match &setup.baseline {
            Some(path) => match self.baselines.get_mut(path) {
                Some(baseline) => !baseline.knows(finding),
                None => true,
            },
            None => true,
        }
    }

    /// Baselines with findings that are no longer there, and how many.
    pub(crate) fn stale(&mut self, checked: &[String]) -> Vec<(PathBuf, u64)> {
        let baselines = self.baselines.iter_mut();
        let mut stale: Vec<_> = baselines
            .map(|(path, baseline)| (path.clone(), baseline.stale(checked)))
            .filter(|(_, count)| *count > 0)
            .collect();
        stale.sort();
        stale
    }
}

impl ConfiguredIgnore {
    pub(crate) fn holds(&self, finding: &Finding, folder: &Path) -> bool {
        let holds_owner = || {
            let owner = finding.owner.as_ref();
            let wanted = self.owner.as_ref();
            wanted.is_none_or(|owners| owner.is_some_and(|owner| owners.hold(owner)))
        };
        let holds_path = || {
            let name = Path::new(&finding.place.excerpt.source.name);
            let wanted = self.path.as_ref();
            wanted.is_none_or(|pattern| matches(pattern, name, folder))
        };
        self.rules.contains(&finding.rule) && holds_owner() && holds_path()
    }
}
