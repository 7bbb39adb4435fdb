"""The superior's own blank forms (上级空表): their blanks, and what goes into them.

A reader (of Word, of Excel) gives grids of cells; ``finding`` finds the blanks in them, the same
for both; ``proposing`` says what belongs into each; a writer puts it into the file.
"""
