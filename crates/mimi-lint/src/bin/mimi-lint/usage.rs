//! Usage errors made fit for a terminal: they repeat what was typed, or pasted.

use clap::error::ContextValue;
use mimi_output::Shown;

/// The error with everything that was typed escaped.
pub(crate) fn made_safe(mut error: clap::Error) -> clap::Error {
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
