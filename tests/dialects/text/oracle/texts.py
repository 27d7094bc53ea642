"""text() and its parameters."""
from harness import *  # noqa

case_named("plain", text("select 1"))
case_named("parameter", text("select :x || 'b' as q").bindparams(x="a"))
case_named("escapes", text("select * from t where x = :x and y = '\\:lit' and z::int = 1").bindparams(x=5))
case_named("percent", text("select 'a%b' where x=:x").bindparams(x=1))
case_named("as_criterion", select(id_).where(text("x = :v").bindparams(v=1), y == 2))
case_named("as_order", select(id_).order_by(text("x DESC")))
case_named("as_column", select(text("zz"), id_))
case_named("same_parameter_twice", text("x = :a OR y = :a").bindparams(a=1))
case_named("time_is_no_parameter", text("select '12:30' , :b").bindparams(b=2))
