"""Nothing crosses from one school to another: each statement executed must say whose rows.

A statement is of one school if each table of `bot.storage.tables.metadata` that has a `school_id`
is held to one value of it, at each place where the statement names that table, and if each row
that it inserts has one. Textual SQL is not looked at; nor are tables that a migration is making or
moving, which have a metadata of their own; nor a statement that a test executes with the option
`across_schools=True`, to see that nothing else was written.
"""

# Which values an insert gives, and what a subquery takes from around it, SQLAlchemy keeps private.
# ruff: noqa: SLF001

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias
from weakref import WeakKeyDictionary

import pytest
from sqlalchemy import (
    Alias,
    BindParameter,
    BooleanClauseList,
    Column,
    Connection,
    Delete,
    Engine,
    FromClause,
    Insert,
    Join,
    Select,
    Table,
    TableSample,
    Update,
    event,
)
from sqlalchemy.sql import operators
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.elements import BinaryExpression, ClauseElement, Grouping
from sqlalchemy.sql.selectable import AliasedReturnsRows, SelectBase

from bot.storage.tables import metadata

Row: TypeAlias = Mapping[str, Any]
Froms: TypeAlias = frozenset[FromClause]
Pin: TypeAlias = tuple[FromClause, FromClause | None]
"""A table that is held to one school: to a given one, or to that of another table."""


ACROSS = "across_schools"
"""The execution option of a test that means the rows of all schools; the program has none."""


class NotOfOneSchool(AssertionError):
    """A statement may reach the rows of another school."""


@contextmanager
def watching() -> Iterator[list[str]]:
    """Refuse every statement that is not of one school, on all engines; tell what was refused."""
    refused: list[str] = []
    known: WeakKeyDictionary[ClauseElement, tuple[str, ...]] = WeakKeyDictionary()

    def look(
        connection: Connection,
        statement: ClauseElement,
        rows: Sequence[Row],
        row: Row,
        options: Mapping[str, Any],
    ) -> None:
        if options.get(ACROSS):
            return
        if statement not in known:
            known[statement] = unscoped(statement)
        names = known[statement]
        if isinstance(statement, Insert):
            names += inserted_without(statement, rows or [row])
        if names:
            refused.append(f"{', '.join(names)}: {statement}")
            raise NotOfOneSchool(refused[-1])

    event.listen(Engine, "before_execute", look)
    try:
        yield refused
    finally:
        event.remove(Engine, "before_execute", look)


@pytest.fixture(scope="session")
def _refused() -> Iterator[list[str]]:
    with watching() as refused:
        yield refused


@pytest.fixture(autouse=True)
def of_one_school(_refused: list[str]) -> Iterator[list[str]]:
    """Fail a test that ran a statement that is not of one school, even if nobody heard of it."""
    _refused.clear()
    yield _refused
    assert _refused == []


def unscoped(statement: ClauseElement) -> tuple[str, ...]:
    """Return the tables of which the statement may read or alter the rows of any school."""
    return tuple(_loose(statement, frozenset()))


def _loose(statement: ClauseElement, around: Froms) -> Iterator[str]:
    """Yield the names of tables that nothing holds; `around` are those of the statement around."""
    match statement:
        case Select():
            roots = _own_froms(statement, around)
            named = frozenset(one for root in roots for one in _flat(root))
            pins = {pin for root in roots for pin in _pins_of_joins(root)}
            where = statement.whereclause
        case Update() | Delete():
            roots = [statement.table]
            named = frozenset(_flat(statement.table)) | frozenset(_mentioned(statement))
            pins, where = set(), statement.whereclause
        case _:
            roots, named, pins, where = [], frozenset(), set(), None
    pins |= set() if where is None else _pins(where)
    yield from (_name(one) for one in named - _held(pins, around - named) if _is_of_schools(one))
    inside = around | named if isinstance(statement, Select | UpdateBase) else around
    for nested, is_from in _nested([*statement.get_children(), *roots]):
        yield from _loose(nested, frozenset() if is_from else inside)


