# uptake
