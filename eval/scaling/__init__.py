"""Size series (E19): metrics of several runs against the size of what was run."""
