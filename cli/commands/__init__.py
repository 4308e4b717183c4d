"""One command, one module: `run` does it, its docstring is what `--help` says."""
