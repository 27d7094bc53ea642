// Collections in memory: what is in them after any change, and what a flush makes of it.
#include <aludel/aludel.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace aludel::test {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;
using namespace aludel::literals;

struct Note;
struct Label;

struct Folder {
    static constexpr auto table_name = "folders";

    Mapped<int, primary_key> id;
    Mapped<std::string> name;

    Many<Note, back_populates("folder"), order_by("id")> notes;
    Set<Label, secondary("folder_labels")> labels;
};

struct Note {
    static constexpr auto table_name = "notes";

    Mapped<int, primary_key> id;
    Mapped<std::string> title;
    Mapped<std::optional<int>, ForeignKey("folders.id")> folder_id;

    One<Folder> folder;
};

struct Label {
    static constexpr auto table_name = "labels";

    Mapped<int, primary_key> id;
    Mapped<std::string> text;
};

struct Shelf;
struct Book {
    static constexpr auto table_name = "books";

    Mapped<int, primary_key> id;
    Mapped<std::string> title;
    Mapped<std::optional<int>, ForeignKey("shelves.id")> shelf_id;

    One<Shelf, back_populates("books")> shelf;
};
struct Shelf {
    static constexpr auto table_name = "shelves";

    Mapped<int, primary_key> id;

    Keyed<Book, attribute_keyed("title")> books;
};

using Base = Registry<Folder, Note, Label, Shelf, Book>;
const Table folder_labels{"folder_labels", Base::metadata(), Column{"folder_id", ForeignKey("folders.id"), primary_key},
                          Column{"label_id", ForeignKey("labels.id"), primary_key}};

class CollectionTest : public ::testing::Test {
  protected:
    CollectionTest() : engine(create_engine("sqlite://")), session(engine) { Base::metadata().create_all(engine); }

    std::vector<Ptr<Label>> given_labels(int count, const std::string& prefix) {
        std::vector<Ptr<Label>> labels;
        for (int i = 0; i < count; ++i) labels.push_back(session.add(Label{.text = prefix + std::to_string(i)}));
        return labels;
    }
    std::int64_t count(const char* table) {
        return session.scalar(text(std::string("SELECT count(*) FROM ") + table).columns<std::int64_t>()).value();
    }

    Engine engine;
    Session session;
};

std::vector<std::string> titles(const Many<Note, back_populates("folder"), order_by("id")>& notes) {
    std::vector<std::string> found;
    for (const auto& note : notes) found.push_back(note->title);
    return found;
}

// Few before and few after, but together more than a short list: the counts must not come from the old list.
TEST_F(CollectionTest, replacing_many_by_many_others_writes_both) {
    const auto first = given_labels(12, "a");
    const auto second = given_labels(12, "b");
    auto folder = session.add(Folder{.name = "f", .labels = first});
    session.commit();
    folder->labels = second;
    for (const auto& label : second) EXPECT_TRUE(folder->labels.contains(label));
    for (const auto& label : first) EXPECT_FALSE(folder->labels.contains(label));
    session.commit();
    EXPECT_EQ(folder->labels.size(), 12U);
    EXPECT_EQ(count("folder_labels"), 12);
    folder->labels.remove(second[3]);
    session.commit();
    EXPECT_EQ(folder->labels.size(), 11U);
}

TEST_F(CollectionTest, any_sequence_of_replacements_leaves_what_was_last_assigned) {
    const auto labels = given_labels(40, "l");
    auto folder = session.add(Folder{.name = "f"});
    session.commit();
    for (const auto& [begin, end] : {std::pair{0, 10}, {5, 25}, {30, 40}, {0, 40}, {39, 40}, {0, 0}, {3, 9}}) {
        const std::vector<Ptr<Label>> wanted(labels.begin() + begin, labels.begin() + end);
        folder->labels = wanted;
        if (begin % 2 == 0) session.flush();
        folder->labels = wanted;
        session.commit();
        EXPECT_EQ(folder->labels.size(), wanted.size());
        EXPECT_EQ(count("folder_labels"), static_cast<std::int64_t>(wanted.size()));
    }
}

TEST_F(CollectionTest, long_list_with_repetitions_is_written_once) {
    auto folder = session.add(Folder{.name = "f"});
    std::vector<Ptr<Note>> notes;
    for (int i = 0; i < 20; ++i) notes.push_back(make(Note{.title = std::to_string(i)}));
    for (const auto& note : notes) folder->notes.append(note);
    for (const auto& note : notes) folder->notes.append(note);
    EXPECT_EQ(folder->notes.size(), 40U);
    folder->notes.remove(notes[0]);
    EXPECT_EQ(notes[0]->folder, folder) << "it is in the list once more";
    folder->notes.remove(notes[0]);
    EXPECT_EQ(notes[0]->folder, nullptr);
    session.commit();
    EXPECT_EQ(folder->notes.size(), 19U);
}

