//! What both commands have in common: when they colour, and usage errors fit for a terminal.

use clap::ValueEnum;
use clap::error::ContextValue;

use crate::Shown;

/// When human output is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set; with CLICOLOR_FORCE, everywhere.
    Auto,
    /// Everywhere.
    Always,
    /// Nowhere.
    Never,
}

impl Color {
    /// Makes it the choice of every stream that anstream opens.
    pub fn write_global(self) {
        match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        }
        .write_global();
    }
}

/// A usage error with everything that was typed, or pasted, escaped.
pub fn made_safe(mut error: clap::Error) -> clap::Error {
    let shown = |text: &String| Shown(text).to_string();
    let safe: Vec<_> = error
        .context()
        .filter_map(|(kind, value)| match value {
            ContextValue::String(text) => Some((kind, ContextValue::String(shown(text)))),
            ContextValue::Strings(texts) => {
                let texts = texts.iter().map(shown).collect();
                Some((kind, ContextValue::Strings(texts)))
            }
            // Suggestions, which repeat it once more, lose their style.
            ContextValue::StyledStrs(texts) => {
                let texts = texts.iter().map(|text| shown(&text.to_string()).into());
                Some((kind, ContextValue::StyledStrs(texts.collect())))
            }
            _ => None,
        })
        .collect();
    for (kind, value) in safe {
        error.insert(kind, value);
    }
    error
}
