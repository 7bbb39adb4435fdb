"""Reading a roster as secretaries keep it: columns, lines, values, checks."""
