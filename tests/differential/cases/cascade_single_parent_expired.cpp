// What is known of an object's parent ends with its expiry: whether or not it was read since, another may have it.
#include "differential/case.hpp"

namespace differential {

namespace cascade_single_parent_expired_models {

struct Card;
struct Account {
    static constexpr auto table_name = "accounts";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>> x;
    Mapped<std::optional<int>, ForeignKey("cards.id")> card_id;
    One<Card, cascade("all, delete-orphan"), single_parent> card;
};
struct Card {
    static constexpr auto table_name = "cards";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>> x;
};
using Local = Registry<Account, Card>;

}  // namespace cascade_single_parent_expired_models

DIFFERENTIAL_CASE(cascade, single_parent_expired, R"python(
Local = declarative_base()
class Account(Local):
    __tablename__ = 'accounts'
    id = Column(Integer, primary_key=True)
    x = Column(Integer)
    card_id = Column(ForeignKey('cards.id'))
    card = relationship('Card', cascade='all, delete-orphan', single_parent=True)
class Card(Local):
    __tablename__ = 'cards'
    id = Column(Integer, primary_key=True)
    x = Column(Integer)
create(Local.metadata)
c, d, e, f, g = Card(id=1, x=1), Card(id=2), Card(id=3), Card(id=4), Card(id=5)
accounts = [Account(id=i, card=card) for i, card in enumerate((c, d, e, f, g, None), 1)]
session.add_all(accounts)
session.flush()
last = accounts[5]
with fails():
    last.card = c
session.commit()
last.card = c
session.flush()
session.commit()
show(d.x)
accounts[4].card = d
session.flush()
session.commit()
show(accounts[2].card is e)
with fails():
    accounts[3].card = e
session.rollback()
session.refresh(accounts[3])
show(accounts[3].card is f)
with fails():
    last.card = f
session.rollback()
session.expire(accounts[3])
with fails():
    last.card = f
)python") {
    using namespace cascade_single_parent_expired_models;
    create(Local::metadata());
    auto c = make(Card{.id = 1, .x = 1}), d = make(Card{.id = 2}), e = make(Card{.id = 3}), f = make(Card{.id = 4}),
         g = make(Card{.id = 5});
    std::vector accounts{make(Account{.id = 1, .card = c}), make(Account{.id = 2, .card = d}),
                         make(Account{.id = 3, .card = e}), make(Account{.id = 4, .card = f}),
                         make(Account{.id = 5, .card = g}), make(Account{.id = 6})};
    for (const auto& each : accounts) session.add(each);
    session.flush();
    const auto& last = accounts[5];
    fails([&] { last->card = c; });
    session.commit();
    last->card = c;
    session.flush();
    session.commit();
    show(d->x);
    accounts[4]->card = d;
    session.flush();
    session.commit();
    show(accounts[2]->card == e);
    fails([&] { accounts[3]->card = e; });
    session.rollback();
    session.refresh(accounts[3]);
    show(accounts[3]->card == f);
    fails([&] { last->card = f; });
    session.rollback();
    session.expire(accounts[3]);
    fails([&] { last->card = f; });
}

}  // namespace differential
