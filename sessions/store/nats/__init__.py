"""A library that many share: the record in a stream of NATS JetStream. The only importer of nats and nkeys.

A message is a record: the JSON object of a session file's line, chain included. May import `disk`, `record`, `store`, `store.tinydb`.
"""
