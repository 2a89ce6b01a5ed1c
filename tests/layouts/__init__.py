"""Writers that lay a notice out as an office would, in every format that is read."""
