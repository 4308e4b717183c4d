"""What fits the reader of lines: works, the forms they are printed in, and the command that fits."""
