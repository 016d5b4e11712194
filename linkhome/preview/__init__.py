"""Show the site while it is being written: watch, build in memory, serve on this machine, tell open browsers."""
