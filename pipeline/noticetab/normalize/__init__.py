"""What a name means: places of GB/T 2260 and the full names of organizations."""
