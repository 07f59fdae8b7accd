//! The JSON Schemas of `docs/schemas`, which every machine output of every test is held against.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::Value;

/// The schema files by the value of the member `schema` that they describe.
const FILES: [(&str, &str); 6] = [
    (
        "mimi-resolve/1",
        include_str!("../../../../../docs/schemas/mimi-resolve-1.json"),
    ),
    (
        "mimi-parse/1",
        include_str!("../../../../../docs/schemas/mimi-parse-1.json"),
    ),
    (
        "mimi-name/1",
        include_str!("../../../../../docs/schemas/mimi-name-1.json"),
    ),
    (
        "mimi-zone-record/1",
        include_str!("../../../../../docs/schemas/mimi-zone-record-1.json"),
    ),
    (
        "mimi-oracle-key/1",
        include_str!("../../../../../docs/schemas/mimi-oracle-key-1.json"),
    ),
    (
        "mimi-oracle-verify/1",
        include_str!("../../../../../docs/schemas/mimi-oracle-verify-1.json"),
    ),
];

struct Compiled {
    schemas: Schemas,
    by_name: BTreeMap<&'static str, SchemaIndex>,
}

static COMPILED: LazyLock<Compiled> = LazyLock::new(|| {
    let mut schemas = Schemas::new();
    let mut by_name = BTreeMap::new();
    for (name, _) in FILES {
        let schema = schema_of(name);
        let id = schema["$id"].as_str().unwrap().to_owned();
        let mut compiler = Compiler::new();
        compiler.enable_format_assertions();
        compiler.add_resource(&id, schema).unwrap();
        let index = compiler
            .compile(&id, &mut schemas)
            .unwrap_or_else(|error| panic!("{name}: {error:#}"));
        by_name.insert(name, index);
    }
    Compiled { schemas, by_name }
});

/// A schema as JSON.
fn schema_of(name: &str) -> Value {
    let file = FILES.iter().find(|(known, _)| *known == name);
    let (_, text) = file.unwrap_or_else(|| panic!("no schema for {name}"));
    serde_json::from_str(text).unwrap()
}

/// Whether an object is as the schema that it names says, and if not, why.
pub(crate) fn check(object: &Value) -> Result<(), String> {
    let name = object["schema"].as_str().ok_or("no schema is named")?;
    let compiled = &*COMPILED;
    let index = compiled
        .by_name
        .get(name)
        .ok_or_else(|| format!("unknown schema {name}"))?;
    compiled
        .schemas
        .validate(object, *index)
        .map_err(|error| format!("{error:#}"))
}
