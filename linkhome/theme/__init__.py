"""Find a theme, make its templates and its stylesheet ready, and explain the mistakes of templates."""
