// A collection with keys: a second object with a key replaces the first.
#include "differential/case.hpp"

namespace differential {

namespace rel_keyed_models {

struct Note;
struct Board {
    static constexpr auto table_name = "boards";
    Mapped<int, primary_key> id;
    Keyed<Note, attribute_keyed("title"), cascade("all, delete-orphan"), back_populates("board")> notes;
};
struct Note {
    static constexpr auto table_name = "notes";
    Mapped<int, primary_key> id;
    Mapped<std::optional<std::string>> title;
    Mapped<std::optional<std::string>> text;
    Mapped<std::optional<int>, ForeignKey("boards.id")> board_id;
    One<Board, back_populates("notes")> board;
};
using Local = Registry<Board, Note>;

}  // namespace rel_keyed_models

DIFFERENTIAL_CASE(rel, keyed, R"python(
from sqlalchemy.orm.collections import attribute_mapped_collection
Local = declarative_base()
class Board(Local):
    __tablename__ = 'boards'
    id = Column(Integer, primary_key=True)
    notes = relationship('Note', collection_class=attribute_mapped_collection('title'), cascade='all, delete-orphan',
                         back_populates='board')
class Note(Local):
    __tablename__ = 'notes'
    id = Column(Integer, primary_key=True)
    title = Column(String)
    text = Column(String)
    board_id = Column(ForeignKey('boards.id'))
    board = relationship('Board', back_populates='notes')
create(Local.metadata)
def add(board, note):
    board.notes[note.title] = note
b = Board(id=1)
add(b, Note(title='todo', text='wash'))
add(b, Note(title='done', text='eat'))
session.add(b)
session.commit()
show(b.notes['todo'].text)
show('nope' in b.notes)
show(len(b.notes))
add(b, Note(title='todo', text='sleep'))
session.commit()
show(b.notes['todo'].text)
show(session.query(Note).count())
del b.notes['done']
session.commit()
show(len(b.notes))
show(session.query(Note).count())
)python") {
    using namespace rel_keyed_models;
    create(Local::metadata());
    auto b = make(Board{.id = 1});
    b->notes.add(Note{.title = "todo", .text = "wash"});
    b->notes.add(Note{.title = "done", .text = "eat"});
    session.add(b);
    session.commit();
    show(b->notes["todo"]->text);
    show(b->notes.contains_key("nope"));
    show(static_cast<int>(b->notes.size()));
    b->notes.add(Note{.title = "todo", .text = "sleep"});
    session.commit();
    show(b->notes["todo"]->text);
    show(session.query<Note>().count());
    b->notes.erase("done");
    session.commit();
    show(static_cast<int>(b->notes.size()));
    show(session.query<Note>().count());
}

}  // namespace differential
