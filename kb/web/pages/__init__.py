"""The pages, one module per noun: each gives a `Page` from a connection and the parts of a
request."""
