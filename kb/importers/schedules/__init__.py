"""Schedules: candidates for where the rows of a document are, and what their parts say."""
