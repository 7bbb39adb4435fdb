"""``python -m dangjian_desktop.cli``: the command line; the entry of a frozen one."""

from __future__ import annotations

import sys

from dangjian_desktop.children import serve

if not serve(sys.argv[1:]):
    from dangjian_desktop.cli.running import main

    sys.exit(main())
