//! Links antibiotics to contacts and sums every indicator in one pass (owner: the kernel).
