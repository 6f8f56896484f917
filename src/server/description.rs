//! The description of the interface, OpenAPI 3.1, made from the table of routes and from the types that are spoken. The
//! records have schemas already, for plan files: those are used, rather than a second set that could say something else.

use std::sync::OnceLock;

use schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

use super::routes::{Access, Reach, Route, Rule};
use crate::{
    domain::{access::Role, answer::LaidDown, plan::Plan},
    wire::{Answers, Entries, PageOf, Plans, Points, Posting, Problem, SnapshotShape, Told, Weeks},
};

/// The document, made once.
pub(super) fn document() -> &'static str {
    static DOCUMENT: OnceLock<String> = OnceLock::new();
    DOCUMENT.get_or_init(|| describe().to_string())
}

fn describe() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    let mut schemas = settings.into_generator();
    let mut paths = Map::new();
    for route in Route::ALL {
        let rule = route.rule();
        let described = operation(route, &rule, &mut schemas);
        let path = paths.entry(rule.path).or_insert_with(|| json!({}));
        if let Value::Object(methods) = path {
            methods.insert(rule.method.to_lowercase(), described);
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": { "title": "tiendo", "version": env!("CARGO_PKG_VERSION"), "license": { "name": "MIT OR Apache-2.0" },
                  "description": "Plans being carried out: what is true, what happened, and handing in what was done." },
        "paths": paths,
        "components": {
            "schemas": schemas.take_definitions(true),
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
        },
    })
}

fn operation(route: Route, rule: &Rule, schemas: &mut SchemaGenerator) -> Value {
    let mut responses = Map::new();
    responses.insert("200".into(), answer(route, schemas));
    if matches!(route, Route::Snapshot) {
        responses.insert("304".into(), json!({ "description": "The one that is known already" }));
    }
    responses.insert(
        "default".into(),
        json!({ "description": "What went wrong, and what to do next",
                "content": { "application/problem+json": { "schema": schemas.subschema_for::<Problem>() } } }),
    );
    let mut operation = json!({
        "operationId": format!("{route:?}"),
        "summary": rule.summary,
        "parameters": parameters(route, rule),
        "responses": responses,
        "security": if rule.access == Access::Open { json!([]) } else { json!([{ "token": [] }]) },
        "x-roles": reaches(rule),
    });
    let body = match route {
        Route::Post => Some(schemas.subschema_for::<Posting>()),
        Route::LayDown => Some(schemas.subschema_for::<Plan>()),
        Route::Plans | Route::Snapshot | Route::Journal | Route::Trend | Route::Events => None,
        Route::Metrics | Route::Health | Route::Ready | Route::OpenApi => None,
    };
    if let (Some(schema), Value::Object(fields)) = (body, &mut operation) {
        let body = json!({ "required": true, "content": { "application/json": { "schema": schema } } });
        fields.insert("requestBody".into(), body);
    }
    operation
}

fn answer(route: Route, schemas: &mut SchemaGenerator) -> Value {
    let in_json =
        |schema: Value| json!({ "description": "Done", "content": { "application/json": { "schema": schema } } });
    let in_text =
        |kind: &str| json!({ "description": "Done", "content": { kind: { "schema": { "type": "string" } } } });
    match route {
        Route::Plans => in_json(schema::<Plans>(schemas)),
        Route::Snapshot => in_json(schema::<SnapshotShape>(schemas)),
        Route::Journal => in_json(json!({ "oneOf": [schema::<Entries>(schemas), schema::<PageOf>(schemas)] })),
        Route::Trend => in_json(json!({ "oneOf": [schema::<Points>(schemas), schema::<Weeks>(schemas)] })),
        Route::Post => in_json(schema::<Answers>(schemas)),
        Route::LayDown => in_json(schema::<LaidDown>(schemas)),
        Route::Events => {
            let mut events = in_text("text/event-stream");
            if let Some(content) = events.pointer_mut("/content/text~1event-stream") {
                *content = json!({ "schema": { "type": "string" }, "x-data": schema::<Told>(schemas) });
            }
            events
        }
        Route::Metrics | Route::Health | Route::Ready => in_text("text/plain"),
        Route::OpenApi => in_json(json!({ "type": "object" })),
    }
}

fn schema<T: JsonSchema>(schemas: &mut SchemaGenerator) -> Value {
    schemas.subschema_for::<T>().to_value()
}

fn parameters(route: Route, rule: &Rule) -> Value {
    let number = || json!({ "type": "integer", "minimum": 0 });
    let (text, uuid) = (|| json!({ "type": "string" }), || json!({ "type": "string", "format": "uuid" }));
    let instant = || json!({ "type": "string", "format": "date-time" });
    let query: Vec<(&str, &str, Value)> = match route {
        Route::Snapshot => vec![("query", "at", instant()), ("header", "If-None-Match", text())],
        Route::Journal => vec![
            ("query", "after", number()),
            ("query", "last", uuid()),
            ("query", "before", number()),
            ("query", "limit", number()),
            ("query", "item", text()),
            ("query", "by", text()),
            ("query", "verb", text()),
            ("query", "since", instant()),
            ("query", "until", instant()),
        ],
        Route::Trend => vec![
            ("query", "by", json!({ "enum": ["week", "item"], "default": "week" })),
            ("query", "before", json!({ "type": "string", "format": "date" })),
        ],
        Route::Events => vec![("header", "Last-Event-ID", number())],
        Route::LayDown => vec![
            ("header", "If-Match", text()),
            ("query", "id", uuid()),
            ("query", "reason", text()),
            ("query", "reverses", uuid()),
        ],
        Route::Plans | Route::Post | Route::Metrics | Route::Health | Route::Ready | Route::OpenApi => Vec::new(),
    };
    let plan = rule.path.contains("{plan}").then(|| ("path", "plan", text()));
    let described = plan.into_iter().chain(query).map(
        |(place, name, schema)| json!({ "in": place, "name": name, "schema": schema, "required": place == "path" }),
    );
    described.collect()
}

fn reaches(rule: &Rule) -> Value {
    let word = |reach| match reach {
        Reach::Nothing => "nothing",
        Reach::Own => "own",
        Reach::All => "all",
    };
    let roles = Role::ALL.iter().map(|role| (role.as_str().to_owned(), word(rule.access.reach(*role)).into()));
    Value::Object(roles.collect())
}
