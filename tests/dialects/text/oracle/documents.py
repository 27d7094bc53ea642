"""Items of JSON documents, and the operators of JSONB."""
from harness import *  # noqa
from sqlalchemy.dialects.postgresql import array

only_postgresql = ("default", "literal", "sqlite", "mysql", "parameters")


def jsonb(key, expression):
    case_named(key, expression, only_postgresql)


no_literal = ("literal",)  # 1.4 prints the repr of a path
case_named("key", data["a"])
case_named("index", data[1])
case_named("path", data[("a", 1, "b")], skip=no_literal)
case_named("nested", data["a"]["b"])
case_named("as_string", data["a"].as_string())
case_named("as_integer", data["a"].as_integer() == 5)
case_named("as_float", data["a"].as_float())
case_named("as_numeric", data["a"].as_numeric(10, 2))
case_named("as_boolean", data["a"].as_boolean())
case_named("as_boolean_where", select(d.c.id).where(data["a"].as_boolean()))
case_named("as_boolean_is_true", data["a"].as_boolean() == True)  # noqa
case_named("path_as_integer", data[("a", 1)].as_integer(), skip=no_literal)
case_named("as_json", data["a"].as_json())
case_named("selected", select(data["a"]))
case_named("selected_string", select(data["a"].as_string()))
case_named("labelled", select(data["a"].as_string().label("q")).order_by(data["a"].as_integer()))
case_named("compared", data["a"] == data["b"])
case_named("is_null", data["a"] == None)  # noqa
case_named("negated", ~(data["a"].as_integer() == 5))
case_named("arithmetic", data["a"].as_integer() + 1)
case_named("like", data["a"].as_string().like("x%"))
case_named("column_as_index", data[d.c.id])
case_named("joined", doc + doc)
jsonb("astext", doc["a"].astext)
jsonb("astext_path", doc[("a", "b")].astext == "x")
jsonb("astext_nested", doc["a"]["b"].astext)
jsonb("astext_cast", cast(doc["a"].astext, Integer))
jsonb("has_key", doc.has_key("a"))
jsonb("has_key_column", doc.has_key(t.c.name))
jsonb("has_all", doc.has_all(array(["a", "b"])))
jsonb("has_any", doc.has_any(array(["a"])))
jsonb("contains", doc.contains({"a": 1}))
jsonb("contained_by", doc.contained_by({"a": 1}))
jsonb("not_contains", ~doc.contains({"a": 1}))
jsonb("item_contains", doc["a"].contains({"b": 1}))
jsonb("combined", and_(doc.has_key("a"), doc["x"].as_integer() > 3))
