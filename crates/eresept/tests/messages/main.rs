//! Messages read, written, compared canonically and held against the national schemas. The official examples and schemas are no
//! part of the project: they are looked for in `../shared` beside the workspace (or in the folder that `RIKTIG_SHARED` names),
//! and a test says in one line when they or `xmllint` are not there.

mod attached;
mod bounds;
mod documented;
mod examples;
mod invented;
mod life;
mod looked_at;
mod mutated;
mod national;
mod schemas;
mod tree;
mod written;
