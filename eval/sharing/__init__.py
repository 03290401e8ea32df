"""Runs for other programs: tables, dialogues, Inspect's logs and tasks, and their JSON Schemas."""
