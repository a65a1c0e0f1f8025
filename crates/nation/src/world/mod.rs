//! What does not change from month to month: places, doctors and lists, people.

pub(crate) mod doctors;
mod doctors_build;
pub(crate) mod identity;
pub(crate) mod people;
pub(crate) mod places;
pub(crate) mod population;

use crate::NationSpec;
use doctors::Doctors;
use people::People;
use places::Places;

/// The standing parts of a nation.
pub(crate) struct World {
    pub(crate) spec: NationSpec,
    pub(crate) places: Places,
    pub(crate) doctors: Doctors,
    pub(crate) people: People,
}

impl World {
    pub(crate) fn new(spec: NationSpec) -> Self {
        let places = Places::new(&spec);
        let doctors = Doctors::new(&spec, &places);
        let people = People::new(&spec, &places, &doctors);
        World {
            spec,
            places,
            doctors,
            people,
        }
    }
}
