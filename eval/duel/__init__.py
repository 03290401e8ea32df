"""Self-play (E15): two respondents argue, and it is measured who moves whom."""
