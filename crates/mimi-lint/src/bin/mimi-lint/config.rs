//! `mimi-lint.toml`: what a team decides for its zones.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::ops::Range;
use std::path::{Path, PathBuf};

use glob::Pattern;
use mimi_lint::{Level, Rule, Settings};
use mimi_name::DomainName;
use mimi_output::Shown;
use mimi_rr::TypeCodes;
use serde::Deserialize;
use toml::Spanned;

use crate::config_error::ConfigError;
use crate::levels::{LevelOf, rules_of};

/// The name of the file.
pub(crate) const FILE_NAME: &str = "mimi-lint.toml";

/// No configuration is longer than this.
const LONGEST: u64 = 1 << 20;

/// What a file configures, with its paths made those of its folder.
#[derive(Debug, Default)]
pub(crate) struct Config {
    pub(crate) settings: Settings,
    pub(crate) origin: Option<DomainName>,
    pub(crate) fail_on: Option<Level>,
    pub(crate) include_root: Option<PathBuf>,
    pub(crate) baseline: Option<PathBuf>,
    /// Which names of files in folders are those of zone files.
    pub(crate) include: Option<Vec<Pattern>>,
    pub(crate) ignores: Vec<ConfiguredIgnore>,
    /// The folder it is in.
    pub(crate) folder: PathBuf,
}

/// Findings that are meant to be as they are.
#[derive(Debug)]
pub(crate) struct ConfiguredIgnore {
    pub(crate) rules: Vec<&'static Rule>,
    pub(crate) owner: Option<Owners>,
    pub(crate) path: Option<Pattern>,
}

/// Owner names that an ignore is about.
#[derive(Debug)]
pub(crate) enum Owners {
    One(DomainName),
    /// `*.` and a name: everything below it.
    Below(DomainName),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Keys {
    origin: Option<Spanned<String>>,
    fail_on: Option<Spanned<String>>,
    #[serde(default)]
    select_pedantic: bool,
    #[serde(default)]
    rules: BTreeMap<Spanned<String>, Spanned<String>>,
    #[serde(default)]
    services: Vec<Spanned<String>>,
    type_mimi: Option<Spanned<u16>>,
    type_mimix: Option<Spanned<u16>>,
    enum_suffix: Option<Spanned<String>>,
    shortest_ttl: Option<u32>,
    longest_ttl: Option<Spanned<u32>>,
    include_root: Option<PathBuf>,
    include: Option<Vec<Spanned<String>>>,
    baseline: Option<PathBuf>,
    #[serde(default)]
    ignore: Vec<IgnoreKeys>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct IgnoreKeys {
    rules: Vec<Spanned<String>>,
    owner: Option<Spanned<String>>,
    path: Option<Spanned<String>>,
    /// For those who read the file.
    #[serde(rename = "reason")]
    _reason: Option<String>,
}

/// What is wrong, and where.
type Wrong = (Range<usize>, String);

impl Config {
    /// Reads a file.
    ///
    /// # Errors
    /// [`ConfigError`] when it cannot be read, or says something that is not understood.
    pub(crate) fn read(path: &Path) -> Result<Self, ConfigError> {
        let text = read(path).map_err(|error| ConfigError::unreadable(path, &error))?;
        let keys: Keys =
            toml::from_str(&text).map_err(|error| ConfigError::of_toml(path, &text, &error))?;
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
            _ => PathBuf::from("."),
        };
        keys.judge(folder)
            .map_err(|(span, message)| ConfigError::at(path, &text, span, message))
    }
}

fn read(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    let length = fs::File::open(path)?
        .take(LONGEST + 1)
        .read_to_string(&mut text)?;
    if length as u64 > LONGEST {
        let message = "expected at most a mebibyte, found more";
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
    }
    Ok(text)
}

impl Keys {
    fn judge(self, folder: PathBuf) -> Result<Config, Wrong> {
        let mut config = Config {
            settings: self.settings()?,
            origin: self.origin.as_ref().map(name).transpose()?,
            fail_on: self.fail_on.as_ref().map(level).transpose()?,
            include_root: self.include_root.map(|root| folder.join(root)),
            baseline: self.baseline.map(|baseline| folder.join(baseline)),
            include: None,
            ignores: Vec::new(),
            folder,
        };
        if let Some(include) = &self.include {
            config.include = Some(include.iter().map(pattern).collect::<Result<_, _>>()?);
        }
        for ignore in &self.ignore {
            config.ignores.push(ignore.judge()?);
        }
        Ok(config)
    }

