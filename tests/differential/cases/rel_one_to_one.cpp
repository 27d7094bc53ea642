// One-to-one: replacing the object loads the old one and takes its foreign key away.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(rel, one_to_one, R"python(
create(Library.metadata)
b = Book(title='x', detail=Detail(pages=1))
session.add(b)
session.commit()
b.detail = Detail(pages=2)
session.commit()
show(b.detail.pages)
d = session.query(Detail).filter(Detail.pages == 1).one()
show(d.book_id)
show(d.book is None)
b.detail = None
session.commit()
show(session.query(Detail.book_id).order_by(Detail.id).all())
)python") {
    create(Library::metadata());
    auto b = make(Book{.title = "x", .detail = make(Detail{.pages = 1})});
    session.add(b);
    session.commit();
    b->detail = Detail{.pages = 2};
    session.commit();
    show(b->detail->pages);
    auto d = session.query<Detail>().filter(col<&Detail::pages> == 1).one();
    show(d->book_id);
    show(d->book == nullptr);
    b->detail = nullptr;
    session.commit();
    std::vector<std::tuple<std::optional<int>>> keys;
    for (auto& key : session.query(col<&Detail::book_id>).order_by(col<&Detail::id>)) keys.emplace_back(key);
    show(keys);
}

}  // namespace differential
