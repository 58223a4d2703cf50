"""Making pictures and files in a process of its own: `python -m views.making` reads what to make, writes its bytes.

The libraries for that are large; so they never stay in the bot's memory, and neither its event loop nor its writer
waits for them. `bot/making.py` starts the process and speaks with it; a command line may call `make` itself.
"""

import pickle
import sys

from views import drawing, posters, record, usage_chart, workbooks
from views.drawing import Chart
from views.posters import Posters
from views.record import Record
from views.usage_chart import UsageChart
from views.workbooks import Workbook

Thing = Chart | UsageChart | Workbook | Record | Posters
"""What can be made."""


def make(thing: Thing) -> bytes:
    """A chart as a PNG, a workbook as an XLSX, a record, or posters, as a PDF."""
    match thing:
        case Chart():
            return drawing.draw(thing)
        case UsageChart():
            return usage_chart.draw(thing)
        case Posters():
            return posters.pages(thing)
        case Workbook():
            return workbooks.write(thing)
        case Record():
            return record.page(thing)


def main() -> None:
    """One thing from standard input, to standard output."""
    sys.stdout.buffer.write(make(pickle.load(sys.stdin.buffer)))


if __name__ == "__main__":
    main()
