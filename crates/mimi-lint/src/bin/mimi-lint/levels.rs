//! Levels of rules as operators set them: `-A`, `-W` and `-D` on the command line, words in the configuration.

use clap::{ArgAction, ArgMatches, Args, Command, FromArgMatches};
use mimi_lint::rules::RULES;
use mimi_lint::{Level, Rule, Settings, registry};
use mimi_output::Shown;

/// What is set for one rule or a group of them; `None` turns them off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LevelOf {
    /// A code, a name, or a group.
    pub(crate) rules: String,
    pub(crate) level: Option<Level>,
}

/// `-A`, `-W` and `-D`, in the order in which they were given.
pub(crate) struct LevelOptions(pub(crate) Vec<LevelOf>);

const OPTIONS: [(&str, char, &str, Option<Level>); 3] = [
    (
        "allow",
        'A',
        "Turn a rule off. CODE is the code or the name of a rule, `pedantic` for those that are off by default, or `all`; of several of these options for a rule, the last one counts",
        None,
    ),
    (
        "warn",
        'W',
        "Make the findings of a rule warnings",
        Some(Level::Warning),
    ),
    (
        "deny",
        'D',
        "Make the findings of a rule errors",
        Some(Level::Error),
    ),
];

impl Args for LevelOptions {
    fn augment_args(command: Command) -> Command {
        let option = |(name, short, help, _): (&'static str, char, &'static str, _)| {
            clap::Arg::new(name)
                .long(name)
                .short(short)
                .help(help)
                .value_name("CODE")
                .value_delimiter(',')
                .action(ArgAction::Append)
        };
        command.args(OPTIONS.map(option))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for LevelOptions {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut levels = Vec::new();
        for (name, _, _, level) in OPTIONS {
            let values = matches.get_many::<String>(name).into_iter().flatten();
            let places = matches.indices_of(name).into_iter().flatten();
            levels.extend(places.zip(values.map(|rules| LevelOf {
                rules: rules.clone(),
                level,
            })));
        }
        levels.sort_by_key(|(place, _)| *place);
        Ok(Self(levels.into_iter().map(|(_, level)| level).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl LevelOf {
    /// Sets the level.
    ///
    /// # Errors
    /// What to say where there is no such rule.
    pub(crate) fn apply(&self, settings: &mut Settings) -> Result<(), String> {
        for rule in rules_of(&self.rules)? {
            settings.set_level(rule, self.level);
        }
        Ok(())
    }
}

/// The rules that a code, a name or a group stands for.
pub(crate) fn rules_of(text: &str) -> Result<Vec<&'static Rule>, String> {
    match text {
        "all" => Ok(RULES.to_vec()),
        "pedantic" => {
            let pedantic = RULES.iter().filter(|rule| rule.is_pedantic);
            Ok(pedantic.copied().collect())
        }
        _ => match registry::find(text) {
            Some(rule) => Ok(vec![rule]),
            None => Err(unknown_rule(text)),
        },
    }
}

/// What to say of a rule that there is none of.
pub(crate) fn unknown_rule(text: &str) -> String {
    let remedy = match registry::suggest(text).or_else(|| closest_code(text)) {
        Some(rule) => format!("did you mean {} ({})?", rule.name, rule.code),
        None => "`mimi-lint rules` lists all of them".to_owned(),
    };
    format!(
        "expected the code or name of a rule, found `{}`\nhelp: {remedy}",
        Shown(text)
    )
}

/// The rule of a code that was written without its letters, or with a needless or missing zero.
fn closest_code(text: &str) -> Option<&'static Rule> {
    let lower = text.to_ascii_lowercase();
    let digits = lower.strip_prefix("mimi").unwrap_or(&lower);
    let number: u32 = digits.trim_start_matches(['-', '_', ' ']).parse().ok()?;
    registry::find(&format!("MIMI{number:03}"))
}
