"""Polite HTTP: one client that keeps to robots.txt, waits between requests, and trusts nothing that a server sends.

It stands on http.client alone: that the checked address is the one connected to, that the whole answer, its headers
too, has a deadline, and that sizes are counted on both sides of gzip, would have to be built around any library.
"""
