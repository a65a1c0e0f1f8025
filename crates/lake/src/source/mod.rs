//! Foreign formats, described by a `SOURCE.toml`.
