# area
