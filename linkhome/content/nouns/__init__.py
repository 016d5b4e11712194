"""Hold the parts of `content.model`, by what they are about. Everybody imports them from there."""
