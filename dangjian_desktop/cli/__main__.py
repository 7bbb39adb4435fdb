"""``python -m dangjian_desktop.cli``: the command line without an installed script."""

from __future__ import annotations

import sys

from dangjian_desktop.cli.running import main

sys.exit(main())
