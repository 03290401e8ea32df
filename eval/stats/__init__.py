"""Statistics on plain numbers: nothing here knows trials, and nothing here does I/O."""
