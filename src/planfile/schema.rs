//! The JSON Schema of the plan file, made from the types that read it.

use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings};

use serde_json::json;

use crate::domain::{
    entry::Entry,
    plan::{FORMAT, Plan},
};

/// The schema of a plan file, with the journal a JSON file may bear. `config/plan.schema.json` is this.
pub fn plan_schema() -> Schema {
    let mut generator: SchemaGenerator = SchemaSettings::draft2020_12().into_generator();
    let journal = Vec::<Entry>::json_schema(&mut generator);
    let mut schema = generator.into_root_schema_for::<Plan>();
    schema.insert("title".into(), "Plan file of tiendo (tiendo-plan/1)".into());
    if let Some(properties) = schema.get_mut("properties").and_then(|properties| properties.as_object_mut()) {
        properties.insert("journal".into(), journal.to_value());
        properties.insert("format".into(), json!({ "const": FORMAT }));
    }
    schema
}
