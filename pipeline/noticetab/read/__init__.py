"""Read: a file of any format becomes a Reading (canonical text, boxes, tables)."""
