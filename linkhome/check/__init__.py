"""Look at a finished site for what its visitors, its host or the law would hold against it."""
