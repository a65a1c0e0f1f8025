# group
