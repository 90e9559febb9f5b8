"""``python -m wardbeds``."""

import sys

from wardbeds.cli import main

if __name__ == "__main__":
    sys.exit(main())
