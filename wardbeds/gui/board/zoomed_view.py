"""A view of a ward drawn smaller or larger: at the cursor, step by step, or as it fits; each ward keeps its own."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSizeF, Signal
from PySide6.QtWidgets import QGraphicsView, QWidget

from wardbeds.gui import theme
from wardbeds.gui.board.model import BoardModel

WIDE, WIDE_FACTOR = 1800, 1.148
MARGIN = 6.0
"""Ground above and below what is drawn."""
FIT_MOST = 1.25
"""Fitting never draws cards larger than this: beyond, they say more, which is for who asks for it."""
ZOOMS = (0.5, 0.65, 0.8, 1.0, 1.15, 1.3, 1.5, 1.75, 2.0)


class ZoomedView(QGraphicsView):
    """Subclasses say what fitting shows, and how much cards say at each size."""

    repainted = Signal()
    zoomed = Signal()
    zoom_chosen = Signal(int, float)

    def __init__(self, model: BoardModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self.zoom = 1.0
        self._zooms: dict[int, float] = {}

    def starting_zoom(self) -> float:
        """How large a ward is drawn until somebody chooses. For subclasses."""
        return 1.0

    def content_rect(self) -> QRectF:
        """What fitting shows. For subclasses."""
        return self.sceneRect()

    def choose_level(self) -> None:
        """Let the cards say as much as can be read at this size. For subclasses."""

    def rebuild(self) -> None:
        """Lay everything out anew. For subclasses."""
        raise NotImplementedError

    def zoom_to_choice(self) -> None:
        """Draw the ward as large as somebody chose for it, or as it is without a choice."""
        assert self.model.board is not None
        self.set_zoom(self._zooms.get(self.model.board.ward.id) or self.starting_zoom())

    @property
    def scaling(self) -> float:
        """How large the scene is drawn: the zoom, times the text size, times more on a wide screen (tokens 5)."""
        return self.zoom * theme.text_scale() / 100 * (WIDE_FACTOR if self.window().width() >= WIDE else 1.0)

    def set_zoom(self, zoom: float, at: QPoint | None = None) -> None:
        """Scale the board; the point ``at`` of the viewport stays where it is."""
        before = self.mapToScene(at) if at is not None else None
        self.zoom = min(ZOOMS[-1], max(ZOOMS[0], zoom))
        self.resetTransform()
        self.scale(self.scaling, self.scaling)
        self.choose_level()
        if before is not None and at is not None:
            shift = self.mapFromScene(before) - at
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() + shift.x())
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + shift.y())
        self.repainted.emit()
        self.zoomed.emit()

    def zoom_step(self, step: int, at: QPoint | None = None) -> None:
        """One step in (1) or out (-1)."""
        nearest = min(range(len(ZOOMS)), key=lambda n: abs(ZOOMS[n] - self.zoom))
        self._choose_zoom(ZOOMS[min(len(ZOOMS) - 1, max(0, nearest + step))], at)

    def fit(self) -> None:
        """Show the whole ward."""
        self._choose_zoom(self.fitting_zoom(self.content_rect().size()))

    def _choose_zoom(self, zoom: float, at: QPoint | None = None) -> None:
        """A zoom that somebody wants: kept for this ward."""
        self.set_zoom(zoom, at)
        if self.model.board is not None:
            self._zooms[self.model.board.ward.id] = self.zoom
            self.zoom_chosen.emit(self.model.board.ward.id, self.zoom)

    def recall_zooms(self, zooms: dict[int, float]) -> None:
        """Draw each of these wards as large as was chosen before, every other one as it is without a choice."""
        self._zooms = dict(zooms)
        self.rebuild()

    def fitting_zoom(self, size: QSizeF) -> float:
        """The zoom at which so much of the scene is seen whole, but not so large that cards would say more."""
        unit, view = self.scaling / self.zoom, self.viewport().rect()
        if size.isEmpty():
            return 1.0
        most = FIT_MOST * theme.text_scale() / 100 / unit
        return min(most, (view.width() - 6) / size.width() / unit, view.height() / (size.height() + 2 * MARGIN) / unit)
