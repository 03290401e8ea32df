"""Scenarios: what is asked, how it is varied, and the library that ships with Gadfly."""
