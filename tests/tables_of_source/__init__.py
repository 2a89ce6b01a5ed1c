"""Tables that the source draws: declared once, written as page, Word document and PDF, read as rows."""
