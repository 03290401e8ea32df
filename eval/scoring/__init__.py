"""Any transcript, scored (E20): dialogues of people or models, read from files."""
