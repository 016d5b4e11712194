"""Tests of ``linkhome check``."""
