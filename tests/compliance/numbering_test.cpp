// Keys that a sequence or an identity column numbers, through a session.
#include "compliance/compliance.hpp"

#include <aludel/sql/schema/inspector.hpp>

#include <set>
#include <type_traits>

namespace aludel::test::compliance {
namespace {

/// Numbered by a sequence where there are any, else as every key is.
struct Invoice {
    static constexpr auto table_name = "invoices";
    Mapped<int, primary_key, Sequence("invoice_numbers", {.start = 500, .increment = 10})> id;
    Mapped<std::string, String(20)> text;
};

/// Numbered by an identity column where there are any, else as every key is.
struct Receipt {
    static constexpr auto table_name = "receipts";
    Mapped<std::int64_t, primary_key, Identity{.start = 700, .increment = 7}> id;
    Mapped<std::string, String(20)> text;
};

/// A sequence that is no key's.
struct Letter {
    static constexpr auto table_name = "letters";
    Mapped<int, primary_key> id;
    Mapped<std::string, String(20)> text;
    Mapped<int, Sequence("letter_numbers", {.start = 40})> number;
};

using Numbered = Registry<Invoice, Receipt, Letter>;

class Numbering : public EmptyDatabaseTest {
  protected:
    /// The keys of three objects that were flushed one after the other, as their handles have them.
    template <class T>
    auto keys_of_three() {
        Session session{engine};
        std::vector<Ptr<T>> objects;
        for (const auto* text : {"a", "b", "c"}) {
            objects.push_back(session.add(T{.text = text}));
            session.flush();
        }
        std::vector<std::remove_cvref_t<decltype(*objects[0]->id)>> keys;
        for (const auto& object : objects) keys.push_back(object->id);
        session.commit();
        return keys;
    }
    /// The rows lie under the keys that the session was told.
    template <class T, class Keys>
    void expect_rows(const Keys& keys) {
        Session reader{engine};
        EXPECT_EQ(reader.query<T>().count(), keys.size());
        const std::string texts = "abc";
        for (std::size_t i = 0; i < keys.size(); ++i) {
            const auto found = reader.get<T>(keys[i]);
            ASSERT_TRUE(found) << keys[i];
            EXPECT_EQ(*found->text, texts.substr(i, 1));
        }
    }
};
ALUDEL_ON_EVERY_DATABASE(Numbering);

TEST_P(Numbering, keys_of_a_sequence_come_back) {
    Numbered::metadata().create_all(engine);
    const auto keys = keys_of_three<Invoice>();
    EXPECT_EQ((std::set<int>(keys.begin(), keys.end()).size()), 3u);
    expect_rows<Invoice>(keys);
}

TEST_P(Numbering, a_sequence_counts_as_it_was_told) {
    ALUDEL_NEEDS(sequences);
    Numbered::metadata().create_all(engine);
    EXPECT_EQ(keys_of_three<Invoice>(), (std::vector<int>{500, 510, 520}));
}

TEST_P(Numbering, keys_of_an_identity_column_come_back) {
    Numbered::metadata().create_all(engine);
    const auto keys = keys_of_three<Receipt>();
    EXPECT_EQ((std::set<std::int64_t>(keys.begin(), keys.end()).size()), 3u);
    expect_rows<Receipt>(keys);
}

TEST_P(Numbering, an_identity_column_counts_as_it_was_told) {
    ALUDEL_NEEDS(identity_columns);
    Numbered::metadata().create_all(engine);
    EXPECT_EQ(keys_of_three<Receipt>(), (std::vector<std::int64_t>{700, 707, 714}));
}

TEST_P(Numbering, keys_that_are_given_are_taken) {
    Numbered::metadata().create_all(engine);
    Session session{engine};
    session.add(Invoice{.id = 7, .text = "a"});
    session.add(Receipt{.id = 8, .text = "b"});
    session.commit();
    EXPECT_EQ(*session.get<Invoice>(7)->text, "a");
    EXPECT_EQ(*session.get<Receipt>(8)->text, "b");
}

TEST_P(Numbering, many_objects_of_one_flush_have_keys_of_their_own) {
    Numbered::metadata().create_all(engine);
    Session session{engine};
    std::vector<Ptr<Invoice>> invoices;
    for (int i = 0; i < 20; ++i) invoices.push_back(session.add(Invoice{.text = std::to_string(i)}));
    session.commit();
    for (const auto& invoice : invoices) {
        const auto stored =
            committed<std::string>("SELECT text FROM invoices WHERE id = " + std::to_string(invoice->id));
        EXPECT_EQ(stored, *invoice->text);
    }
}

TEST_P(Numbering, a_column_that_is_no_key_takes_the_next_number) {
    ALUDEL_NEEDS(sequences);
    Numbered::metadata().create_all(engine);
    Session session{engine};
    auto first = session.add(Letter{.text = "a"});
    session.flush();
    auto second = session.add(Letter{.text = "b"});
    session.commit();
    EXPECT_EQ(first->number, 40);
    EXPECT_EQ(second->number, 41);
}

TEST_P(Numbering, the_next_number_is_an_expression) {
    ALUDEL_NEEDS(sequences);
    Numbered::metadata().create_all(engine);
    engine.begin([](Connection& connection) {
        constexpr Sequence numbers{"letter_numbers"};
        EXPECT_EQ(connection.execute(select(numbers.next_value())).scalar(), 40);
        EXPECT_EQ(connection.execute(select(numbers.next_value())).scalar(), 41);
    });
}

TEST_P(Numbering, sequences_go_with_their_tables) {
    ALUDEL_NEEDS(sequences);
    Numbered::metadata().create_all(engine);
    EXPECT_TRUE(inspect(engine).has_sequence("invoice_numbers"));
    Numbered::metadata().drop_all(engine);
    EXPECT_FALSE(inspect(engine).has_sequence("invoice_numbers"));
    EXPECT_FALSE(inspect(engine).has_table("invoices"));
}

}  // namespace
}  // namespace aludel::test::compliance
