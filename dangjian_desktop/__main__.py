"""``python -m dangjian_desktop``: the window; the entry of a frozen program."""

from __future__ import annotations

import sys

from dangjian_desktop.children import serve

if not serve(sys.argv[1:]):
    from dangjian_desktop.app import main

    sys.exit(main())