TEST_F(CollectionTest, list_operations) {
    auto folder = session.add(Folder{.name = "f", .notes = {Note{.title = "a"}, Note{.title = "b"}}});
    folder->notes.insert(1, Note{.title = "between"});
    EXPECT_THAT(titles(folder->notes), ElementsAre("a", "between", "b"));
    EXPECT_EQ(folder->notes.pop()->title, "b");
    folder->notes.erase(0);
    EXPECT_THAT(titles(folder->notes), ElementsAre("between"));
    folder->notes.extend(std::vector<Note>{Note{.title = "x"}, Note{.title = "y"}});
    EXPECT_EQ(folder->notes.front()->title, "between");
    EXPECT_EQ(folder->notes.back()->title, "y");
    EXPECT_EQ(folder->notes.all().size(), 3U);
    EXPECT_THROW(folder->notes.erase(3), InvalidRequestError);
    EXPECT_THROW(folder->notes.remove(make(Note{.title = "z"})), InvalidRequestError);
    EXPECT_THROW(folder->notes.append(Ptr<Note>()), InvalidRequestError);
    folder->notes.clear();
    EXPECT_TRUE(folder->notes.empty());
    EXPECT_THROW(static_cast<void>(folder->notes.back()), InvalidRequestError);
}

TEST_F(CollectionTest, set_has_each_object_once) {
    const auto labels = given_labels(2, "l");
    auto folder = session.add(Folder{.name = "f"});
    folder->labels.add(labels[0]);
    folder->labels.add(labels[0]);
    folder->labels.add(labels[1]);
    EXPECT_EQ(folder->labels.size(), 2U);
    EXPECT_TRUE(folder->labels.discard(labels[0]));
    EXPECT_FALSE(folder->labels.discard(labels[0]));
    EXPECT_THROW(folder->labels.remove(labels[0]), InvalidRequestError);
    session.commit();
    EXPECT_EQ(count("folder_labels"), 1);
}

TEST_F(CollectionTest, keyed_collection_finds_and_replaces_by_key) {
    auto shelf = session.add(Shelf{.books = {Book{.title = "a"}, Book{.title = "b"}}});
    session.commit();
    EXPECT_EQ(shelf->books["a"]->title, "a");
    EXPECT_EQ(shelf->books["nothing"], nullptr);
    const auto old = shelf->books["a"];
    shelf->books.add(Book{.title = "a"});
    EXPECT_EQ(shelf->books.size(), 2U);
    EXPECT_NE(shelf->books["a"], old);
    EXPECT_EQ(old->shelf, nullptr);
    EXPECT_TRUE(shelf->books.erase("b"));
    EXPECT_FALSE(shelf->books.contains_key("b"));
    session.commit();
    EXPECT_EQ(shelf->books.size(), 1U);
}

TEST_F(CollectionTest, keyed_collection_that_is_not_loaded_follows_the_other_side) {
    auto shelf = session.add(Shelf{.books = {Book{.title = "a"}, Book{.title = "b"}}});
    session.commit();
    auto book = session.query<Book>().filter_by("title"_a = "a").one();
    {
        const auto guard = session.no_autoflush();
        book->shelf = nullptr;
        auto another = session.add(Book{.title = "b"});
        another->shelf = shelf;
        EXPECT_EQ(shelf->books.size(), 1U);
        EXPECT_FALSE(shelf->books.contains_key("a"));
        EXPECT_EQ(shelf->books["b"], another) << "the later one of two with one key counts";
    }
    session.commit();
    EXPECT_EQ(shelf->books.size(), 1U);
}

// ---- as values

TEST_F(CollectionTest, copies_refer_to_the_same_objects) {
    auto folder = session.add(Folder{.name = "f", .notes = {Note{.title = "a"}, Note{.title = "b"}}});
    session.commit();
    const auto list = folder->notes;
    ASSERT_EQ(list.size(), 2U);
    EXPECT_EQ(list[0], folder->notes[0]);
    const auto reference = folder->notes[0]->folder;
    EXPECT_EQ(reference, folder);
    EXPECT_THAT(titles(folder->notes), ElementsAre("a", "b")) << "the copy takes nothing away";
}

TEST_F(CollectionTest, references_and_collections_can_be_swapped) {
    auto f = session.add(Folder{.name = "f", .notes = {Note{.title = "a"}}});
    auto g = session.add(Folder{.name = "g", .notes = {Note{.title = "b"}, Note{.title = "c"}}});
    std::swap(f->notes, g->notes);
    EXPECT_THAT(titles(f->notes), ElementsAre("b", "c"));
    EXPECT_THAT(titles(g->notes), ElementsAre("a"));
    const auto a = g->notes[0];
    const auto b = f->notes[0];
    std::swap(a->folder, b->folder);
    EXPECT_EQ(a->folder, f);
    EXPECT_EQ(b->folder, g);
    session.commit();
    EXPECT_THAT(titles(f->notes), UnorderedElementsAre("a", "c"));
}

TEST_F(CollectionTest, detached_object_may_be_copied_without_what_it_never_loaded) {
    auto folder = session.add(Folder{.name = "f"});
    session.commit();
    EXPECT_EQ(folder->name, "f");
    session.close();
    const Folder copy = *folder;
    EXPECT_EQ(copy.name, "f");
    EXPECT_TRUE(copy.notes.empty());
}

}  // namespace
}  // namespace aludel::test
