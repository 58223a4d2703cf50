"""The record of an emergency for the file: one page, A4, as PDF: who was called, when each answered and arrived.

Made with fpdf2 and Noto Sans SC, which comes as a package: the machine needs no font of its own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from storage.categories import category
from storage.kinds import Language
from storage.records import ReportRecord, number
from storage.team_records import CallRecord, EmergencyRecord, Note
from views.format import shorten
from views.paper import FAMILY, MILLIMETRES, paper
from views.texts import plain

if TYPE_CHECKING:
    from fpdf import FPDF

SIZES = (10.0, 9.0, 8.0, 7.0, 6.0, 5.0)
"""Points: the largest with which all fits on the page."""
MARGIN = 18.0
"""Millimetres."""
COLUMNS = ("team", "name", "phone", "called", "pushes", "answered", "arrived", "state")
WIDTHS = (32, 24, 28, 18, 12, 18, 18, 24)
"""Millimetres, 174 in all."""
SHADE, RULE = (240, 240, 240), (150, 150, 150)
"""Greys of headings and lines."""
ABOVE, BESIDE = 0.05, 0.12
"""Millimetres a point: room above and below, left and right of a cell's text."""
LEADING = 1.35
MOST_WORDS, MOST_NAME, MOST_NOTE = 300, 40, 160
FEWER_CALLS, FEWER_NOTES = (45, 30, 20, 10), 12
"""What is tried if all does not fit."""
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """What is put on record, and for whom."""

    report: ReportRecord
    emergency: EmergencyRecord
    language: Language
    now: datetime
    zone: ZoneInfo


def page(record: Record) -> bytes:
    """The record as a PDF of one page; of a very long story the end of the notes is left out, and that is said."""
    writer = _Writer(record)
    rows = len(record.emergency.calls) + len(record.emergency.notes)
    for size in SIZES:
        made = writer.write(size) if rows < _room(size) else None
        if made is not None:
            return made
    fewer = (writer.write(SIZES[-1], calls=calls, notes=FEWER_NOTES) for calls in FEWER_CALLS)
    return next(made for made in fewer if made is not None)


def _room(size: float) -> float:
    """How many rows a page has at most, so that not every size needs to be tried: they take half a second each."""
    return 255 / (size * (MILLIMETRES * LEADING + 2 * ABOVE)) - 12


