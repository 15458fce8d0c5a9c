"""What is meant where nobody says otherwise. Light to import: the help texts of the commands name these.

Knows nothing of any other room.
"""

PACK = "cryotherapy"  # the therapy that the project began with
SECONDS = 300  # for one document; the largest that is read (32 MB) takes a minute or two on a slow machine
ROWS = 100_000  # of a comparison's table: what a person or a spreadsheet can still open; most corpora stay far below
