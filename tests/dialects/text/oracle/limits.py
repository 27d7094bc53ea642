"""LIMIT and OFFSET."""
from harness import *  # noqa

case_named("limit_only", select(id_).limit(5))
case_named("offset_only", select(id_).offset(5))
case_named("both", select(id_).limit(5).offset(2))
case_named("after_order", select(id_).where(x == 1).order_by(y).limit(5))
case_named("zero", select(id_).limit(0).offset(0))
case_named("before_lock", select(id_).limit(5).with_for_update())
