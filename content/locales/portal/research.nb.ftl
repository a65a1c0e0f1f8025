# research
