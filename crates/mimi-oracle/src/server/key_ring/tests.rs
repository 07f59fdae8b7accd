//! What the file of secrets promises.
