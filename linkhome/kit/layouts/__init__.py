"""Hold how each theme's pictures look: one file a layout, each with ``home``, and ``inner`` for posts and pages."""
