"""The window's own commands: opening it, and drawing its screens into files."""

from __future__ import annotations

import argparse
from pathlib import Path

from wardbeds.cli.opening import DONE, WrongUse, station_of


def add_screenshot(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The arguments of ``screenshot``."""
    pictures = commands.add_parser("screenshot", help="draw a screen of the demo into a PNG file")
    pictures.add_argument("screen", nargs="?", metavar="SCREEN", help="its name, or 'all'; --list shows them")
    pictures.add_argument("--list", action="store_true", help="list the screens")
    pictures.add_argument("--out", type=Path, metavar="FILE.png", help="where to; for 'all' a folder")
    pictures.add_argument("--size", action="append", metavar="1366x768", type=_size,
                          help="size of the window; for 'all' may be given several times (default: 1366x768)")
    pictures.add_argument("--theme", action="append", choices=["light", "dark"],
                          help="its colours; for 'all' may be given twice (default: light)")
    pictures.add_argument("--lang", choices=["en"], default="en", help="language of the window")
    pictures.add_argument("--ward", metavar="W", help="show this ward of the demo")
    pictures.add_argument("--as", dest="viewer", metavar="USER", help="signed in as this person of the demo")
    pictures.set_defaults(run=_screenshot)


def _size(text: str) -> tuple[int, int]:
    width, cross, height = text.partition("x")
    if not (cross and width.isdecimal() and height.isdecimal()):
        raise argparse.ArgumentTypeError(f"{text!r} is not a size; write it as 1366x768")
    return int(width), int(height)


def _screenshot(options: argparse.Namespace) -> int:
    from wardbeds.gui.screenshots import SCENES, draw, draw_one, wide_screen
    from wardbeds.services import demo

    if options.list:
        print("\n".join(SCENES))
        return DONE
    if options.screen is None or options.out is None:
        raise WrongUse("Name a screen and a file: wardbeds screenshot SCREEN --out FILE.png; --list shows the screens.")
    for value, known, kind in ((options.screen, {*SCENES, "all"}, "screen"),
                               (options.viewer, {one.username for one in demo.ACCOUNTS}, "account of the demo"),
                               (options.ward, demo.WARD_NAMES, "ward of the demo")):
        if value is not None and value not in known:
            raise WrongUse(f"There is no {kind} {value!r}. There are: {', '.join(sorted(known))}.")
    from PySide6.QtWidgets import QApplication

    wide_screen()
    app = QApplication.instance() or QApplication(["wardbeds"])
    sizes, themes = options.size or [(1366, 768)], options.theme or ["light"]
    if options.screen == "all":
        written = [path for size in sizes for scheme in themes for path in draw(options.out, size, scheme)]
        print(f"{len(written)} pictures in {options.out}")
    else:
        draw_one(options.screen, options.out, sizes[-1], themes[-1], ward=options.ward, viewer=options.viewer)
    del app
    return DONE


def open_window(options: argparse.Namespace) -> int:
    """Open the window and stay until it is closed."""
    if options.demo and options.db:
        raise WrongUse("--demo has a database of its own: leave --db out.")
    from wardbeds.program import run

    return run(options.db, demo=options.demo, station=station_of(options), language=options.lang,
               named=options.station or "")
