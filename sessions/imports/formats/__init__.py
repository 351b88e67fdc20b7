"""A file as rows or as a tree, regardless of its subject, and the report of what was found in it. May import `portfolio`, `disk`."""
