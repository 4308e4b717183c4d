"""Changes to source files that touch only what they mean to."""
