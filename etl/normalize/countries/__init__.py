"""Which countries an article mentions. `gazetteer` is what the rest of the program calls."""
