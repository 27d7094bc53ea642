// A statement that cannot be compiled, as the first one of a transaction.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(session, compile_error, R"python(
with fails():
    session.query(User.id).order_by('nonexistent').all()
session.commit()
)python") {
    differs("aludel compiles a statement before it takes a connection: what cannot be compiled begins no transaction",
            "BEGIN (implicit)\nraises CompileError\nCOMMIT", "raises CompileError");
    fails([&] { session.query(col<&User::id>).order_by("nonexistent").all(); });
    session.commit();
}

}  // namespace differential
