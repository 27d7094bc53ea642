"""Names that need quotes."""
from harness import *  # noqa

case_named("whole_table", select(q))
case_named("qualified", select(q).set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL))
case_named("alias", select(q.alias("My Alias")))
case_named("alias_with_quote", select(t.alias('a"b').c.id))
case_named("alias_injection", select(t.alias("x; DROP TABLE t --").c.id))
case_named("label_injection", select(id_.label("a\", 1; --")))
case_named("chinese", select(q.c["中文"]).where(q.c["中文"] == 1))
case_named("bind_name_odd", q.c["with space"] == 1)
case_named("anonymous_alias_odd", (lambda a: select(a.c["select"]))(q.alias()))
case_named("literal_backslash", name == "a\\b'c")
