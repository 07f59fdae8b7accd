//! The life of epochs.
