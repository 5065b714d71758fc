"""Keeping the warehouse up to date by itself: the inputs of newshouse.toml, reloaded by schedule or as they change."""
