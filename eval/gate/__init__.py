"""The gate: is a candidate worse than its baseline, family by family, and how sure is that?

Pure but for the file a baseline is kept in (`gadfly.eval.gate.table`): tables in, a verdict out.
"""
