"""The engine, its store, the metrics, the reports and the command."""
