//! `--format sarif`.

use std::io::{self, Write};

use mimi_lint::Finding;

use super::Render;

#[derive(Default)]
pub(crate) struct Sarif;

impl Render for Sarif {
    fn finding(&mut self, _finding: &Finding, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}
