"""What people read: the views of schema mart with their comments and grants, and the saved questions."""

from etl.publish.views import Published, drop_views, publish

__all__ = ["Published", "drop_views", "publish"]
