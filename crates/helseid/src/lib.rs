//! Login as HelseID demands it.
