//! One binary for all of this room's tests, because linking is what they cost.

mod casemix;
mod comparison;
mod disclosure;
mod format;
mod linkage;
mod masks_agree_with_the_oracle;
mod nhs_england;
mod refusals;
mod shipped;
mod statistics_coverage;
mod statistics_literature;
mod statistics_properties;
mod support;
mod verdict;
mod verdict_reference;
