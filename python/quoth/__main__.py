"""``python -m quoth`` is the command quoth."""

import sys

from quoth.cli import main

if __name__ == "__main__":
    sys.exit(main())
