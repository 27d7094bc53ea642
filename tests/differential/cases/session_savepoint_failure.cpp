// A failed flush inside a savepoint leaves the outer transaction usable.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(session, savepoint_failure, R"python(
kept = Country(code='de')
session.add(kept)
session.flush()
from sqlalchemy.exc import IntegrityError
for code in ('de', 'fr'):
    try:
        with session.begin_nested():
            session.add(Country(code=code))
            session.flush()
    except IntegrityError:
        show('failed')
session.commit()
show(session.query(Country.code).order_by(Country.code).all())
)python") {
    session.add(Country{.code = "de"});
    session.flush();
    for (const char* code : {"de", "fr"}) {
        try {
            session.begin_nested([&] {
                session.add(Country{.code = code});
                session.flush();
            });
        } catch (const IntegrityError&) {
            show("failed");
        }
    }
    session.commit();
    std::vector<std::tuple<std::string>> codes;
    for (auto& code : session.query(col<&Country::code>).order_by(col<&Country::code>)) codes.emplace_back(code);
    show(codes);
}

}  // namespace differential
