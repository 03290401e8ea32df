"""The judging stage: verdicts of a judge on stored replies, and what people's labels say of them.

Generation is over when this begins. Nothing here changes a trial as it was run: verdicts are kept
beside it, and put in place of the rules' readings only where a report is made.
"""
