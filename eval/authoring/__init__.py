"""Authoring rules: what a set of scenarios must keep for its answers to mean something.

The schema and `gadfly.scenarios.check` hold what one field or one file can be told; here stands
what needs words to be understood, or many families to be seen at once. Rules are pure functions
from scenarios to findings; the list of them is in `audit`.
"""
