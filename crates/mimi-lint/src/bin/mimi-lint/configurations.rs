//! Which configuration goes for which file.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::arguments::ConfigurationFile;
use crate::config::{Config, FILE_NAME};
use crate::config_error::ConfigError;

/// The configurations of a run, each read once.
pub(crate) struct Configurations {
    /// What goes for every file, as asked for.
    fixed: Option<Arc<Config>>,
    without: Arc<Config>,
    by_folder: HashMap<PathBuf, Option<Arc<Config>>>,
}

impl Configurations {
    pub(crate) fn new(options: &ConfigurationFile) -> Result<Self, ConfigError> {
        let without = Arc::new(Config {
            folder: PathBuf::from("."),
            ..Config::default()
        });
        let fixed = match &options.config {
            Some(path) => Some(Arc::new(Config::read(path)?)),
            None if options.no_config => Some(Arc::clone(&without)),
            None => None,
        };
        Ok(Self {
            fixed,
            without,
            by_folder: HashMap::new(),
        })
    }

    /// That of a file or folder; of standard input, that of the folder the command runs in.
    pub(crate) fn of(&mut self, path: &Path) -> Result<Arc<Config>, ConfigError> {
        if let Some(fixed) = &self.fixed {
            return Ok(Arc::clone(fixed));
        }
        let folder = match path.parent() {
            _ if path.is_dir() => path,
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let folder = folder
            .canonicalize()
            .or_else(|_| std::path::absolute(folder))
            .unwrap_or_else(|_| folder.to_owned());
        let found = self.upwards(&folder)?;
        Ok(found.unwrap_or_else(|| Arc::clone(&self.without)))
    }

    fn upwards(&mut self, folder: &Path) -> Result<Option<Arc<Config>>, ConfigError> {
        let mut passed = Vec::new();
        let mut found = None;
        for folder in folder.ancestors() {
            if let Some(known) = self.by_folder.get(folder) {
                found = known.clone();
                break;
            }
            passed.push(folder.to_owned());
            let path = short(folder.join(FILE_NAME));
            if path.is_file() {
                found = Some(Arc::new(Config::read(&path)?));
                break;
            }
        }
        for folder in passed {
            self.by_folder.insert(folder, found.clone());
        }
        Ok(found)
    }
}

/// A path from where the command runs, if it is beneath that: what people would type.
fn short(path: PathBuf) -> PathBuf {
    let here = std::env::current_dir().and_then(|here| here.canonicalize());
    match here.as_ref().map(|here| path.strip_prefix(here)) {
        Ok(Ok(beneath)) => beneath.to_owned(),
        _ => path,
    }
}
