"""``python -m cryomine``: the command line."""

from cryomine.cli import main

main()
