"""Hostile input: what may be done to the readers of foreign bytes, and how it is searched for."""
