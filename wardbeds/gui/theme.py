"""The look as values: one Theme per scheme, the palette for widgets, the bundled font. No style sheet anywhere."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from wardbeds.settings import data_dir

FAMILY = "Inter"


class StateColours(NamedTuple):
    """How one bed state looks: accent, fill, the glyph on the accent, the word, and its frame."""

    accent: QColor
    fill: QColor
    glyph: QColor
    word: QColor
    edge: QColor


class Theme(NamedTuple):
    """Every colour by the name that the design tokens give it. (A data class of 40 fields takes 10 ms to make.)"""

    name: str
    canvas: QColor
    chrome: QColor
    rail: QColor
    raised: QColor
    sunken: QColor
    hover: QColor
    floor: QColor
    corridor: QColor
    ink: QColor
    ink2: QColor
    ink3: QColor
    ink_off: QColor
    line1: QColor
    line2: QColor
    line3: QColor
    primary: QColor
    primary_ink: QColor
    focus: QColor
    focus_soft: QColor
    action: QColor
    action_ink: QColor
    action_ink2: QColor
    action_edge: QColor
    warning: QColor
    warning_frame: QColor
    warning_soft: QColor
    error: QColor
    error_soft: QColor
    success: QColor
    success_soft: QColor
    info: QColor
    info_soft: QColor
    scrim: QColor
    wall: QColor
    wall_line: QColor
    window: QColor
    window_line: QColor
    fixture: QColor
    dots: QColor
    hatch: QColor
    states: dict[str, StateColours]


def _c(text: str, alpha: float = 1.0) -> QColor:
    colour = QColor(text)
    colour.setAlphaF(alpha)
    return colour


def _state(accent: str, fill: str, glyph: str, word: str, edge: str) -> StateColours:
    return StateColours(_c(accent), _c(fill), _c(glyph), _c(word), _c(edge))


LIGHT = Theme(
    "light", canvas=_c("#E7EBF0"), chrome=_c("#FFFFFF"), rail=_c("#F4F6F9"), raised=_c("#FFFFFF"),
    sunken=_c("#EEF1F5"), hover=_c("#E6ECF4"), floor=_c("#FAFBFD"), corridor=_c("#F0F3F7"), ink=_c("#0F1A2A"),
    ink2=_c("#415067"), ink3=_c("#505E73"), ink_off=_c("#7A8696"), line1=_c("#DDE3EA"), line2=_c("#C2CBD7"),
    line3=_c("#78869A"), primary=_c("#0B2B4C"), primary_ink=_c("#FFFFFF"), focus=_c("#1D4ED8"),
    focus_soft=_c("#E3EBFD"), action=_c("#0B2B4C"), action_ink=_c("#FFFFFF"), action_ink2=_c("#C5D3E4"),
    action_edge=_c("#6F8CAD"), warning=_c("#8A4B00"), warning_frame=_c("#C77700"), warning_soft=_c("#FFF3DC"),
    error=_c("#B42318"), error_soft=_c("#FDECEA"), success=_c("#14694B"), success_soft=_c("#E4F3EC"),
    info=_c("#1D4ED8"), info_soft=_c("#E9F0FE"), scrim=_c("#0D1828", 0.52), wall=_c("#C9D2DD"),
    wall_line=_c("#5B697C"), window=_c("#DCE9F5"), window_line=_c("#5E7FA3"), fixture=_c("#7D8A9D"),
    dots=_c("#B07C14"), hatch=_c("#787878"),
    states={
        "available": _state("#1B7F5C", "#FFFFFF", "#FFFFFF", "#14694B", "#1B7F5C"),
        "occupied": _state("#0B2B4C", "#E8EEF6", "#FFFFFF", "#0B2B4C", "#7A8AA1"),
        "reserved": _state("#A3189B", "#FBE9F8", "#FFFFFF", "#A3189B", "#A3189B"),
        "cleaning": _state("#8A5A00", "#FFF0C2", "#FFFFFF", "#8A5A00", "#8A5A00"),
        "maintenance": _state("#3D3D3D", "#DCDCDC", "#FFFFFF", "#3D3D3D", "#3D3D3D"),
    })

DARK = Theme(
    "dark", canvas=_c("#0A1018"), chrome=_c("#121A25"), rail=_c("#0E151F"), raised=_c("#18222F"),
    sunken=_c("#0C131C"), hover=_c("#1F2B3A"), floor=_c("#131C28"), corridor=_c("#0E161F"), ink=_c("#EDF2F8"),
    ink2=_c("#B4C1D1"), ink3=_c("#95A4B7"), ink_off=_c("#6F7E92"), line1=_c("#222E3D"), line2=_c("#334256"),
    line3=_c("#6B7C92"), primary=_c("#A9CBF5"), primary_ink=_c("#0A1B30"), focus=_c("#9CC2FF"),
    focus_soft=_c("#1A2C4C"), action=_c("#1A2A40"), action_ink=_c("#EDF2F8"), action_ink2=_c("#B9C9DD"),
    action_edge=_c("#7790AF"), warning=_c("#F3B75A"), warning_frame=_c("#D88C1E"), warning_soft=_c("#3A2708"),
    error=_c("#FF9A8F"), error_soft=_c("#3D1714"), success=_c("#5AD8A9"), success_soft=_c("#12332A"),
    info=_c("#8DB8FF"), info_soft=_c("#15284A"), scrim=_c("#02060C", 0.66), wall=_c("#2C394A"),
    wall_line=_c("#74859B"), window=_c("#1B3550"), window_line=_c("#6C9CCB"), fixture=_c("#66768A"),
    dots=_c("#94702A"), hatch=_c("#737A83"),
    states={
        "available": _state("#4FD0A0", "#131C28", "#06251A", "#5AD8A9", "#4FD0A0"),
        "occupied": _state("#6699F2", "#1C2B40", "#0B1B2E", "#6699F2", "#657A97"),
        "reserved": _state("#D96CAC", "#351A2C", "#2E0A22", "#D96CAC", "#D96CAC"),
        "cleaning": _state("#EDB72C", "#332710", "#2B1D00", "#EDB72C", "#EDB72C"),
        "maintenance": _state("#C9CED6", "#2A2E34", "#1B1E22", "#C9CED6", "#C9CED6"),
    })


def _faded(colour: QColor) -> QColor:
    """Half the saturation, the same lightness."""
    return QColor.fromHslF(max(0.0, colour.hslHueF()), colour.hslSaturationF() * 0.5, colour.lightnessF(),
                           colour.alphaF())


def make_stale(colours: Theme) -> Theme:
    """The scheme for a board that may be old: beds lose half their colour, icons, words and patterns keep theirs."""
    parts = ("accent", "fill", "glyph", "word", "edge")
    states = {name: StateColours(*(_faded(getattr(state, part)) for part in parts))
              for name, state in colours.states.items()}
    return colours._replace(name=f"{colours.name}-stale", states=states)


STALE = {one.name: make_stale(one) for one in (LIGHT, DARK)}


class _Look:
    """The scheme and text size in force; changed only through the functions below."""

    theme = LIGHT
    percent = 100
    large_targets = False
    fonts_loaded = False


def theme() -> Theme:
    """The scheme in force."""
    return _Look.theme


def text_scale() -> int:
    """Text size in percent: 100, 115 or 130."""
    return _Look.percent


def px(length: float) -> int:
    """A length of the tokens, at the text size in force."""
    return round(length * _Look.percent / 100)


def target(length: float) -> int:
    """A height that is hit with mouse or finger: as the tokens say, or a fifth more with large targets (40, 48)."""
    return px(length * (1.2 if _Look.large_targets else 1.0))


def large_targets() -> bool:
    """Whether what is clicked is drawn larger."""
    return _Look.large_targets


def set_large_targets(large: bool) -> None:
    """Draw what is clicked larger, or as the tokens say; widgets are to be laid out anew."""
    _Look.large_targets = large


def load_fonts() -> None:
    """Register the bundled font, once per process."""
    if not _Look.fonts_loaded:
        for path in sorted(data_dir("resources").joinpath("fonts").glob("*.otf")):
            QFontDatabase.addApplicationFont(str(path))
        _Look.fonts_loaded = True


@lru_cache(maxsize=256)
def _font(size: int, weight: int, identifier: bool) -> QFont:
    made = QFont(FAMILY)
    made.setPixelSize(size)
    made.setWeight(QFont.Weight(weight))
    made.setFeature(QFont.Tag("tnum"), 1)
    if identifier:
        made.setFeature(QFont.Tag("zero"), 1)
        made.setFeature(QFont.Tag("ss02"), 1)
    return made


def font(size: float, weight: int = 400, identifier: bool = False) -> QFont:
    """The font at ``size`` px of the tokens: never under 12, with digits of one width.

    ``identifier``: slashed zero and unmistakable letters, for hospital numbers only.
    """
    return QFont(_font(max(12, px(size)), weight, identifier))


def scene_font(size: float, weight: int = 400) -> QFont:
    """The font of what a board's scene shows: there the whole scene is scaled, so the font is not.

    Under 12 px only where the scene is drawn so much larger that the letters are 12 px on the screen.
    """
    return _font(max(6, round(size)), weight, False)  # shared, never changed: cards ask for it at every repaint


def scheme() -> str:
    """``"light"`` or ``"dark"``, stale or not."""
    return _Look.theme.name.removesuffix("-stale")


def set_stale(stale: bool) -> None:
    """Fade the beds' colours while the connection is lost, or give them back; widgets are to be repainted."""
    plain = DARK if scheme() == "dark" else LIGHT
    _Look.theme = STALE[plain.name] if stale else plain


