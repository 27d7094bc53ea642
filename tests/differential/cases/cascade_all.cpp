// all, delete-orphan: a tree of objects is deleted from its leaves.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(cascade, all, R"python(
create(Library.metadata)
b = Book(title='x', chapters=[Chapter(title='1'), Chapter(title='2')], detail=Detail(pages=3),
         tags=[Tag(word='red')], reviews=[Review(stars=1)], author=Author(name='a'))
session.add(b)
session.commit()
session.delete(b)
session.commit()
show([session.query(kind).count() for kind in (Book, Chapter, Detail, Tag, Review, Author)])
)python") {
    create(Library::metadata());
    auto b = make(Book{.title = "x",
                       .author = make(Author{.name = "a"}),
                       .detail = make(Detail{.pages = 3}),
                       .chapters = {Chapter{.title = "1"}, Chapter{.title = "2"}},
                       .tags = {Tag{.word = "red"}},
                       .reviews = {Review{.stars = 1}}});
    session.add(b);
    session.commit();
    session.delete_(b);
    session.commit();
    const std::int64_t books = session.query<Book>().count(), chapters = session.query<Chapter>().count();
    const std::int64_t details = session.query<Detail>().count(), tags = session.query<Tag>().count();
    const std::int64_t reviews = session.query<Review>().count(), authors = session.query<Author>().count();
    show(std::vector{books, chapters, details, tags, reviews, authors});
}

}  // namespace differential
