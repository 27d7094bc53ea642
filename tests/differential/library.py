"""The related classes that the cases share; library.hpp has the same. A case begins with create(Library.metadata)."""

from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Integer, String, Table
from sqlalchemy.orm import declarative_base, relationship

Library = declarative_base()

book_tags = Table(
    "book_tags",
    Library.metadata,
    Column("book_id", ForeignKey("books.id"), primary_key=True),
    Column("tag_id", ForeignKey("tags.id"), primary_key=True),
)
acquaintances = Table(
    "acquaintances",
    Library.metadata,
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("other_id", ForeignKey("people.id"), primary_key=True),
)


class Author(Library):
    __tablename__ = "authors"

    id = Column(Integer, primary_key=True)
    name = Column(String)
    books = relationship("Book", back_populates="author", order_by="Book.id")


class Book(Library):
    __tablename__ = "books"

    id = Column(Integer, primary_key=True)
    title = Column(String)
    author_id = Column(ForeignKey("authors.id"))
    author = relationship("Author", back_populates="books")
    detail = relationship("Detail", back_populates="book", uselist=False)
    chapters = relationship("Chapter", back_populates="book", order_by="Chapter.id", cascade="all, delete-orphan")
    tags = relationship("Tag", secondary="book_tags", back_populates="books", order_by="Tag.id")
    reviews = relationship("Review", back_populates="book", lazy="dynamic")


class Detail(Library):
    __tablename__ = "details"

    id = Column(Integer, primary_key=True)
    pages = Column(Integer)
    book_id = Column(ForeignKey("books.id"))
    book = relationship("Book", back_populates="detail")


class Chapter(Library):
    __tablename__ = "chapters"

    id = Column(Integer, primary_key=True)
    title = Column(String)
    book_id = Column(ForeignKey("books.id"))
    book = relationship("Book", back_populates="chapters")


class Tag(Library):
    __tablename__ = "tags"

    id = Column(Integer, primary_key=True)
    word = Column(String)
    books = relationship("Book", secondary="book_tags", back_populates="tags", order_by="Book.id")


class Review(Library):
    __tablename__ = "reviews"

    id = Column(Integer, primary_key=True)
    stars = Column(Integer)
    book_id = Column(ForeignKey("books.id"))
    book = relationship("Book", back_populates="reviews")


class Node(Library):
    __tablename__ = "nodes"

    id = Column(Integer, primary_key=True)
    parent_id = Column(ForeignKey("nodes.id"))
    name = Column(String)
    children = relationship("Node", back_populates="parent", order_by="Node.id")
    parent = relationship("Node", back_populates="children", remote_side=[id])


class Person(Library):
    __tablename__ = "people"

    id = Column(Integer, primary_key=True)
    name = Column(String)
    knows = relationship(
        "Person",
        secondary="acquaintances",
        primaryjoin="Person.id == acquaintances.c.person_id",
        secondaryjoin="Person.id == acquaintances.c.other_id",
        back_populates="known_by",
        order_by="Person.id",
    )
    known_by = relationship(
        "Person",
        secondary="acquaintances",
        primaryjoin="Person.id == acquaintances.c.other_id",
        secondaryjoin="Person.id == acquaintances.c.person_id",
        back_populates="knows",
        order_by="Person.id",
    )


class Purchase(Library):
    __tablename__ = "purchases"

    id = Column(Integer, primary_key=True)
    customer = Column(String)
    lines = relationship("Line", back_populates="purchase", order_by="Line.product_id", cascade="all, delete-orphan")


class Product(Library):
    __tablename__ = "products"

    id = Column(Integer, primary_key=True)
    name = Column(String)
    lines = relationship("Line", back_populates="product")


class Line(Library):
    __tablename__ = "lines"

    purchase_id = Column(ForeignKey("purchases.id"), primary_key=True)
    product_id = Column(ForeignKey("products.id"), primary_key=True)
    amount = Column(Integer)
    purchase = relationship("Purchase", back_populates="lines")
    product = relationship("Product", back_populates="lines")


class Seat(Library):
    __tablename__ = "seats"

    row = Column(String(4), primary_key=True)
    place = Column(Integer, primary_key=True)
    tickets = relationship("Ticket", back_populates="seat", order_by="Ticket.id")


class Ticket(Library):
    __tablename__ = "tickets"
    __table_args__ = (ForeignKeyConstraint(["seat_row", "seat_place"], ["seats.row", "seats.place"]),)

    id = Column(Integer, primary_key=True)
    seat_row = Column(String(4))
    seat_place = Column(Integer)
    seat = relationship("Seat", back_populates="tickets")
