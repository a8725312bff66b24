"""The rows of a plan, out of lines of cells from whatever kind of file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from interfaces.documents.cell_text import one_line, shortened
from interfaces.documents.columns import Columns, PlanField, plan_columns
from interfaces.documents.document import PlanRow, Problem, Severity
from interfaces.documents.grid import GridLine, Remark
from interfaces.documents.lead_cells import leads_in
from interfaces.documents.plan_header import header_problems, missing_fields, without_doubles
from interfaces.documents.priorities import Priority, priority_cell, priority_heading
from interfaces.documents.required_cells import lead_problems, no_action
from interfaces.documents.target_date_cells import target_date_or_problem


@dataclass(slots=True)
class PlanReading:
    """A plan while it is read: feed it headers, priority lines and rows, in order."""

    sheet: str | None = None
    rows: list[PlanRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _columns: Columns = ()
    _header: tuple[str, ...] = ()
    _header_line: int = 0
    _priority: Priority | None = None
    _filled_down: list[int] = field(default_factory=list)

    def feed(self, lines: Iterable[GridLine]) -> None:
        """Read these lines on from where the last ones ended."""
        for line in lines:
            self._feed_one(line)

    def finish(self) -> None:
        """Say what can only be said once all rows were seen."""
        if self._header_line and not self.rows:
            what = "A header stands here, but no action below it."
            mend = "Check whether the actions stand in another place, or are a picture."
            self._report(self._header_line, "table", "", what, mend, Severity.UNREAD)
        if self._filled_down:
            rows = ", ".join(map(str, self._filled_down))
            what = f"The priority was blank in row {rows} and was taken from the row above."
            mend = "Fill in the priority there if another one is meant."
            self._report(self._filled_down[0], "priority", "", what, mend, Severity.MENDED)

    def _feed_one(self, line: GridLine) -> None:
        columns = plan_columns(line.cells)
        if line.blank:
            return
        if columns is not None:
            self._open(line, columns)
        elif priority := priority_heading(line):
            self._priority = priority
        else:
            self._read(line)

    def _open(self, line: GridLine, columns: Columns) -> None:
        """Take a header; one that a page break repeated is not complained about twice."""
        if line.cells != self._header:
            self.problems += header_problems(line, columns, self.sheet)
        self._header, self._columns = line.cells, without_doubles(columns)
        self._header_line = line.number

    def _read(self, line: GridLine) -> None:
        cells = {
            field: cell
            for field, cell in zip(self._columns, line.cells, strict=False)
            if field is not None and cell
        }
        problems = list(self._row_problems(line, cells))
        self.problems += problems
        self._carry_priority(line, cells)
        storable = not missing_fields(self._columns) and not any(
            problem.severity is Severity.BAD for problem in problems
        )
        self.rows.append(self._row(line.number, cells, storable=storable))

    def _row(self, number: int, cells: dict[PlanField, str], *, storable: bool) -> PlanRow:
        words = one_line(cells.get(PlanField.TARGET_DATE, ""))
        return PlanRow(
            line=number,
            text=one_line(cells.get(PlanField.ACTION, "")),
            target_date_words=words,
            target_date=target_date_or_problem(number, words, self.sheet)[0],
            leads=leads_in(cells.get(PlanField.LEAD, "")),
            priority=self._priority.name if self._priority else None,
            priority_number=self._priority.number if self._priority else None,
            measure=cells.get(PlanField.MEASURE),
            status=cells.get(PlanField.STATUS),
            progress=cells.get(PlanField.PROGRESS),
            reference=cells.get(PlanField.REFERENCE),
            recommendation=cells.get(PlanField.RECOMMENDATION),
            storable=storable,
        )

    def _carry_priority(self, line: GridLine, cells: dict[PlanField, str]) -> None:
        if PlanField.PRIORITY in cells:
            self._priority = priority_cell(cells[PlanField.PRIORITY])
        elif PlanField.PRIORITY in self._columns and self._priority is not None:
            self._filled_down.append(line.number)

    def _row_problems(self, line: GridLine, cells: dict[PlanField, str]) -> Iterator[Problem]:
        """What is wrong with a row; what its header lacks has been said once, above it."""
        missing = missing_fields(self._columns)
        if PlanField.ACTION not in cells and PlanField.ACTION not in missing:
            yield no_action(line.number, " | ".join(line.filled), self.sheet)
        if PlanField.TARGET_DATE not in missing:
            words = one_line(cells.get(PlanField.TARGET_DATE, ""))
            _, problem = target_date_or_problem(line.number, words, self.sheet)
            yield from [problem] if problem else []
        if PlanField.LEAD not in missing:
            yield from lead_problems(line.number, cells.get(PlanField.LEAD, ""), self.sheet)
        yield from self._surplus(line)
        for remark in line.remarks:
            if self._is_worth_saying(remark):
                name, value = str(self._columns[remark.column]), line.cells[remark.column]
                yield Problem(
                    line.number, name, shortened(value), remark.what, remark.mend,
                    remark.severity, self.sheet,
                )  # fmt: skip

    def _is_worth_saying(self, remark: Remark) -> bool:
        """Whether a remark concerns a column that is read; priorities are merged everywhere."""
        about = self._columns[remark.column] if remark.column < len(self._columns) else None
        merged_priority = about is PlanField.PRIORITY and remark.severity is Severity.MENDED
        return about is not None and not merged_priority

    def _surplus(self, line: GridLine) -> Iterator[Problem]:
        width = len(self._header)
        for place, cell in enumerate(line.cells):
            unnamed = place >= width or not self._header[place]
            if cell and unnamed:
                what = "This cell stands under no heading."
                mend = "Give its column a name, or check whether a comma or tab split a cell."
                yield Problem(line.number, "column", shortened(cell), what, mend, sheet=self.sheet)

    def _report(
        self, line: int, name: str, value: str, what: str, mend: str, severity: Severity
    ) -> None:
        self.problems.append(Problem(line, name, value, what, mend, severity, self.sheet))
