//! Tests of the checker and the command as others use them.

mod zone;
