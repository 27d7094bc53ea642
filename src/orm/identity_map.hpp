// One object per row: the map from primary keys to the objects of a session.
#pragma once

#include "orm/object_pool.hpp"

#include <aludel/orm/mapper.hpp>
#include <aludel/types/value.hpp>

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <utility>

namespace aludel::detail {

/// The primary key of an object or a row, in a form that compares: one integer where the key is one, else encoded.
class IdentityKey {
  public:
    IdentityKey() = default;
    /// Of key values in the order of the primary key.
    IdentityKey(const Mapper& mapper, std::span<const Value> values);
    explicit IdentityKey(std::int64_t value) noexcept : integer_(value), is_integer_(true) {}

    /// The key of the row that an object stands for.
    static IdentityKey of(const ObjectHeader& header);

    [[nodiscard]] bool is_integer() const noexcept { return is_integer_; }
    [[nodiscard]] std::int64_t integer() const noexcept { return integer_; }
    [[nodiscard]] const std::string& encoded() const noexcept { return encoded_; }

  private:
    std::string encoded_;
    std::int64_t integer_ = 0;
    bool is_integer_ = false;
};

/// The identity map of one class.
class IdentityTable {
  public:
    [[nodiscard]] ObjectHeader* find(const IdentityKey& key) const noexcept;
    [[nodiscard]] ObjectHeader* find(std::int64_t key) const noexcept;
    void put(const IdentityKey& key, ObjectHeader& header);
    /// The place of a key, null where it is new: one look-up for finding and putting. It moves when others are put.
    [[nodiscard]] ObjectHeader*& place_of(std::int64_t key) { return by_integer_[key]; }
    /// Gives up a place that stayed null.
    void forget_place(std::int64_t key) noexcept;
    [[nodiscard]] std::size_t size() const noexcept { return by_integer_.size() + by_encoding_.size(); }
    /// Forgets the key if it leads to this object.
    void erase(const IdentityKey& key, const ObjectHeader& header) noexcept;
    void clear() noexcept;
    /// Room for the objects of the class that the session loads.
    [[nodiscard]] ObjectPool& room() noexcept { return room_; }

  private:
    ObjectPool room_;
    boost::unordered_flat_map<std::int64_t, ObjectHeader*> by_integer_;
    boost::unordered_flat_map<std::string, ObjectHeader*> by_encoding_;
};

/// The identity map of a session; it owns nothing.
class IdentityMap {
  public:
    /// The part for one class; stays where it is.
    IdentityTable& table(const Mapper& mapper) { return table(mapper, active_shard_); }
    [[nodiscard]] ObjectHeader* find(const Mapper& mapper, const IdentityKey& key);
    void put(ObjectHeader& header);
    /// The object's key is this integer.
    void put(ObjectHeader& header, std::int64_t key) { table(*header.mapper, header.shard).place_of(key) = &header; }
    void erase(const ObjectHeader& header) noexcept;
    void erase(const ObjectHeader& header, const IdentityKey& key) noexcept;
    /// Empties the tables, which stay where they are.
    void clear() noexcept;
    /// Frees what the rooms of all tables have too much, after objects were freed.
    void free_empty_room() noexcept;

    /// The shard that a sharded session works on at the moment: `table` and `find` are about its rows. 0: none.
    ShardToken& active_shard() noexcept { return active_shard_; }

  private:
    IdentityTable& table(const Mapper& mapper, ShardToken shard) {
        return shard == 0 && last_mapper_ == &mapper ? *last_table_ : look_up(mapper, shard);
    }
    IdentityTable& look_up(const Mapper& mapper, ShardToken shard);

    boost::unordered_flat_map<const Mapper*, std::unique_ptr<IdentityTable>> tables_;
    /// Of objects with a shard; each shard has keys of its own.
    boost::unordered_flat_map<std::pair<const Mapper*, ShardToken>, std::unique_ptr<IdentityTable>> sharded_;
    ShardToken active_shard_ = 0;
    const Mapper* last_mapper_ = nullptr;  // whose table without shard was asked for last
    IdentityTable* last_table_ = nullptr;
};

}  // namespace aludel::detail
