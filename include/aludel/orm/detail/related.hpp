// What relationships are made of, without the types of the objects: the compiled side of `One` and of the collections.
#pragma once

#include <aludel/orm/detail/object_header.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

namespace aludel {

template <class T>
class Ptr;
template <class T>
    requires(!std::is_reference_v<T>)
Ptr<T> make(T&& value);

class Value;

namespace detail {

[[noreturn]] void throw_null_handle();

template <class T>
ObjectHeader& header_of(const Ptr<T>& object) {
    if (!object) {
        throw_null_handle();
    }
    return *object.header();
}

struct Collection;
struct Links;

/// How a relationship holds its objects.
enum class RelationshipShape : std::uint8_t { one, list, set, keyed, dynamic };

/// A reference to one object or none. In a plain value it owns a handle; in a managed object it is a link, and the
/// region keeps the other object alive. A copy is a plain value that refers to the same object.
class OneBase {
  public:
    /// The related object, or null. Loads it if it is not loaded: one SELECT at most.
    /// @throws DetachedInstanceError if that needs a session and there is none.
    [[nodiscard]] ObjectHeader* related() const {
        if (link_.is_managed() && (!link_.is_set() || link_.header().is_expired())) {
            load_related();
        }
        return target_;
    }
    /// Another object, or null; the other side of the relationship follows at once.
    void relate(ObjectHeader* target);

  protected:
    OneBase() = default;
    explicit OneBase(ObjectHeader* target) noexcept;
    OneBase(const OneBase& other);
    // Both may have to load what a managed object refers to.
    OneBase(OneBase&& other);  // NOLINT(performance-noexcept-move-constructor): see above
    OneBase& operator=(const OneBase& other);
    OneBase& operator=(OneBase&& other);  // NOLINT(performance-noexcept-move-constructor): see above
    ~OneBase();

  private:
    friend Links;
    void load_related() const;

    AttributeLink link_;  // set: the value is known
    ObjectHeader* target_ = nullptr;
};

[[noreturn]] void throw_null_related(const OneBase& member);

/// A collection of objects. In a plain value it owns handles; in a managed object the objects are linked. A copy is a
/// plain value with the same objects.
class CollectionBase {
  public:
    /// The number of objects. Every reading member loads the collection first if it is not loaded: one SELECT.
    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] bool empty() const { return size() == 0; }

  protected:
    CollectionBase() = default;
    CollectionBase(const CollectionBase& other);
    CollectionBase(CollectionBase&& other);  // NOLINT(performance-noexcept-move-constructor): it may have to load
    ~CollectionBase();

    /// Takes over the objects of a plain value that was given any, or of a managed one.
    void take(const CollectionBase& other);
    void replace(const std::vector<ObjectHeader*>& objects);
    template <class T, class Range>
    void replace_with(const Range& objects) {
        std::vector<Ptr<T>> handles;
        std::vector<ObjectHeader*> headers;
        for (const auto& each : objects) {
            if constexpr (std::same_as<std::remove_cvref_t<decltype(each)>, T>) {
                handles.push_back(make(T(each)));
            } else {
                handles.push_back(each);
            }
            headers.push_back(&header_of(handles.back()));
        }
        replace(headers);
    }
    [[nodiscard]] ObjectHeader& object_at(std::size_t position) const;
    [[nodiscard]] ObjectHeader* object_or_null(std::size_t position) const;  // null behind the end
    void insert_object(std::size_t position, ObjectHeader& object);
    void append_object(ObjectHeader& object);
    /// The first occurrence. @throws InvalidRequestError if there is none.
    void remove_object(ObjectHeader& object);
    /// Whether it was there.
    bool discard_object(ObjectHeader& object);
    void erase_at(std::size_t position);
    [[nodiscard]] bool contains_object(const ObjectHeader* object) const;
    /// Of a keyed collection: the object whose key attribute has this value, or null.
    [[nodiscard]] ObjectHeader* find_by_key(const Value& key) const;

    /// Of a dynamic relationship.
    void queue_append(ObjectHeader& object);
    void queue_remove(ObjectHeader& object);
    [[nodiscard]] const AttributeLink& link() const noexcept { return link_; }
    /// The object of which this is a part; null for a plain value.
    [[nodiscard]] ObjectHeader* owner() const noexcept { return link_.is_managed() ? &link_.header() : nullptr; }

  private:
    friend Links;

    AttributeLink link_;  // set: the objects are known
    Collection* state_ = nullptr;
};

}  // namespace detail
}  // namespace aludel
