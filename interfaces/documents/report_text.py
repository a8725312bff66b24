"""The text of a report: its plans and its tables of responses, section by section."""

from __future__ import annotations

from dataclasses import dataclass, field

from interfaces.documents.document import (
    PlanTable,
    Problem,
    ResponseKind,
    ResponseTable,
    Severity,
)
from interfaces.documents.plan_rows import PlanReading
from interfaces.documents.report_lines import Report
from interfaces.documents.report_loose import LooseTable, loose_table_at
from interfaces.documents.report_plans import PlanLines, plan_at
from interfaces.documents.report_responses import ResponseLines, responses_at
from interfaces.documents.report_unread import (
    HeaderlessRun,
    bare_list_at,
    disguised_header,
    interleaved_at,
    lost_plan_rows,
    run_at,
)
from interfaces.documents.response_rows import Part, ResponseReading
from interfaces.documents.sheets import SheetReading
from interfaces.documents.torn_rows import mended

_PAIR = (Part.TEXT, Part.ANSWER)


def read_report(text: str, name: str = "") -> SheetReading:
    """Read every table of a report; `name` stands for a heading above the first of all.

    Tables of one kind under one heading are one table: a header that a new page repeats does
    not begin another. What cannot be read safely is a problem, never a row.
    """
    reading = _ReportReading(Report(text), name)
    reading.read()
    return reading.result()


@dataclass(slots=True)
class _ReportReading:
    report: Report
    heading: str = ""
    section: int = 0
    plans: dict[int, tuple[str, PlanReading]] = field(default_factory=dict)
    responses: dict[tuple[int, ResponseKind], ResponseReading] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def read(self) -> None:
        place = 0
        while (place := self.report.next_filled(place)) < len(self.report):
            place = self._read_at(place)

    def result(self) -> SheetReading:
        for _, plan in self.plans.values():
            plan.finish()
            self.problems += plan.problems
        for table in self.responses.values():
            table.finish()
            self.problems += table.problems
        if not self.plans and not self.responses:
            self.problems.append(_nothing_found())
        return SheetReading(
            [PlanTable(title, tuple(plan.rows)) for title, plan in self.plans.values()],
            [
                ResponseTable(table.kind, table.heading, tuple(table.rows), table.impact)
                for table in self.responses.values()
            ],
            sorted(self.problems, key=lambda problem: problem.line),
        )

    def _read_at(self, place: int) -> int:
        """Read what begins here, and say where to go on."""
        report = self.report
        if plan := plan_at(report, place):
            return self._keep_plan(plan)
        if responses := responses_at(report, place):
            return self._keep_responses(responses)
        if loose := loose_table_at(report, place):
            return self._keep_loose(loose)
        if unread := interleaved_at(report, place) or bare_list_at(report, place):
            self.problems.append(unread.problem)
            return unread.end
        if run := run_at(report, place):
            return self._keep_run(run)
        if heading := report.heading_at(place):
            self.heading, self.section = heading, place
        return place + 1

    def _keep_plan(self, found: PlanLines) -> int:
        _, plan = self.plans.setdefault(self.section, (self.heading, PlanReading()))
        plan.feed(found.lines)
        self.problems += found.mends
        return found.end

    def _table(self, kind: ResponseKind) -> ResponseReading:
        return self.responses.setdefault((self.section, kind), ResponseReading(kind, self.heading))

    def _keep_responses(self, found: ResponseLines) -> int:
        table = self._table(found.kind)
        table.feed(found.lines, found.parts)
        table.impact = found.impact or table.impact
        self.problems += found.mends
        return found.end

    def _keep_loose(self, found: LooseTable) -> int:
        table = self._table(found.kind)
        for row in found.rows:
            table.add(row.line, row.text, row.narrative)
        self.problems += found.problems
        return found.end

    def _keep_run(self, run: HeaderlessRun) -> int:
        """Rows without a known header: most are no business of ours (a table of figures)."""
        if disguised_header(self.report, run):
            header = self.report[run.start]
            what = "The header could not be read; by its rows it is a table of recommendations."
            self.problems.append(mended(header.number, "table", header.text, what))
            rows = [self.report[place].grid for place in range(run.start + 1, run.end)]
            self._table(ResponseKind.RECOMMENDATION).feed(rows, _PAIR)
        elif lost := lost_plan_rows(self.report, run):
            self.problems.append(lost)
        return run.end


def _nothing_found() -> Problem:
    what = "No plan and no table of recommendations was found in this text."
    mend = "A plan needs a line “Action, Target Date, Lead” with tabs between, above its rows."
    return Problem(1, "table", "", what, mend, Severity.UNREAD)
