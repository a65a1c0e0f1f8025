//! The prescription chain's roles: what each does with a message that comes, and what it sends on (decision 0016).
