# statements
