"""The benchmarks: what is measured, how it is run, and the tables."""