def set_scheme(app: QApplication, scheme: str, *, with_fonts: bool = True) -> None:
    """Switch everything to ``"light"`` or ``"dark"``: Fusion with our palette, and the Theme for painted items.

    Without fonts for the first frame, which shows no letter: they are loaded while the data libraries are.
    """
    _Look.theme = DARK if scheme == "dark" else LIGHT
    if with_fonts:
        load_fonts()
    if app.style().objectName().lower() != "fusion":
        app.setStyle("Fusion")
    _set_fonts(app)
    app.setPalette(make_palette(_Look.theme))


def set_text_scale(app: QApplication, percent: int) -> None:
    """Switch the text size of everything."""
    _Look.percent = percent
    _set_fonts(app)


def _set_fonts(app: QApplication) -> None:
    app.setFont(font(14))
    app.setFont(font(15), "QMenu")  # type: ignore[arg-type]  # makes a menu's rows high enough to hit


def make_palette(colours: Theme) -> QPalette:
    """The palette of ordinary widgets."""
    made = QPalette()
    role = QPalette.ColorRole
    for which, colour in (
            (role.Window, colours.chrome), (role.WindowText, colours.ink), (role.Base, colours.raised),
            (role.AlternateBase, colours.sunken), (role.Text, colours.ink), (role.Button, colours.raised),
            (role.ButtonText, colours.ink), (role.BrightText, colours.error), (role.Highlight, colours.focus),
            (role.HighlightedText, colours.raised if colours is LIGHT else colours.primary_ink),
            (role.ToolTipBase, colours.raised), (role.ToolTipText, colours.ink), (role.Link, colours.focus),
            (role.PlaceholderText, colours.ink3), (role.Light, colours.line1), (role.Midlight, colours.line1),
            (role.Mid, colours.line2), (role.Dark, colours.line3), (role.Shadow, colours.line3),
            (role.Accent, colours.focus)):
        made.setColor(which, colour)
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, colours.ink_off)
    return made
