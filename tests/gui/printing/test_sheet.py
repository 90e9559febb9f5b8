"""The occupancy sheet: every bed once, totals that are counted, headers on each page."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrinter

from tests.support.boards import make_board
from wardbeds.domain.beds import WardBoard, count
from wardbeds.gui.printing.downtime import DowntimePack
from wardbeds.gui.printing.occupancy import OccupancySheet
from wardbeds.gui.printing.sheet import Sheet, a4, write_pdf


def _sheet(board: WardBoard) -> OccupancySheet:
    return OccupancySheet(board, "N. Mukamana, nurse", "Hôpital d'essai", ZoneInfo("Africa/Kigali"), datetime.now(UTC))


@pytest.mark.parametrize(("rooms", "per_room"), [(1, 1), (4, 6), (30, 3), (50, 20)])
def test_every_bed_once_and_a_header_on_each_page(qapp: object, tmp_path: Path, rooms: int, per_room: int) -> None:
    board = make_board(rooms, per_room)
    pages = write_pdf(_sheet(board), tmp_path / "x.pdf")
    reader = PdfReader(tmp_path / "x.pdf")
    assert len(reader.pages) == pages
    texts = [" ".join(page.extract_text().split()) for page in reader.pages]
    for number, text in enumerate(texts, 1):
        assert f"Page {number} of {pages}" in text
        assert "Internal Medicine A" in text
        assert "Hospital No." in text
    words = " ".join(texts).split()
    for bed in board.beds:
        assert words.count(bed.number) == 1
        if bed.occupant is not None:
            assert words.count(bed.occupant.person.hospital_number) == 1
    counts = count(list(board.beds), datetime.now(UTC))
    assert str(counts.occupied) in texts[0]
    assert f"{counts.occupied_percent} %" in texts[0]


def test_old_data_are_stamped_on_each_page_and_nothing_is_lost(qapp: object, tmp_path: Path) -> None:
    board = make_board(15, 6)
    old = OccupancySheet(board, "N. Mukamana, nurse", "Hôpital d'essai", ZoneInfo("Africa/Kigali"), datetime.now(UTC),
                         old_as_of=datetime(2026, 2, 2, 7, 38, tzinfo=UTC))
    pages = write_pdf(old, tmp_path / "old.pdf")
    texts = [" ".join(page.extract_text().split()) for page in PdfReader(tmp_path / "old.pdf").pages]
    assert pages == len(texts) > 2
    for number, text in enumerate(texts, 1):
        assert "OLD DATA as of 02-Feb-2026 09:38" in text
        assert f"Page {number} of {pages}" in text
    words = " ".join(texts).split()
    assert all(words.count(bed.number) == 1 for bed in board.beds)
    write_pdf(_sheet(board), tmp_path / "fresh.pdf")
    assert len(PdfReader(tmp_path / "fresh.pdf").pages) == pages  # the stamp takes no line away
    assert "OLD DATA" not in PdfReader(tmp_path / "fresh.pdf").pages[0].extract_text()


def test_the_downtime_pack_has_the_old_board_and_forms_to_go_on_with(qapp: object, tmp_path: Path) -> None:
    as_of = datetime(2026, 2, 2, 7, 38, tzinfo=UTC)
    old = OccupancySheet(make_board(15, 6), "N. Mukamana, nurse", "Hôpital d'essai", ZoneInfo("Africa/Kigali"),
                         datetime.now(UTC), old_as_of=as_of, demo=True)
    boards = old.page_count()
    assert write_pdf(DowntimePack(old), tmp_path / "pack.pdf") == boards + 2
    texts = [" ".join(page.extract_text().split()) for page in PdfReader(tmp_path / "pack.pdf").pages]
    assert [("OLD DATA" in text, "Ward occupancy" in text) for text in texts] == [(True, True)] * boards + [(False, False)] * 2
    for number, text in enumerate(texts, 1):
        assert f"Page {number} of {boards + 2}" in text
        assert "Internal Medicine A" in text
        assert "DEMO" in text
    for words in ("Time Patient, Hospital No. From bed To bed What By Entered", "Happened at"):
        assert words in texts[-2]
    assert texts[-1].count("Family or Kinyarwanda name") == texts[-1].count("Comes from Emergency Clinic") == 2


def test_a_ward_of_24_beds_fits_one_page(qapp: object, tmp_path: Path) -> None:
    assert write_pdf(_sheet(make_board(4, 6)), tmp_path / "x.pdf") == 1


def test_an_empty_ward(qapp: object, tmp_path: Path) -> None:
    from dataclasses import replace

    board = replace(make_board(), beds=(), rooms=())
    assert write_pdf(_sheet(board), tmp_path / "x.pdf") == 1


def test_fonts_are_embedded(qapp: object, tmp_path: Path) -> None:
    write_pdf(_sheet(make_board()), tmp_path / "x.pdf")
    fonts = PdfReader(tmp_path / "x.pdf").pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    assert all("Inter" in str(font.get_object()["/BaseFont"]) for font in fonts.values())


def test_the_printer_gets_the_same_text(qapp: object, tmp_path: Path) -> None:
    sheet: Sheet = _sheet(make_board())
    write_pdf(sheet, tmp_path / "one.pdf")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "two.pdf"))
    printer.setPageLayout(a4())
    sheet.paint(printer, printer.newPage)
    one, two = (PdfReader(tmp_path / name).pages[0].extract_text().split() for name in ("one.pdf", "two.pdf"))
    assert one == two


def test_an_unwritable_place_is_an_error(qapp: object) -> None:
    with pytest.raises(OSError, match="nowhere"):
        write_pdf(_sheet(make_board()), Path("/nowhere/x.pdf"))
