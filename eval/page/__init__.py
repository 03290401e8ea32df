"""A run, or a comparison of two, as one HTML file that opens offline, and its figures as PNG.

Figures are declared with Altair and drawn to SVG when the page is written, so that the page needs
no script; templates are Jinja's, which escapes whatever a model wrote. Both come with
`gadfly[html]` and are imported by the commands only when a page is asked for.
"""
