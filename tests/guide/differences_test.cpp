// Samples of docs/guide/differences.md.
#include "guide.hpp"

#include <aludel/aludel.hpp>

#include <gmock/gmock.h>

#include <iostream>

using namespace aludel;
using namespace aludel::literals;

// Named, for the classes of other chapters have the same names.
namespace guide_differences {

// begin: one-side
struct Book;

struct Author {
    static constexpr auto table_name = "authors";
    Mapped<int, primary_key> id;
    Mapped<std::string> name;
    Many<Book, back_populates("author"), order_by("title")> books;
};

struct Book {
    static constexpr auto table_name = "books";
    Mapped<int, primary_key> id;
    Mapped<std::string, String(80)> title;
    Mapped<int, ForeignKey("authors.id")> author_id;
    One<Author> author;  // found by the other side's back_populates
};
// end
using Library = Registry<Author, Book>;

class GuideDifferences : public testing::Test {
  protected:
    GuideDifferences() { Library::metadata().create_all(engine); }

    Guide guide{"differences"};
    Guide::EngineMaker create_engine = guide.engine_maker();
    Engine engine = create_engine("sqlite://");
};

TEST_F(GuideDifferences, samples_do_what_the_chapter_says) {
    Session session{engine};
    guide.begin("handles");
    Ptr<Author> author = make(Author{.name = "Cao Xueqin"});
    Book draft{.title = "Dream of the Red Chamber"};  // a plain value: nobody manages it
    author->books.append(draft);                      // a managed copy
    Ptr<Author> same = author;                        // the same object
    same->name = "曹雪芹";
    std::cout << *author->name << ", " << *author->books[0]->title << '\n';
    session.add(author);
    session.commit();
    guide.end();
    EXPECT_EQ(guide.output(), "曹雪芹, Dream of the Red Chamber\n");

    guide.begin("null");
    auto nobody = session.query<Author>().filter_by("name"_a = "nobody").one_or_none();
    if (!nobody) std::cout << "nobody\n";
    try {
        std::cout << *nobody->name << '\n';
    } catch (const InvalidRequestError&) {
        std::cout << "an error, not undefined behaviour\n";
    }
    guide.end();
    EXPECT_EQ(guide.output(), "nobody\nan error, not undefined behaviour\n");

    guide.begin("cycle");
    Ptr<Book> kept;
    {
        Session other{engine};
        kept = other.query<Book>().options(joinedload(rel<&Book::author>)).one();
    }
    std::cout << *kept->author->name << '\n';  // the handle keeps the book, and the author with it
    guide.end();
    EXPECT_EQ(guide.output(), "曹雪芹\n");
}

}  // namespace guide_differences
