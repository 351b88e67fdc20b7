"""A file as rows or as a tree, whatever it is about, and the report of what was found in it."""