class _Writer:
    """Writes one record, at a size that is tried."""

    def __init__(self, record: Record) -> None:
        self.report = record.report
        self.emergency = record.emergency
        self.language = record.language
        self.now = record.now
        self.zone = record.zone

    def write(self, size: float, *, calls: int | None = None, notes: int | None = None) -> bytes | None:
        """The page; None if it would be more than one."""
        with paper("A4", margin=MARGIN, now=self.now) as (pdf, clean):
            pdf.set_draw_color(RULE)
            pdf.set_line_width(0.15)
            pdf.add_page()
            pdf.set_font(FAMILY, size=size)
            self._fill(pdf, clean, size, calls=calls, notes=notes)
            return bytes(pdf.output()) if pdf.pages_count == 1 else None

    def _fill(
        self, pdf: "FPDF", clean: Callable[[str], str], size: float, *, calls: int | None, notes: int | None
    ) -> None:
        pdf.set_title(clean(self._say("title")))
        self._head(pdf, clean, size)
        self._facts(pdf, clean, size)
        self._section(pdf, clean, size, "calls")
        shown, told = self.emergency.calls[:calls], self.emergency.notes[:notes]
        self._table(pdf, clean, [self._call(call) for call in shown], header=self._header(), widths=WIDTHS)
        self._section(pdf, clean, size, "story")
        self._table(pdf, clean, [(self._clock(note.at), self._note(note)) for note in told], widths=(24, 150))
        left = len(self.emergency.notes) - len(told) + len(self.emergency.calls) - len(shown)
        if left:
            pdf.ln(size / 4)
            pdf.cell(0, pdf.font_size * 1.6, text=clean(self._say("more", count=left)), new_x="LMARGIN", new_y="NEXT")
        self._foot(pdf, clean, size)

    def _head(self, pdf: "FPDF", clean: Callable[[str], str], size: float) -> None:
        pdf.set_font(FAMILY, size=size * 1.8)
        pdf.cell(0, text=clean(self._say("title")), align="C", new_x="LMARGIN", new_y="NEXT")
        pdf.set_font(FAMILY, size=size)
        pdf.ln(size / 4)

    def _facts(self, pdf: "FPDF", clean: Callable[[str], str], size: float) -> None:
        """What, where, when, who; a fact a line."""
        report, emergency = self.report, self.emergency
        grid = f"{report.grid_code} {report.grid_name}" if report.grid_code else "—"
        place = f"{report.latitude:.5f}, {report.longitude:.5f}"
        words = shorten(report.words or "—", most=MOST_WORDS)
        kind = category(report.category).names[self.language]
        facts = [
            ("number", f"{number(report.id)} · {kind}"),
            ("grid", f"{grid} · {report.community}" if report.community else grid),
            ("place", f"{place} · {shorten(report.place_name, most=MOST_NOTE)}" if report.place_name else place),
            ("words", words),
            ("begun", f"{self._moment(emergency.begun_at)} · {emergency.begun_by}"),
            ("ended", self._end()),
            ("lead", report.officer_name or "—"),
        ]
        rows = [(self._say(f"fact-{name}"), value) for name, value in facts]
        self._table(pdf, clean, rows, widths=(24, 150))

    def _end(self) -> str:
        emergency = self.emergency
        if emergency.ended_at is None:
            return self._say("goes-on")
        minutes = max(1, round((emergency.ended_at - emergency.begun_at).total_seconds() / 60))
        return " · ".join(
            (
                self._moment(emergency.ended_at),
                emergency.ended_by or plain(self.language, "record-ended-with"),
                self._say("lasted", minutes=minutes),
            )
        )

    def _header(self) -> Row:
        return tuple(self._say(f"column-{column}") for column in COLUMNS)

    def _call(self, call: CallRecord) -> Row:
        name = shorten(call.name, most=MOST_NAME)
        return (
            shorten(call.team[self.language], most=MOST_NAME),
            f"{name} *" if call.deputy_of is not None else name,
            call.phone or "—",
            self._clock(call.called_at if call.pushes else None),
            str(call.pushes),
            self._clock(call.answered_at),
            self._clock(call.arrived_at),
            self._say(f"state-{call.state}"),
        )

    def _note(self, note: Note) -> str:
        """A line of the story, in a sentence."""
        who = note.who or plain(self.language, "audit-house")
        told = [] if note.kind == "emergency_called" else [self._say(f"note-{note.kind}", who=who)]
        between = plain(self.language, "record-between")
        if note.silent:
            told.append(self._say("note-silent", people=between.join(note.silent)))
        if note.called:
            told.append(self._say("note-called", people=between.join(note.called)))
        return shorten(plain(self.language, "record-after").join(told), most=MOST_NOTE)

    def _section(self, pdf: "FPDF", clean: Callable[[str], str], size: float, key: str) -> None:
        pdf.ln(size / 4)
        pdf.set_font(FAMILY, size=size * 1.2)
        pdf.cell(0, text=clean(self._say(key)), new_x="LMARGIN", new_y="NEXT")
        pdf.set_font(FAMILY, size=size)
        pdf.ln(size / 12)

    def _table(
        self,
        pdf: "FPDF",
        clean: Callable[[str], str],
        rows: Sequence[Row],
        *,
        widths: tuple[int, ...],
        header: Row | None = None,
    ) -> None:
        from fpdf.fonts import FontFace

        with pdf.table(
            col_widths=widths,
            first_row_as_headings=header is not None,
            headings_style=FontFace(fill_color=SHADE),
            line_height=pdf.font_size * LEADING,
            text_align="LEFT",
            padding=(ABOVE * pdf.font_size_pt, BESIDE * pdf.font_size_pt),
        ) as table:
            for row in ([header] if header else []) + list(rows):
                table.row([clean(value) for value in row])

    def _foot(self, pdf: "FPDF", clean: Callable[[str], str], size: float) -> None:
        pdf.ln(size / 4)
        height = pdf.font_size * 1.6
        if any(call.deputy_of is not None for call in self.emergency.calls):
            pdf.cell(0, height, text=clean(self._say("deputies")), new_x="LMARGIN", new_y="NEXT")
        pdf.cell(0, height, text=clean(self._say("made", when=self._moment(self.now))), new_x="LMARGIN", new_y="NEXT")
        pdf.ln(size / 2)
        pdf.cell(0, text=clean(self._say("signed")), new_x="LMARGIN", new_y="NEXT")

    def _say(self, key: str, **facts: str | int) -> str:
        return plain(self.language, f"record-{key}", **facts)

    def _moment(self, at: datetime) -> str:
        """With the date: it is read years later."""
        return f"{at.astimezone(self.zone):%Y-%m-%d %H:%M:%S}"

    def _clock(self, at: datetime | None) -> str:
        if at is None:
            return "—"
        same_day = at.astimezone(self.zone).date() == self.emergency.begun_at.astimezone(self.zone).date()
        return f"{at.astimezone(self.zone):{'%H:%M:%S' if same_day else '%m-%d %H:%M'}}"
