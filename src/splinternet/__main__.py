"""Run the command line: ``python -m splinternet``."""

import sys

from splinternet.cli import main

sys.exit(main())
