"""The watch itself: it must bark at planted faults, and at nothing else."""

from pathlib import Path

import pytest
from sqlalchemy import (
    BindParameter,
    Insert,
    MetaData,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.sql.elements import ClauseElement

from bot.storage.database import Database
from bot.storage.tables import EPOCH, addresses, class_codes, people, roles
from tests.scoping import ACROSS, NotOfOneSchool, inserted_without, unscoped

SCHOOL: BindParameter[str] = bindparam("school_id")
_of_school = people.c.school_id == SCHOOL
_same_person = roles.c.person_id == people.c.id
_same_school = roles.c.school_id == people.c.school_id
_other = people.alias("other")
_ids = select(people.c.id)
_persons_roles = select(roles.c.role).where(_same_person)

GOOD = {
    "a select of one school": _ids.where(_of_school),
    "a literal school": _ids.where(people.c.school_id == "pärnu"),
    "a join with both held": _ids.join(roles, _same_person).where(
        _of_school, roles.c.school_id == SCHOOL
    ),
    "a join that goes by the school": _ids.join(roles, and_(_same_person, _same_school)).where(
        _of_school
    ),
    "an outer join held where it joins": _ids.outerjoin(
        roles, and_(_same_person, roles.c.school_id == SCHOOL)
    ).where(_of_school),
    "either of two conditions, each of one school": _ids.where(
        or_(and_(_of_school, people.c.id == 1), and_(_of_school, people.c.id == 2))
    ),
    "a subquery that takes its person from outside": _ids.where(
        _of_school, _persons_roles.where(_same_school).exists()
    ),
    "a delete with a held subquery": delete(people).where(
        _of_school, ~_persons_roles.where(roles.c.school_id == SCHOOL).exists()
    ),
    "an update": update(people).where(_of_school).values(name=None),
    "a union": _ids.where(_of_school).union_all(
        select(roles.c.person_id).where(roles.c.school_id == SCHOOL)
    ),
    "an alias": select(_other.c.id).where(_other.c.school_id == SCHOOL),
    "a select from a held select": select(func.count()).select_from(
        _ids.where(_of_school).subquery()
    ),
    "no table": select(func.now()),
    "a table that a migration makes": select(people.to_metadata(MetaData())),
}
BAD = {
    "a select": (_ids, "people"),
    "a count": (select(func.count()).select_from(people), "people"),
    "a select of many schools": (_ids.where(people.c.school_id.in_(["a", "b"])), "people"),
    "a select of all other schools": (_ids.where(people.c.school_id != SCHOOL), "people"),
    "a select of no school at all": (_ids.where(people.c.school_id.is_(None)), "people"),
    "a school or something else": (_ids.where(or_(_of_school, people.c.id == 1)), "people"),
    "not of this school": (_ids.where(~_of_school), "people"),
    "a join with one table loose": (_ids.join(roles, _same_person).where(_of_school), "roles"),
    "a join without a condition": (select(people.c.id, roles.c.role).where(_of_school), "roles"),
    "two tables held only to each other": (
        _ids.join(roles, and_(_same_person, _same_school)),
        "people roles",
    ),
    "the left of an outer join": (
        _ids.outerjoin(roles, and_(_of_school, roles.c.school_id == SCHOOL)),
        "people",
    ),
    "both sides of a full join": (
        _ids.join(roles, and_(_of_school, roles.c.school_id == SCHOOL), full=True),
        "people roles",
    ),
    "an alias beside its table": (
        select(people.c.id, _other.c.id).where(_of_school),
        "other",
    ),
    "a subquery": (_ids.where(_of_school, _persons_roles.exists()), "roles"),
    "the same table inside and outside": (
        _ids.where(_of_school, _ids.where(people.c.id == 1).exists()),
        "people",
    ),
    "a subquery that asks for everything": (
        _ids.where(_of_school, people.c.id.in_(select(roles.c.person_id))),
        "roles",
    ),
    "a subquery among the columns": (
        select(people.c.id, select(func.count(roles.c.role)).scalar_subquery()).where(_of_school),
        "roles",
    ),
    "a subquery where two are joined": (
        _ids.join(
            roles,
            and_(
                _same_person,
                roles.c.school_id == SCHOOL,
                roles.c.person_id.in_(select(addresses.c.person_id)),
            ),
        ).where(_of_school),
        "addresses",
    ),
    "a subquery to select from": (select(_ids.subquery().c.id), "people"),
    "a common table expression": (select(_ids.cte().c.id), "people"),
    "a part of a union": (_ids.where(_of_school).union_all(select(roles.c.person_id)), "roles"),
    "an update of everything": (update(people).values(name=None), "people"),
    "an update of one row": (update(people).where(people.c.id == 1).values(name=None), "people"),
    "an update from another table": (
        update(people).where(_of_school, _same_person).values(name=roles.c.role),
        "roles",
    ),
    "an update to the result of a subquery": (
        update(people).where(_of_school).values(name=select(roles.c.role).scalar_subquery()),
        "roles",
    ),
    "a delete": (delete(people).where(people.c.id == 1), "people"),
    "a delete by a loose subquery": (
        delete(people).where(_of_school, ~_persons_roles.exists()),
        "roles",
    ),
    "an insert from a loose select": (
        insert(roles).from_select(
            ["school_id", "person_id"], select(people.c.school_id, people.c.id)
        ),
        "people",
    ),
}


@pytest.mark.parametrize("statement", GOOD.values(), ids=GOOD)
def test_a_statement_that_says_whose_rows_it_means_passes(statement: ClauseElement) -> None:
    assert unscoped(statement) == ()


@pytest.mark.parametrize(("statement", "tables"), BAD.values(), ids=BAD)
def test_a_statement_that_may_reach_another_school_is_found(
    statement: ClauseElement, tables: str
) -> None:
    assert " ".join(sorted(set(unscoped(statement)))) == tables


_role = {"person_id": 1, "role": "alumni", "since": None}
INSERTS = {
    "the school among the rows": (insert(roles), [{"school_id": "a"} | _role], ()),
    "the school in the statement": (insert(roles).values(school_id="a"), [_role], ()),
    "several rows in the statement": (
        insert(roles).values([{"school_id": "a"} | _role, {"school_id": "b"} | _role]),
        [{}],
        (),
    ),
    "a held select": (
        insert(roles).from_select(
            ["school_id", "person_id"], select(people.c.school_id, people.c.id).where(_of_school)
        ),
        [{}],
        (),
    ),
    "a table that a migration makes": (insert(people.to_metadata(MetaData())), [{"id": 1}], ()),
    "rows without a school": (insert(roles), [_role], ("roles",)),
    "one row without a school": (
        insert(roles),
        [{"school_id": "a"} | _role, _role],
        ("roles",),
    ),
    "nothing at all": (insert(roles), [{}], ("roles",)),
    "values without a school": (insert(roles).values([_role]), [{}], ("roles",)),
    "a select without the school": (
        insert(roles).from_select(["person_id"], select(people.c.id).where(_of_school)),
        [{}],
        ("roles",),
    ),
}


@pytest.mark.parametrize(("statement", "rows", "tables"), INSERTS.values(), ids=INSERTS)
def test_whatever_is_inserted_has_a_school(
    statement: Insert, rows: list[dict[str, object]], tables: tuple[str, ...]
) -> None:
    assert inserted_without(statement, rows) == tables


async def test_a_loose_statement_fails_where_it_is_executed(
    database: Database, of_one_school: list[str]
) -> None:
    with pytest.raises(NotOfOneSchool, match="people: SELECT"):
        await database.run(lambda tx: tx.execute(_ids).all())

    assert [refused.partition(":")[0] for refused in of_one_school] == ["people"]
    of_one_school.clear()


async def test_a_loose_insert_fails_though_another_of_its_kind_passed(
    database: Database, of_one_school: list[str]
) -> None:
    code = {"code": "AB12", "class_key": "1A", "expires_at": EPOCH}
    adding = insert(class_codes)
    await database.run(lambda tx: tx.execute(adding, {"school_id": "a"} | code))

    with pytest.raises(NotOfOneSchool, match="class_codes: INSERT"):
        await database.run(lambda tx: tx.execute(adding, code))

    of_one_school.clear()


async def test_a_test_may_look_at_all_schools(database: Database) -> None:
    everybody = await database.run(
        lambda tx: tx.execute(_ids, execution_options={ACROSS: True}).all()
    )

    assert everybody == []


def test_the_program_never_looks_at_all_schools() -> None:
    home = Path(__file__).parent.parent
    sources = [path for part in ("bot", "handlers") for path in (home / part).rglob("*.py")]

    assert [path.name for path in sources if ACROSS in path.read_text(encoding="utf-8")] == []
