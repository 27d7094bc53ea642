#!/usr/bin/env python3
"""SQLAlchemy 1.4 on SQLite, by its ordinary API: the same workloads on the same rows as the C++ programs.

    sqlalchemy_library.py <workload> <size> <iterations>

Prints the nanoseconds (CPU time) of each iteration and the checksum.
"""

import gc
import json
import random
import sys
import time

from sqlalchemy import Column, ForeignKey, Integer, String, create_engine, event, text
from sqlalchemy.orm import Session, declarative_base, relationship, selectinload

SEARCH_LIMIT = 10
USERS_IN_A_SEARCH = 6
MASK = (1 << 64) - 1

Base = declarative_base()


class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
    name = Column(String(50), nullable=False)
    fullname = Column(String(50), nullable=False)
    password = Column(String(50), nullable=False)
    addresses = relationship("Address", back_populates="user")


class Address(Base):
    __tablename__ = "addresses"
    id = Column(Integer, primary_key=True)
    email_address = Column(String(50), nullable=False)
    user_id = Column(Integer, ForeignKey("users.id"), nullable=False, index=True)
    user = relationship("User", back_populates="addresses")


def row_hash(*fields):
    """FNV-1a over the fields, as bench/harness/checksum.hpp has it."""
    value = 14695981039346656037
    for field in fields:
        units = [*field.encode(), 0xFF] if isinstance(field, str) else [field]
        for unit in units:
            value = ((value ^ unit) * 1099511628211) & MASK
    return value


def touch(value):
    return len(value) * 31 + ord(value[len(value) // 2]) if isinstance(value, str) else value


def user_sum(users):
    return sum(row_hash(user.id, user.name, user.fullname, user.password) for user in users)


def linked_sum(users):
    return user_sum(users) + sum(row_hash(each.id, each.email_address, each.user.id) for user in users for each in user.addresses)


def values_of(number):
    return {"name": f"user{number}", "fullname": f"User Number {number}", "password": f"secret{number}"}


class Workloads:
    """Each workload: what prepares it, what is measured, and the checksum of what that returned."""

    def __init__(self, size):
        self.size = size
        self.keys = random.Random(1).sample(range(1, size + 1), size)
        self.engine = create_engine("sqlite://")
        event.listen(self.engine, "connect", lambda connection, _record: connection.execute("PRAGMA foreign_keys = OFF"))
        Base.metadata.create_all(self.engine)

    def fill(self):
        with Session(self.engine) as session:
            numbers = range(1, self.size + 1)
            session.execute(User.__table__.insert(), [values_of(i) for i in numbers])
            for kind in "ab":
                rows = [{"email_address": f"{kind}.user{i}@example.org", "user_id": i} for i in numbers]
                session.execute(Address.__table__.insert(), rows)
            session.execute(text("ANALYZE"))
            session.commit()

    def nothing(self):
        return None

    def remove_users(self):
        with self.engine.begin() as connection:
            connection.execute(text("DELETE FROM users"))

    def insert_users(self, _prepared):
        session = Session(self.engine, expire_on_commit=False)
        users = [User(**values_of(i)) for i in range(1, self.size + 1)]
        session.add_all(users)
        session.commit()
        return session, users

    def load_users(self, _prepared=None):
        session = Session(self.engine)
        return session, session.query(User).all()

    def get_users(self, _prepared):
        total = 0
        with Session(self.engine) as session:
            for key in self.keys:
                user = session.get(User, key)
                total += touch(user.id) + touch(user.name) + touch(user.fullname) + touch(user.password)
        return total

    def load_to_rename(self):
        with self.engine.begin() as connection:
            connection.execute(text("UPDATE users SET name = 'user' || id"))
        return self.load_users()

    def rename_users(self, prepared):
        session, users = prepared
        for number, user in enumerate(users, 1):
            user.name = f"renamed{number}"
        session.commit()

    def load_eagerly(self, _prepared):
        session = Session(self.engine)
        return session, session.query(User).options(selectinload(User.addresses)).all()

    def load_lazily(self, _prepared):
        session, users = self.load_users()
        assert sum(len(user.addresses) for user in users) == 2 * self.size
        return session, users

    def load_names(self, _prepared):
        with Session(self.engine) as session:
            return session.query(User.id, User.name).all()

    def search_addresses(self, _prepared):
        total = 0
        with Session(self.engine) as session:
            for key in self.keys:
                first = max(1, min(key, self.size - USERS_IN_A_SEARCH + 1))
                found = (
                    session.query(User.name, Address.email_address)
                    .join(User.addresses)
                    .filter(User.id >= first, User.id < first + USERS_IN_A_SEARCH, Address.email_address != f"a.user{first}@example.org")
                    .order_by(Address.email_address)
                    .limit(SEARCH_LIMIT)
                    .all()
                )
                total += sum(touch(name) + touch(email_address) for name, email_address in found)
        return total

    def sum_again(self, _result):
        return user_sum(self.load_users()[1])

    def named(self, workload):
        return {
            "W1": (self.remove_users, self.insert_users, lambda held: user_sum(held[1]) + self.sum_again(held)),
            "W2": (self.nothing, self.load_users, lambda held: user_sum(held[1])),
            "W3": (self.nothing, self.get_users, lambda total: total),
            "W4": (self.load_to_rename, self.rename_users, self.sum_again),
            "W5": (self.nothing, self.load_eagerly, lambda held: linked_sum(held[1])),
            "W5_lazy": (self.nothing, self.load_lazily, lambda held: linked_sum(held[1])),
            "W6": (self.nothing, self.load_names, lambda names: sum(row_hash(*name) for name in names)),
            "W7": (self.nothing, self.search_addresses, lambda total: total),
        }[workload]


def main():
    workload, size, iterations = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    workloads = Workloads(size)
    if workload != "W1":
        workloads.fill()
    prepare, run, checksum = workloads.named(workload)
    label = checksum(run(prepare())) & MASK
    nanoseconds = []
    for _ in range(iterations):
        prepared = prepare()
        gc.collect()
        started = time.process_time_ns()
        result = run(prepared)
        del result
        nanoseconds.append(time.process_time_ns() - started)
    print(json.dumps({"nanoseconds": nanoseconds, "checksum": str(label)}))


if __name__ == "__main__":
    main()
