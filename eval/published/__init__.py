"""Published answer sets: layouts of others' data read into plain typed records.

One module a set. They read files and nothing else; the figures that come of the records are in
`gadfly.eval.comparables` and `gadfly.eval.stats`. No set is shipped.
"""
