//! Immutable results of a build (owner: the kernel).