    fn settings(&self) -> Result<Settings, Wrong> {
        let mut settings = Settings::default();
        settings.pedantic = self.select_pedantic;
        self.set_levels(&mut settings)?;
        for service in &self.services {
            let text = service.get_ref();
            if text.is_empty() {
                let message = "expected the identifier of a service, found an empty one\nhelp: write it as in `s=`, such as \"signal\"";
                return Err((service.span(), message.to_owned()));
            }
            // One that is known already may be named.
            let _ = settings.services.register(text.as_str(), text.as_str());
        }
        let code = |value: &Option<Spanned<u16>>, default| {
            value.as_ref().map_or(default, |value| *value.get_ref())
        };
        let types = TypeCodes::new(
            code(&self.type_mimi, settings.types.mimi()),
            code(&self.type_mimix, settings.types.mimix()),
        );
        settings.types = types.map_err(|error| {
            let keys = [&self.type_mimi, &self.type_mimix];
            let span = keys.into_iter().flatten().next().map(Spanned::span);
            (
                span.unwrap_or_default(),
                format!("{error}\nhelp: use two codes of 65280 to 65534"),
            )
        })?;
        if let Some(suffix) = &self.enum_suffix {
            settings.enum_suffix = name(suffix)?;
        }
        settings.shortest_ttl = self.shortest_ttl.unwrap_or(settings.shortest_ttl);
        if let Some(longest) = &self.longest_ttl {
            settings.longest_ttl = *longest.get_ref();
        }
        if settings.shortest_ttl > settings.longest_ttl {
            let message = format!(
                "expected a longest TTL of at least the shortest, found {} below {}\nhelp: raise `longest-ttl` or lower `shortest-ttl`",
                settings.longest_ttl, settings.shortest_ttl
            );
            let span = self.longest_ttl.as_ref().map(Spanned::span);
            return Err((span.unwrap_or_default(), message));
        }
        Ok(settings)
    }

    /// Groups first, so that what is said about single rules counts.
    fn set_levels(&self, settings: &mut Settings) -> Result<(), Wrong> {
        let rank = |rules: &str| match rules {
            "all" => 0,
            "pedantic" => 1,
            _ => 2,
        };
        let mut rules: Vec<_> = self.rules.iter().collect();
        rules.sort_by_key(|(rules, _)| rank(rules.get_ref()));
        for (rules, word) in rules {
            let level = match word.get_ref().as_str() {
                "off" => None,
                other => Some(other.parse::<Level>().map_err(|_| {
                    let message = format!(
                        "expected off, info, warning or error, found `{}`",
                        Shown(other)
                    );
                    (word.span(), message)
                })?),
            };
            let level_of = LevelOf {
                rules: rules.get_ref().clone(),
                level,
            };
            let applied = level_of.apply(settings);
            applied.map_err(|message| (rules.span(), message))?;
        }
        Ok(())
    }
}

impl IgnoreKeys {
    fn judge(&self) -> Result<ConfiguredIgnore, Wrong> {
        let mut rules = Vec::new();
        for text in &self.rules {
            let meant = rules_of(text.get_ref());
            rules.extend(meant.map_err(|message| (text.span(), message))?);
        }
        let owners = |text: &Spanned<String>| match text.get_ref().strip_prefix("*.") {
            Some(above) => {
                let above = Spanned::new(text.span(), above.to_owned());
                name(&above).map(Owners::Below)
            }
            None => name(text).map(Owners::One),
        };
        Ok(ConfiguredIgnore {
            rules,
            owner: self.owner.as_ref().map(owners).transpose()?,
            path: self.path.as_ref().map(pattern).transpose()?,
        })
    }
}

impl Owners {
    pub(crate) fn hold(&self, owner: &DomainName) -> bool {
        match self {
            Self::One(name) => name == owner,
            Self::Below(above) => owner.is_within(above) && owner != above,
        }
    }
}

fn name(text: &Spanned<String>) -> Result<DomainName, Wrong> {
    DomainName::parse_absolute(text.get_ref()).map_err(|error| {
        let message = format!(
            "expected a domain name, found `{}`: {error}\nhelp: write all of it, such as \"example.com\"",
            Shown(text.get_ref())
        );
        (text.span(), message)
    })
}

fn level(text: &Spanned<String>) -> Result<Level, Wrong> {
    text.get_ref().parse().map_err(|error| {
        let message = format!("{error}, found `{}`", Shown(text.get_ref()));
        (text.span(), message)
    })
}

fn pattern(text: &Spanned<String>) -> Result<Pattern, Wrong> {
    Pattern::new(text.get_ref()).map_err(|error| {
        let message = format!(
            "expected a pattern such as \"*.zone\" or \"zones/**\", found `{}`: {}",
            Shown(text.get_ref()),
            error.msg
        );
        (text.span(), message)
    })
}
