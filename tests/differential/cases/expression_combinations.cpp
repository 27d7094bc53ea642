// Operators over operators: functions, CASE, CAST, IN, LIKE, labels and arithmetic in each other.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(expression, combinations, R"python(
session.query(User.id).filter(func.lower(User.name + 'x').like('%' + User.fullname)).all()
session.query(func.coalesce(User.age, 0) + 1, 0 - func.abs(User.age)).all()
session.query(User.id).filter((User.age * 2 + 1).in_([User.id, 3])).all()
session.query(User.id).filter(func.length(User.name).between(1, func.length(User.fullname))).all()
session.query(case((User.age.in_([1, 2]), func.upper(User.name)), else_=cast(User.age, String))).all()
session.query(User.id).filter(~(User.age.in_([1]) & (User.name == 'x'))).all()
session.query(User.id).filter(or_(~User.name.in_(['a']), User.name.between('a', 'b'), User.name.is_(None))).all()
session.query(func.max(case((User.active, User.age), else_=0)).label('m')).order_by('m').all()
session.query(User.id).filter(User.name + User.fullname == 'ab', (User.age - 1) * 2 >= User.id / 2).all()
session.query(cast(User.age + 1, String) + 'x').all()
session.query((User.age > 1).label('grown'), User.name == 'x').all()
session.query(User.name, func.sum(User.age) * 2).group_by(User.name).having(func.sum(User.age) * 2 > 4).order_by(func.sum(User.age).desc()).all()
)python") {
    const auto id = col<&User::id>;
    const auto age = col<&User::age>;
    const auto name = col<&User::name>;
    const auto full = col<&User::fullname>;
    session.query(id).filter(func::lower(name + "x").like("%" + full)).all();
    session.query(func::coalesce(age, 0) + 1, 0 - func::abs(age)).all();
    session.query(id).filter((age * 2 + 1).in_(std::vector<ColumnExpr<int>>{id, literal(3)})).all();
    session.query(id).filter(func::length(name).between(1, func::length(full))).all();
    session.query(case_(when(age.in_({1, 2}), func::upper(name)), else_(cast<std::string>(age, String)))).all();
    session.query(id).filter(!(age.in_({1}) && name == "x")).all();
    session.query(id).filter(or_(!name.in_({"a"}), name.between("a", "b"), name.is_(std::nullopt))).all();
    session.query(func::max(case_(when(col<&User::active>, age), else_(0))).label("m")).order_by("m").all();
    session.query(id).filter(name + full == "ab", (age - 1) * 2 >= id / 2).all();
    session.query(cast<std::string>(age + 1, String) + "x").all();
    session.query((age > 1).label("grown"), name == "x").all();
    session.query(name, func::sum(age) * 2)
        .group_by(name)
        .having(func::sum(age) * 2 > 4)
        .order_by(func::sum(age).desc())
        .all();
}

}  // namespace differential
