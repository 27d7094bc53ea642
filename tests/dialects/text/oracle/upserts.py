"""ON CONFLICT, ON DUPLICATE KEY UPDATE, RETURNING, words in INSERT, UPDATE and DELETE."""
from harness import *  # noqa
from sqlalchemy.dialects.mysql import insert as mysql_insert
from sqlalchemy.dialects.postgresql import insert as conflict_insert

i = conflict_insert(t).values(x=1, name="a")
k = mysql_insert(t).values(x=1, name="a")
no_mysql = ("default", "literal", "mysql")
only_mysql = ("default", "literal", "sqlite", "postgresql", "parameters")


def conflict(key, expression, skip=no_mysql):
    case_named(key, expression, skip)


def duplicate(key, expression):
    case_named(key, expression, only_mysql)


conflict("nothing", i.on_conflict_do_nothing())
conflict("nothing_columns", i.on_conflict_do_nothing(index_elements=["x", t.c.name]))
conflict("update", i.on_conflict_do_update(index_elements=[t.c.x], set_=dict(name="b", x=i.excluded.x)))
conflict(
    "update_partial_index",
    i.on_conflict_do_update(
        index_elements=[func.lower(t.c.name)], index_where=t.c.x > 5, set_=dict(name=i.excluded.name + t.c.name),
        where=i.excluded.x > t.c.x,
    ),
    skip=no_mysql + ("postgresql",),
)
conflict(
    "update_expressions",
    i.on_conflict_do_update(
        index_elements=["id"], set_=dict(x=t.c.x + i.excluded.x, y=select(func.max(t2.c.id)).scalar_subquery())
    ),
)
conflict("update_null", i.on_conflict_do_update(index_elements=["id"], set_=dict(flag=True, x=None, y=null()), where=t.c.flag))
conflict("constraint", i.on_conflict_do_nothing(constraint="uq"), skip=no_mysql + ("sqlite", "parameters"))
conflict(
    "constraint_update", i.on_conflict_do_update(constraint="uQ", set_=dict(x=1)), skip=no_mysql + ("sqlite", "parameters")
)
conflict("rows", conflict_insert(t).values([dict(x=1), dict(x=2)]).on_conflict_do_nothing())
conflict(
    "from_select", conflict_insert(t).from_select(["x"], select(t2.c.id)).on_conflict_do_nothing(), skip=no_mysql + ("sqlite",)
)
conflict(
    "odd_names",
    conflict_insert(q).values({"select": 1}).on_conflict_do_update(index_elements=[q.c["select"]], set_={"MixedCase": 3}),
)
conflict(
    "returning", i.on_conflict_do_nothing().returning(t.c.id, t.c.x), skip=no_mysql + ("sqlite", "parameters")
)
duplicate("duplicate", k.on_duplicate_key_update(x=2, name=k.inserted.name))
duplicate("duplicate_expression", k.on_duplicate_key_update(x=t.c.x + k.inserted.x, name="q"))
duplicate("duplicate_ordered", k.on_duplicate_key_update([("name", "b"), ("x", func.coalesce(k.inserted.x, 3))]))
duplicate("duplicate_null", k.on_duplicate_key_update(x=None))
case_named("prefix", insert(t).values(x=1).prefix_with("IGNORE"))
case_named(
    "prefix_of_dialect",
    insert(t).values(x=1).prefix_with("IGNORE", dialect="mysql").prefix_with("OR REPLACE", dialect="sqlite"),
)
case_named("update_prefix", update(t).values(x=1).prefix_with("LOW_PRIORITY"))
case_named("delete_prefix", delete(t).prefix_with("QUICK"))
# 1.4 does not know yet that SQLite has RETURNING, and forgets literal values there
sqlite_returns = ("sqlite", "parameters", "literal")
case_named("insert_returning", t.insert().values(x=1).returning(t.c.id, t.c.x), skip=sqlite_returns)
case_named("update_returning", t.update().values(x=1).returning(t.c.id, (t.c.x + 1).label("q")), skip=sqlite_returns)
case_named("delete_returning", t.delete().returning(t), skip=sqlite_returns)
case_named("delete_returning_expressions", t.delete().returning(func.lower(name), x + 1), skip=sqlite_returns)
case_named(
    "update_from_returning", t.update().values(x=t2.c.id).where(id_ == t2.c.t_id).returning(t.c.id, t2.c.name),
    skip=sqlite_returns,
)
limited = ("default", "literal", "sqlite", "postgresql", "parameters")  # elsewhere aludel does not forget the LIMIT
case_named("update_limit", update(t).values(x=1).where(y == 2).with_dialect_options(mysql_limit=5), skip=limited)
z = t2.alias("z")
sqlite_updates = ("sqlite", "parameters")  # 1.4 does not know yet that SQLite has UPDATE … FROM
case_named("update_from_alias", update(t).values(x=z.c.id).where(z.c.t_id == id_), skip=sqlite_updates)
case_named("delete_using_alias", delete(t).where(z.c.t_id == id_), skip=("default", "literal"))
only = ("default", "literal")
case_named("update_only", update(t).values(x=1).with_hint("ONLY", dialect_name="postgresql"), skip=only)
case_named("delete_only", delete(t).with_hint("ONLY", dialect_name="postgresql"), skip=only)
