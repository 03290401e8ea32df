"""Pieces several test packages share; on the path as `support`."""
