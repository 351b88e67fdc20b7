"""A library that many share: the record in a stream of NATS JetStream. The only importer of nats and nkeys. May import nothing else."""
