//! Tests of the linter as a library.

mod definition;
