"""Turn a creator's pictures and colours into what a page can carry."""
