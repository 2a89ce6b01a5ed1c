"""The notebooks run from the first cell to the last, and what is committed of them is small."""