def _own_froms(statement: Select[*tuple[Any, ...]], around: Froms) -> list[FromClause]:
    """Return what stands in the FROM of a select: not what it takes from the one around it."""
    froms = list(statement.get_final_froms())
    if not statement._auto_correlate:
        return [one for one in froms if one not in around or one not in statement._correlate]
    return [one for one in froms if len(froms) == 1 or one not in around]


def _flat(root: FromClause) -> Iterator[FromClause]:
    if isinstance(root, Join):
        yield from _flat(root.left)
        yield from _flat(root.right)
    else:
        yield root


def _mentioned(statement: Update | Delete) -> Iterator[FromClause]:
    """Yield the tables of all columns outside subqueries: an update may name more than its own."""
    waiting = list(statement.get_children())
    while waiting:
        element = waiting.pop()
        if isinstance(element, Column) and element.table is not None:
            yield element.table
        elif not isinstance(element, SelectBase | FromClause):
            waiting += element.get_children()


def _nested(elements: Iterable[Any]) -> Iterator[tuple[ClauseElement, bool]]:
    """Yield the statements inside, and whether each stands in a FROM, seeing nothing around."""
    waiting = list(elements)
    while waiting:
        element = waiting.pop()
        if isinstance(element, SelectBase | UpdateBase):
            yield element, False
        elif isinstance(element, AliasedReturnsRows) and not isinstance(
            element, Alias | TableSample
        ):
            yield element.element, True
        elif not isinstance(element, Table):
            waiting += element.get_children()


def _name(named: FromClause) -> str:
    return named.name if isinstance(named, Table | AliasedReturnsRows) else str(named)


def _is_of_schools(named: FromClause) -> bool:
    while isinstance(named, Alias | TableSample):
        named = named.element
    return isinstance(named, Table) and named.metadata is metadata and "school_id" in named.c


def _held(pins: Iterable[Pin], around: Froms) -> Froms:
    """Return the tables that are held to a given school, be it by way of others."""
    held = around | {one for one, by in pins if by is None}
    while more := {one for one, by in pins if by in held} - held:
        held |= more
    return held


def _pins_of_joins(root: FromClause) -> Iterator[Pin]:
    if not isinstance(root, Join):
        return
    yield from _pins_of_joins(root.left)
    yield from _pins_of_joins(root.right)
    if root.full or root.onclause is None:
        return
    right = frozenset(_flat(root.right))
    for one, by in _pins(root.onclause):
        # The left side of an outer join comes whole, whatever its condition says.
        if one in right or not root.isouter:
            yield one, by


def _pins(condition: object) -> set[Pin]:
    match condition:
        case Grouping():
            return _pins(condition.element)
        case BooleanClauseList():
            each = [_pins(clause) for clause in condition.clauses]
            if condition.operator is operators.and_:
                return set().union(*each)
            return set.intersection(*each)
        case BinaryExpression() if condition.operator is operators.eq:
            return _pins_of_equality(condition.left, condition.right)
        case _:
            return set()


def _pins_of_equality(left: object, right: object) -> set[Pin]:
    one, other = _of_school(left), _of_school(right)
    if one is not None and other is not None:
        return {(one, other), (other, one)}
    if one is not None and isinstance(right, BindParameter):
        return {(one, None)}
    if other is not None and isinstance(left, BindParameter):
        return {(other, None)}
    return set()


def _of_school(element: object) -> FromClause | None:
    if isinstance(element, Column) and element.name == "school_id":
        return element.table
    return None


def inserted_without(statement: Insert, rows: Iterable[Row]) -> tuple[str, ...]:
    """Return the table, if any row for it comes without a school."""
    if not _is_of_schools(statement.table):
        return ()
    if statement.select is not None:
        given: list[set[str]] = [set(statement._select_names or ())]
    else:
        fixed = _names(statement._values or {})
        several = [_names(values) for part in statement._multi_values for values in part]
        given = several or [fixed | set(row) for row in rows]
    return () if all("school_id" in names for names in given) else (statement.table.name,)


def _names(values: Iterable[Any]) -> set[str]:
    return {value if isinstance(value, str) else value.name for value in values}
