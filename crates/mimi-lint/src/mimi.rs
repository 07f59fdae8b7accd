//! [`MimiView`]: a MIMI record whose definition string is usable.

use mimi_mssi::Mssi;

use crate::definition::DefinitionView;
use crate::finding::Place;
use crate::record::Record;

/// A MIMI record with a usable definition string.
pub(crate) struct MimiView<'a> {
    pub(crate) record: &'a Record,
    pub(crate) definition: &'a DefinitionView<'a>,
    pub(crate) mssi: Mssi<'a>,
}

impl MimiView<'_> {
    /// Where a value of the MSSI stands, such as [`Mssi::mse`].
    pub(crate) fn value_place(&self, value: &str) -> Place {
        self.definition.place(self.definition.span_of(value))
    }
}
