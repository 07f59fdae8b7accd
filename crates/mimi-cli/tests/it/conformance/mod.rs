//! Every case of `testdata`, through the command.

mod definition_strings;
mod identifiers;
mod scenarios;
