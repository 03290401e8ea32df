"""Probes: protocols of questioning as plain generators, without I/O, clock or global chance."""
