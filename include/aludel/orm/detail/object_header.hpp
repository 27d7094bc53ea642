// What stands in front of every managed object: one allocation holds this header and, behind it, the user's struct.
#pragma once

#include <aludel/base/shared_count.hpp>

#include <cstddef>
#include <cstdint>

namespace aludel {

class Mapper;
class SessionCore;

/// Where an object stands between the program and the database: SQLAlchemy's five states.
enum class ObjectState : std::uint8_t { transient, pending, persistent, deleted, detached };

namespace detail {

class ChangeLog;
class Region;
struct LoadContext;
struct Parents;
struct AttributeOps;
class AttributeLink;

/// The number of a shard's id.
using ShardToken = std::uint16_t;

/// The generation of objects that no session owns: it never moves, so they never expire.
inline constexpr std::uint32_t resting_generation = 0;

struct alignas(16) ObjectHeader {
    const Mapper* mapper = nullptr;
    SessionCore* session = nullptr;
    const std::uint32_t* generation_now = &resting_generation;  // the session's number; an older object is expired
    Region* region = nullptr;                                   // null: the object is alone
    ChangeLog* changes = nullptr;                               // null: nothing differs from the database
    LoadContext* load_context = nullptr;                        // null: the query that loaded it said nothing special
    Parents* parents = nullptr;                                 // null: nothing is known about who has it
    SharedCount handles;
    std::uint32_t generation = resting_generation;
    std::uint32_t region_index = 0;
    std::uint32_t insert_order = 0;
    std::uint32_t flush_place = 0;  // in the flush that is under way, counted from one
    ObjectState state = ObjectState::transient;
    bool marked_deleted = false;    // session.delete_() was called, the flush has not come yet
    bool row_is_gone = false;       // a flush deleted the row; only a rollback brings it back
    bool in_dirty_list = false;     // already among the session's objects with changes
    bool some_expired = false;      // attributes are marked as expired one by one
    bool is_linked = false;         // has links to other objects, or they to it: it cannot leave its region alone
    bool is_reached = false;        // while a region looks for what to free
    bool orphaned_outside = false;  // lost its parent while that was in no session
    ShardToken shard = 0;           // the database of a sharded session that has its row; 0: none, or not known yet
    std::uint32_t block_place = 0;  // distance from the start of its block of an ObjectPool; 0: by itself on the heap
    std::uint32_t dirty_place = 0;  // among the session's objects with changes

    [[nodiscard]] void* object() noexcept;
    [[nodiscard]] const void* object() const noexcept;
    [[nodiscard]] bool is_expired() const noexcept { return generation != *generation_now; }
};

inline constexpr std::size_t object_offset = (sizeof(ObjectHeader) + 15) / 16 * 16;

inline void* ObjectHeader::object() noexcept { return reinterpret_cast<std::byte*>(this) + object_offset; }
inline const void* ObjectHeader::object() const noexcept {
    return reinterpret_cast<const std::byte*>(this) + object_offset;
}

/// An object without session, of a region with others, gets its first handle: the region counts such objects.
void on_first_handle(ObjectHeader& header) noexcept;
/// The last handle to an object has gone: an object that stands alone dies, one of a session stays until it is swept,
/// and a region without session dies with the last of its objects that had a handle.
void on_last_handle(ObjectHeader& header) noexcept;

inline void retain(ObjectHeader& header) noexcept {
    if (header.handles.increment() == 0 && header.session == nullptr && header.region != nullptr) {
        on_first_handle(header);
    }
}

inline void release(ObjectHeader& header) noexcept {
    if (header.handles.decrement() == 1) {
        on_last_handle(header);
    }
}

/// The 32 bits that every attribute carries: the distance back to the header, and five flags. A distance of zero means
/// a plain value that no session knows.
class AttributeLink {
  public:
    [[nodiscard]] bool is_managed() const noexcept { return (bits_ >> flag_bits) != 0; }
    [[nodiscard]] bool is_set() const noexcept { return (bits_ & set_flag) != 0; }
    [[nodiscard]] bool is_modified() const noexcept { return (bits_ & modified_flag) != 0; }
    [[nodiscard]] bool is_expired() const noexcept { return (bits_ & expired_flag) != 0; }
    /// Left out by the query that loaded the object; also counts as expired.
    [[nodiscard]] bool is_deferred() const noexcept { return (bits_ & deferred_flag) != 0; }
    /// The attribute holds an SQL expression, or NULL by intent, for the next flush; the value is not it.
    [[nodiscard]] bool has_expression() const noexcept { return (bits_ & expression_flag) != 0; }

    [[nodiscard]] ObjectHeader& header() const noexcept {
        const auto distance = static_cast<std::size_t>(bits_ >> flag_bits) * distance_unit;
        auto* here = reinterpret_cast<std::byte*>(const_cast<AttributeLink*>(this));
        // The header lies outside of the struct that the compiler sees around this link: it must not reason about that.
        asm("" : "+r"(here));
        return *reinterpret_cast<ObjectHeader*>(here - distance);
    }

    void attach(const ObjectHeader& header) noexcept {
        const auto distance = reinterpret_cast<const std::byte*>(this) - reinterpret_cast<const std::byte*>(&header);
        bits_ = (bits_ & flag_mask) |
                (static_cast<std::uint32_t>(static_cast<std::size_t>(distance) / distance_unit) << flag_bits);
    }

    void mark_set() noexcept { bits_ |= set_flag; }
    void mark_null_by_intent() noexcept { bits_ |= set_flag | expression_flag; }
    void mark_expression() noexcept { bits_ |= set_flag | modified_flag | expression_flag; }
    void mark_modified() noexcept {
        bits_ = (bits_ | set_flag | modified_flag) & ~(expired_flag | expression_flag | deferred_flag);
    }
    void mark_loaded() noexcept {
        bits_ = (bits_ | set_flag) & ~(modified_flag | expired_flag | expression_flag | deferred_flag);
    }
    void mark_expired() noexcept {
        bits_ = (bits_ | expired_flag) & ~(modified_flag | expression_flag | deferred_flag);
    }
    /// Never loaded: the first reading loads this column alone.
    void mark_deferred() noexcept { bits_ = (bits_ & ~flag_mask) | expired_flag | deferred_flag; }
    void mark_unset() noexcept { bits_ &= ~flag_mask; }
    void mark_unmodified() noexcept { bits_ &= ~(modified_flag | expression_flag); }

    /// The flags that a copy of the value takes along: whether it was given, and whether as NULL by intent.
    [[nodiscard]] AttributeLink as_plain() const noexcept {
        AttributeLink plain;
        plain.bits_ = bits_ & (is_managed() ? set_flag : set_flag | expression_flag);
        return plain;
    }

  private:
    static constexpr std::uint32_t set_flag = 1;
    static constexpr std::uint32_t modified_flag = 2;
    static constexpr std::uint32_t expired_flag = 4;
    static constexpr std::uint32_t expression_flag = 8;
    static constexpr std::uint32_t deferred_flag = 16;
    static constexpr std::uint32_t flag_mask = 31;
    static constexpr unsigned flag_bits = 5;
    static constexpr std::size_t distance_unit = 4;

    std::uint32_t bits_ = 0;
};

/// Reads the row of an expired object, or of one whose attribute was never loaded.
void load_attribute(const AttributeLink& link);
/// Keeps the value that the database has, before the attribute gets another one; marks the object for the next flush.
void before_change(AttributeLink& link);

}  // namespace detail
}  // namespace aludel
