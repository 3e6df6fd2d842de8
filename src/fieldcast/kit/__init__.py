"""Tools without a domain: money in fen, ids, typed errors, messages between processes, encrypted fields, tables."""
