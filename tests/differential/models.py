"""The models that the cases share; models.hpp has the same."""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Integer, String, Text
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)
    name = Column(String(50), nullable=False)
    fullname = Column(String(100))
    age = Column(Integer)
    active = Column(Boolean)


class Address(Base):
    __tablename__ = "addresses"

    id = Column(Integer, primary_key=True)
    email = Column(String(100), nullable=False)
    user_id = Column(Integer, ForeignKey("users.id"))

    # SQLAlchemy orders the classes of a flush by relationships, aludel by foreign keys.
    user = relationship(User)


class Item(Base):
    __tablename__ = "items"

    id = Column(Integer, primary_key=True)
    title = Column(String(80), nullable=False)
    price = Column(Float)
    quantity = Column(Integer, nullable=False, default=1)
    status = Column(String(10), nullable=False, server_default="new")
    note = Column(Text)


class Country(Base):
    __tablename__ = "countries"

    code = Column(String(2), primary_key=True)
    title = Column(String(60))


class OrderLine(Base):
    __tablename__ = "order_lines"

    order_no = Column(Integer, primary_key=True)
    line_no = Column(Integer, primary_key=True)
    text = Column(String(100))


users = User.__table__
addresses = Address.__table__
items = Item.__table__
countries = Country.__table__
order_lines = OrderLine.__table__
