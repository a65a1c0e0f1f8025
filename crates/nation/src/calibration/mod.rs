//! Published figures, counted again from the written deliveries.
