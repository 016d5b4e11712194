"""Say once with what a site is to be served, and write that for each kind of host."""
