"""Turn one YAML file and a few pictures into a landing site that its creator owns."""

__version__ = "0.1.0"
