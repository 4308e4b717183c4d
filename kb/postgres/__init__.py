"""One knowledge base for many institutions, on PostgreSQL.

The tables are those of the SQLite file, with the institution that owns each row in front.
"""
