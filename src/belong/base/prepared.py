"""Statements that Django puts together once in each process, for pages that a whole class asks for in the same minute.

Turning a queryset into SQL takes Django ten times as long as the database takes to answer it, and for thirty children
it comes to the same SQL thirty times. `prepared` keeps the SQL and puts the values in; `insert` does so for a new row.
What is read is read now, from the database; no answer is kept here.
"""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Model, QuerySet
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesListIterable,
    get_related_populators,
)
from django.db.models.signals import post_save, pre_save
from django.db.models.sql import InsertQuery
from django_scopes import get_scope, scope

Value = int | str | date
_NO_ROW = -2_000_000_000  # marks count down from here, where no row has its number


def prepared(write: Callable[..., QuerySet[Any, Any]]) -> Callable[..., list[Any]]:
    """Turn a function that returns a queryset for some numbers, words and dates into one that returns a list of rows.

    The function is called once for each kind of scope, with marks in place of the values, to see where in the SQL they
    come to stand: so it may only filter by them. Rows are what the queryset gives: objects (with what `select_related`
    joins), tuples of `values_list`, or single values where it is flat. It sees the school in scope, as the queryset
    would, and raises ScopeError where the queryset would.
    """
    kept: dict[str, _Statement] = {}

    @wraps(write)
    def read(*values: Value) -> list[Any]:
        seen = get_scope()
        if not seen.get("_enabled", True):
            key, given = "every school", values
        elif "school" in seen:
            key, given = "one school", (seen["school"].pk, *values)
        else:
            list(write(*values))  # raises ScopeError
            raise TypeError(f"{write.__qualname__} reads rows that belong to no school: nothing to prepare")
        if key not in kept:
            kept[key] = _Statement(write, given, in_one_school=key == "one school")
        return kept[key].rows(given)

    return read


class _Statement:
    """The SQL of one queryset, where the values stand in it, and how its rows are made."""

    def __init__(
        self, write: Callable[..., QuerySet[Any, Any]], values: tuple[Value, ...], *, in_one_school: bool
    ) -> None:
        marks = [_mark(place, value) for place, value in enumerate(values)]
        if in_one_school:
            with scope(school=marks[0]):
                rows = write(*marks[1:])
        else:
            rows = write(*marks)
        self._compiler = rows.query.get_compiler(connection=connection)
        self._sql, params = self._compiler.as_sql()
        self._params = [_slot(param, marks, connection.ops.adapt_datefield_value) for param in params]
        missing = set(range(len(marks))) - {place for place, _ in self._params}
        if missing:
            raise TypeError(f"{write.__qualname__}: its SQL holds no value for {sorted(missing)}")
        self._converters = self._compiler.get_converters([column for column, *_ in self._compiler.select])
        self._made = _maker(rows, self._compiler)

    def rows(self, values: tuple[Value, ...]) -> list[Any]:
        params = [kept if place is None else kept(values[place]) for place, kept in self._params]
        with _connection().cursor() as cursor:
            cursor.execute(self._sql, params)
            found = cursor.fetchall()
        if self._converters:
            found = self._compiler.apply_converters(found, self._converters)
        return [self._made(row) for row in found]


def _connection() -> Any:
    """This thread's connection itself: `django.db.connection` looks for it at every touch."""
    return connections[DEFAULT_DB_ALIAS]


def _mark(place: int, value: Value) -> Value:
    """A value of the same type that nothing else in a statement is."""
    if isinstance(value, str):
        return f"\N{REPLACEMENT CHARACTER}{place}"
    return date(1, 1, 1 + place) if isinstance(value, date) else _NO_ROW - place


def _slot(param: Any, marks: list[Value], as_date: Callable[[date], Any]) -> tuple[int | None, Any]:
    """Which value stands at a parameter and how the database wants it; no place for one that is always the same."""
    for place, mark in enumerate(marks):
        if isinstance(mark, date):
            if param == as_date(mark):
                return place, as_date
        elif param == mark:
            return place, type(param)  # PostgreSQL says how wide a number is by its type
    return None, param


def _maker(rows: QuerySet[Any, Any], compiler: Any) -> Callable[[Any], Any]:
    kind = rows._iterable_class
    if kind is FlatValuesListIterable:
        return lambda row: row[0]
    if kind is ValuesListIterable:
        return tuple
    if kind is not ModelIterable:
        raise TypeError(f"{kind.__name__}: dictionaries and other shapes cannot be prepared")
    return _object_maker(rows.db, compiler)


def _object_maker(database: str, compiler: Any) -> Callable[[Any], Any]:
    model, places = compiler.klass_info["model"], compiler.klass_info["select_fields"]
    first, last = places[0], places[-1] + 1
    names = [column.target.attname for column, *_ in compiler.select[first:last]]
    annotations = compiler.annotation_col_map or {}
    populators: Any = get_related_populators  # the stubs speak of a later Django
    joined = populators(compiler.klass_info, compiler.select, database)

    def made(row: Any) -> Any:
        found = model.from_db(database, names, row[first:last])
        for one in joined:
            one.populate(row, found)
        for name, place in annotations.items():
            setattr(found, name, row[place])
        return found

    return made


_inserts: dict[type[Model], tuple[str, list[Any]]] = {}


def insert(row: Model) -> None:
    """Add a new row as `row.save(force_insert=True)` does: every column, and its number comes back."""
    model = type(row)
    if pre_save.has_listeners(model) or post_save.has_listeners(model):
        row.save(force_insert=True)  # somebody wants to hear of it
        return
    if model not in _inserts:
        _inserts[model] = _insert_statement(row)
    sql, fields = _inserts[model]
    here = _connection()
    values = [field.get_db_prep_save(field.pre_save(row, True), here) for field in fields]
    with here.cursor() as cursor:
        cursor.execute(sql, values)
        row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, here.alias


def _insert_statement(row: Model) -> tuple[str, list[Any]]:
    """The INSERT that Django writes for a row of this model, and its columns in order."""
    fields = [field for field in row._meta.local_concrete_fields if not field.primary_key]
    query = InsertQuery(type(row))
    query.insert_values(fields, [row])
    compiler: Any = query.get_compiler(connection=connection)
    compiler.returning_fields = [row._meta.pk]
    ((sql, _),) = compiler.as_sql()
    return sql, fields
