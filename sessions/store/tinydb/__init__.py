"""The session file: a TinyDB database to which each event appends one line. The only importer of tinydb. May import `disk`, `record`, `store`."""
