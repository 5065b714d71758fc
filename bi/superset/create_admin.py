"""Makes Superset's administrator, admin, where there is none. The password comes from SUPERSET_PASSWORD: a command line
could be read by everybody on the machine."""

from __future__ import annotations

import os

from superset.app import create_app

app = create_app()
with app.app_context():
    accounts = app.appbuilder.sm
    if accounts.find_user(username="admin") is None:
        accounts.add_user(
            "admin",
            "Newshouse",
            "Admin",
            "admin@localhost",
            accounts.find_role("Admin"),
            password=os.environ["SUPERSET_PASSWORD"],
        )
