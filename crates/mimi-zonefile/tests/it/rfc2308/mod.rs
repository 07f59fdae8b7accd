//! RFC 2308, Negative Caching of DNS Queries.

mod s4;
