"""The frame is painted before any data library is loaded: seen in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec

HEAVY = ("sqlalchemy", "alembic", "psycopg", "pydantic", "argon2", "cryptography", "phonenumbers")
PROGRAM = """
import json, sys
import wardbeds.app
from PySide6.QtWidgets import QApplication

url, heavy = sys.argv[1], sys.argv[2].split(",")
app = QApplication(["wardbeds"])
application = wardbeds.app.Application(url, demo=False, station="station-1")
loaded = {}

def look(when):
    loaded[when] = [name for name in heavy if name in sys.modules]

def opened():
    look("opened")
    application.stop()
    app.quit()

application.frame.skeleton.painted.connect(lambda: look("painted"))
application.ready.connect(opened)
application.show()
app.exec()
print(json.dumps(loaded))
"""


def test_the_data_libraries_load_after_the_first_paint(sqlite_url: str) -> None:
    assert all(find_spec(name) for name in HEAVY)
    ran = subprocess.run([sys.executable, "-c", PROGRAM, sqlite_url, ",".join(HEAVY)], check=True, timeout=120,
                         capture_output=True, text=True)
    loaded = json.loads(ran.stdout)
    assert loaded["painted"] == []
    assert {"sqlalchemy", "pydantic"} <= set(loaded["opened"])
