"""Turn a checked `Config` and the creator's files into the frozen nouns that a template may see."""
