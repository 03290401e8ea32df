"""One module per layout of a published set; `gadfly.scenarios.importer` finds them by name."""
