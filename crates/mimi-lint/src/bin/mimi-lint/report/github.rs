//! `--format github`.

use std::io::{self, Write};

use mimi_lint::Finding;

use super::Render;

#[derive(Default)]
pub(crate) struct Github;

impl Render for Github {
    fn finding(&mut self, _finding: &Finding, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}
