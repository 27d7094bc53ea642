// An object that may have one parent only is refused by a second one.
#include "differential/case.hpp"

namespace differential {

namespace cascade_single_parent_error_models {

struct Card;
struct Account {
    static constexpr auto table_name = "accounts";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("cards.id")> card_id;
    One<Card, cascade("all, delete-orphan"), single_parent> card;
};
struct Card {
    static constexpr auto table_name = "cards";
    Mapped<int, primary_key> id;
};
using Local = Registry<Account, Card>;

}  // namespace cascade_single_parent_error_models

DIFFERENTIAL_CASE(cascade, single_parent_error, R"python(
Local = declarative_base()
class Account(Local):
    __tablename__ = 'accounts'
    id = Column(Integer, primary_key=True)
    card_id = Column(ForeignKey('cards.id'))
    card = relationship('Card', cascade='all, delete-orphan', single_parent=True)
class Card(Local):
    __tablename__ = 'cards'
    id = Column(Integer, primary_key=True)
create(Local.metadata)
c = Card(id=1)
a, b = Account(id=1, card=c), Account(id=2)
with fails():
    b.card = c
show(a.card is c)
show(b.card is None)
)python") {
    using namespace cascade_single_parent_error_models;
    create(Local::metadata());
    auto c = make(Card{.id = 1});
    auto a = make(Account{.id = 1, .card = c}), b = make(Account{.id = 2});
    fails([&] { b->card = c; });
    show(a->card == c);
    show(b->card == nullptr);
}

}  // namespace differential
