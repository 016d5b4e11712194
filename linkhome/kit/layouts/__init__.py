"""Hold how each theme's pictures look: one file a layout, each with ``paint(stage)``."""
