//! [`Object`]: JSON objects that have to be objects. What serde derives takes an array of the values as well, which no other
//! implementation would.

use std::fmt;
use std::marker::PhantomData;

use serde::de::DeserializeOwned;
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

/// A value whose members stand in an object.
#[derive(Serialize)]
#[serde(transparent)]
pub(crate) struct Object<T>(pub(crate) T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Members(PhantomData))
    }
}

/// Where a document is not what it should be. What is wrong is not said: the text of serde's error may quote the document.
pub(crate) struct JsonFault {
    /// From 1.
    pub(crate) line: usize,
    /// From 1.
    pub(crate) column: usize,
}

impl From<serde_json::Error> for JsonFault {
    fn from(error: serde_json::Error) -> Self {
        Self {
            line: error.line(),
            // serde says 0 where the first octet of a line is wrong.
            column: error.column().max(1),
        }
    }
}

/// The value of a document that is one object.
pub(crate) fn from_json<T: DeserializeOwned>(octets: &[u8]) -> Result<T, JsonFault> {
    if octets.trim_ascii_start().starts_with(b"{") {
        // What is wrong inside then has its place.
        return Ok(serde_json::from_slice(octets)?);
    }
    let Object(value) = serde_json::from_slice(octets)?;
    Ok(value)
}

struct Members<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Members<T> {
    type Value = Object<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Self::Value, A::Error> {
        T::deserialize(MapAccessDeserializer::new(members)).map(Object)
    }
}
