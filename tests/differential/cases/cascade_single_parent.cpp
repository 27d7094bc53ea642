// delete-orphan on the many-to-one side.
#include "differential/case.hpp"

namespace differential {

namespace cascade_single_parent_models {

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

}  // namespace cascade_single_parent_models

DIFFERENTIAL_CASE(cascade, single_parent, R"python(
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
a = Account(id=1, card=Card(id=1))
session.add(a)
session.commit()
a.card = Card(id=2)
session.commit()
show(session.query(Card).count())
show(a.card_id)
session.delete(a)
session.commit()
show(session.query(Card).count())
)python") {
    using namespace cascade_single_parent_models;
    create(Local::metadata());
    auto a = make(Account{.id = 1, .card = make(Card{.id = 1})});
    session.add(a);
    session.commit();
    a->card = Card{.id = 2};
    session.commit();
    show(session.query<Card>().count());
    show(a->card_id);
    session.delete_(a);
    session.commit();
    show(session.query<Card>().count());
}

}  // namespace differential
