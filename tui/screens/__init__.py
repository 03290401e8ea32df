"""The five screens, and the sheets that open over them."""
