"""`python -m belong` is the `belong` command."""

import sys

from belong.site.command import main

if __name__ == "__main__":
    sys.exit(main())
