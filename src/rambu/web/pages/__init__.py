"""One page a module: a function from a question to what is shown."""
