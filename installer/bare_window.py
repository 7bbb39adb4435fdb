"""An empty window of Qt and nothing else: what prove.sh holds the program's window against."""

import sys

from PySide6.QtWidgets import QApplication, QMainWindow

application = QApplication([*sys.argv[:1], "-style", "fusion"])
window = QMainWindow()
window.resize(1366, 700)
window.show()
sys.exit(application.exec())
