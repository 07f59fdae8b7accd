//! What is said on standard error.

use std::io::Write;

use crate::progress::Progress;

/// Says things on standard error. Texts are escaped already. A closed standard error leaves nobody to tell.
pub(crate) struct Messages {
    pub(crate) is_quiet: bool,
    pub(crate) progress: Progress,
}

impl Messages {
    /// What is good to know.
    pub(crate) fn note(&self, text: &str) {
        if !self.is_quiet {
            self.write(text);
        }
    }

    /// What is not as it was perhaps meant.
    pub(crate) fn warn(&self, text: &str) {
        if !self.is_quiet {
            self.write(&format!("warning: {text}"));
        }
    }

    pub(crate) fn error(&self, text: &str) {
        self.write(&format!("error: {text}"));
    }

    /// Without a look at whether it is wanted.
    pub(crate) fn write(&self, text: &str) {
        self.progress.clear();
        let _ = writeln!(std::io::stderr(), "{text}");
    }
}
