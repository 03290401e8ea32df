"""Respondents and how they are asked: messages, calls, readouts, stance. Imports no other layer."""
