"""``python -m dangjian_desktop``: the window."""

from __future__ import annotations

import sys

from dangjian_desktop.app import main

sys.exit(main())
