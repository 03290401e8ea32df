"""The instrument check: every metric held against every trait of the simulants.

`matrix` declares what each trait does to each metric, `grid` measures it, `verdict` compares.
"""
