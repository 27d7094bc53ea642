#pragma once

#include "differential/case.hpp"

#include <optional>
#include <string>
#include <vector>

// The related classes that the cases share; library.py has the same. A case begins with `create(Library::metadata())`.
namespace differential {

struct Book;
struct Detail;
struct Chapter;
struct Tag;
struct Review;
struct Line;
struct Ticket;

struct Author {
    static constexpr auto table_name = "authors";

    Mapped<int, primary_key> id;
    Mapped<std::optional<std::string>> name;
    Many<Book, back_populates("author"), order_by("id")> books;
};

struct Book {
    static constexpr auto table_name = "books";

    Mapped<int, primary_key> id;
    Mapped<std::optional<std::string>> title;
    Mapped<std::optional<int>, ForeignKey("authors.id")> author_id;
    One<Author, back_populates("books")> author;
    One<Detail, back_populates("book")> detail;
    Many<Chapter, back_populates("book"), order_by("id"), cascade("all, delete-orphan")> chapters;
    Many<Tag, secondary("book_tags"), back_populates("books"), order_by("id")> tags;
    Dynamic<Review, back_populates("book")> reviews;
};

struct Detail {
    static constexpr auto table_name = "details";

    Mapped<int, primary_key> id;
    Mapped<std::optional<int>> pages;
    Mapped<std::optional<int>, ForeignKey("books.id")> book_id;
    One<Book, back_populates("detail")> book;
};

struct Chapter {
    static constexpr auto table_name = "chapters";

    Mapped<int, primary_key> id;
    Mapped<std::optional<std::string>> title;
    Mapped<std::optional<int>, ForeignKey("books.id")> book_id;
    One<Book, back_populates("chapters")> book;
};

struct Tag {
    static constexpr auto table_name = "tags";

    Mapped<int, primary_key> id;
    Mapped<std::optional<std::string>> word;
    Many<Book, secondary("book_tags"), back_populates("tags"), order_by("id")> books;
};

struct Review {
    static constexpr auto table_name = "reviews";

    Mapped<int, primary_key> id;
    Mapped<std::optional<int>> stars;
    Mapped<std::optional<int>, ForeignKey("books.id")> book_id;
    One<Book, back_populates("reviews")> book;
};

struct Node {
    static constexpr auto table_name = "nodes";

    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("nodes.id")> parent_id;
    Mapped<std::optional<std::string>> name;
    Many<Node, back_populates("parent"), order_by("id")> children;
    One<Node, back_populates("children"), remote_side("id")> parent;
};

struct Person {
    static constexpr auto table_name = "people";

    Mapped<int, primary_key> id;
    Mapped<std::optional<std::string>> name;
    Many<Person, secondary("acquaintances"), primaryjoin("people.id == acquaintances.person_id"),
         secondaryjoin("people.id == acquaintances.other_id"), back_populates("known_by"), order_by("id")>
        knows;
    Many<Person, secondary("acquaintances"), back_populates("knows"), order_by("id")> known_by;
};

struct Purchase {
    static constexpr auto table_name = "purchases";

    Mapped<int, primary_key> id;
    Mapped<std::optional<std::string>> customer;
    Many<Line, back_populates("purchase"), order_by("product_id"), cascade("all, delete-orphan")> lines;
};

struct Product {
    static constexpr auto table_name = "products";

    Mapped<int, primary_key> id;
    Mapped<std::optional<std::string>> name;
    Many<Line, back_populates("product")> lines;
};

struct Line {
    static constexpr auto table_name = "lines";

    Mapped<int, primary_key, ForeignKey("purchases.id")> purchase_id;
    Mapped<int, primary_key, ForeignKey("products.id")> product_id;
    Mapped<std::optional<int>> amount;
    One<Purchase, back_populates("lines")> purchase;
    One<Product, back_populates("lines")> product;
};

struct Seat {
    static constexpr auto table_name = "seats";

    Mapped<std::string, String(4), primary_key> row;
    Mapped<int, primary_key> place;
    Many<Ticket, back_populates("seat"), order_by("id")> tickets;
};

struct Ticket {
    static constexpr auto table_name = "tickets";
    static auto table_args() {
        return TableArgs{ForeignKeyConstraint({"seat_row", "seat_place"}, {"seats.row", "seats.place"})};
    }

    Mapped<int, primary_key> id;
    Mapped<std::optional<std::string>, String(4)> seat_row;
    Mapped<std::optional<int>> seat_place;
    One<Seat, back_populates("tickets")> seat;
};

using Library =
    Registry<Author, Book, Detail, Chapter, Tag, Review, Node, Person, Purchase, Product, Line, Seat, Ticket>;

inline const Table book_tags{"book_tags", Library::metadata(), Column{"book_id", ForeignKey("books.id"), primary_key},
                             Column{"tag_id", ForeignKey("tags.id"), primary_key}};
inline const Table acquaintances{"acquaintances", Library::metadata(),
                                 Column{"person_id", ForeignKey("people.id"), primary_key},
                                 Column{"other_id", ForeignKey("people.id"), primary_key}};

/// One attribute of each object: `show(each<&Book::title>(author->books))`.
template <auto Member, class Objects>
auto each(const Objects& objects) {
    using Value = typename aludel::detail::member_type<Member>::value_type;
    std::vector<Value> values;
    for (const auto& object : objects) values.push_back(*((*object).*Member));
    return values;
}
/// How many objects there are.
template <class Objects>
int count_of(const Objects& objects) {
    int count = 0;
    for ([[maybe_unused]] const auto& object : objects) ++count;
    return count;
}

}  // namespace differential
