"""Read what the creator wrote: YAML with positions in, a frozen `Config` or diagnostics out."""
