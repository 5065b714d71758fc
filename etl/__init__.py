"""newshouse: a relational warehouse of news articles, and the ETL that fills it."""

__version__ = "0.1.0"
