//! From a delivery file to segments in the lake.
