// Relationships with any number of objects: a list, a set, and a collection with keys.
#pragma once

#include <aludel/orm/detail/related.hpp>
#include <aludel/orm/ptr.hpp>
#include <aludel/orm/relationship_options.hpp>

#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <type_traits>
#include <utility>
#include <vector>

namespace aludel {

class Value;

namespace detail {

/// The value that the key attribute of a `Keyed<T, Options…>` would have for `key`.
template <class T, auto... Options, class Key>
Value related_key(const Key& key);

/// What all loaded collections of `T` share: iteration, and the objects as handles.
template <class T>
class TypedCollection : public CollectionBase {
  public:
    using target = T;
    using value_type = Ptr<T>;

    /// An input iterator; it stays usable while the collection changes.
    class Iterator {
      public:
        using value_type = Ptr<T>;
        using difference_type = std::ptrdiff_t;
        explicit Iterator(const TypedCollection& collection) : collection_(&collection), owner_(collection.owner()) {
            read();
        }
        const Ptr<T>& operator*() const noexcept { return current_; }
        const Ptr<T>* operator->() const noexcept { return &current_; }
        Iterator& operator++() {
            ++position_;
            read();
            return *this;
        }
        void operator++(int) { ++*this; }
        friend bool operator==(const Iterator& it, std::default_sentinel_t) noexcept { return !it.current_; }

      private:
        void read() { current_ = Ptr<T>(collection_->object_or_null(position_)); }

        const TypedCollection* collection_;
        Keep owner_;  // the collection is a part of it
        std::size_t position_ = 0;
        Ptr<T> current_;
    };

    /// Iterates over handles.
    [[nodiscard]] Iterator begin() const { return Iterator(*this); }
    [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }
    /// The objects as they are now: a copy that later changes do not touch.
    [[nodiscard]] std::vector<Ptr<T>> all() const {
        std::vector<Ptr<T>> objects;
        for (const Ptr<T>& object : *this) objects.push_back(object);
        return objects;
    }
    /// Whether the object is in the collection.
    [[nodiscard]] bool contains(const Ptr<T>& object) const { return contains_object(object.header()); }
    /// Takes all objects out.
    void clear() { replace({}); }

  protected:
    TypedCollection() = default;
};

template <class Range, class T>
concept RangeOfHandles = requires(const Range& range) {
    { *std::begin(range) } -> std::convertible_to<Ptr<T>>;
    std::end(range);
};

}  // namespace detail

/// A list of related objects in an order of its own: one-to-many, or many-to-many with `secondary("…")`.
///
/// It is loaded at the first access, by one SELECT; `lazy("…")` and the options of a query load it earlier. Changes
/// show on the other side of the relationship at once, in memory, and are written by the next flush. An object may
/// stand in the list more than once; that writes one row. Source: SQLAlchemy's `relationship()` with its default
/// collection.
template <class T, auto... Options>
class Many : public detail::TypedCollection<T> {
  public:
    static constexpr bool is_collection = true;
    static constexpr detail::RelationshipShape shape = detail::RelationshipShape::list;
    static_assert(detail::check_relationship_options<true, Options...>());

    Many() = default;
    Many(std::initializer_list<Ptr<T>> objects) { this->template replace_with<T>(objects); }
    template <class U = T>
    Many(std::initializer_list<std::type_identity_t<U>> values) {
        this->template replace_with<T>(values);
    }
    template <detail::RangeOfHandles<T> Range>
        requires(!std::same_as<Range, Many>)
    // NOLINTNEXTLINE(google-explicit-constructor): `.member = list`
    Many(const Range& objects) {
        this->template replace_with<T>(objects);
    }
    /// A plain value with the same objects, which are loaded if need be.
    Many(const Many&) = default;
    Many(Many&&) = default;  // NOLINT(performance-noexcept-move-constructor): of a managed object it copies
    ~Many() = default;

    /// The objects of the other list are the objects of this one now: those that left are taken out, new ones appended.
    Many& operator=(const Many& other) {
        this->take(other);
        return *this;
    }
    Many& operator=(std::initializer_list<Ptr<T>> objects) {
        this->template replace_with<T>(objects);
        return *this;
    }
    template <class U = T>
    Many& operator=(std::initializer_list<std::type_identity_t<U>> values) {
        this->template replace_with<T>(values);
        return *this;
    }
    template <detail::RangeOfHandles<T> Range>
        requires(!std::same_as<Range, Many>)
    Many& operator=(const Range& objects) {
        this->template replace_with<T>(objects);
        return *this;
    }

    /// The object at a position. @throws InvalidRequestError behind the end.
    [[nodiscard]] Ptr<T> operator[](std::size_t position) const { return Ptr<T>(&this->object_at(position)); }
    [[nodiscard]] Ptr<T> front() const { return (*this)[0]; }
    [[nodiscard]] Ptr<T> back() const { return (*this)[this->size() - 1]; }

    void append(const Ptr<T>& object) { this->append_object(detail::header_of(object)); }
    template <std::same_as<T> U>
    void append(U value) {
        append(make(std::move(value)));
    }
    /// Appends each: handles or values.
    template <class Range>
    void extend(const Range& objects) {
        for (const auto& each : objects) append(each);
    }
    /// Puts the object in front of the one at `position`.
    void insert(std::size_t position, const Ptr<T>& object) {
        this->insert_object(position, detail::header_of(object));
    }
    template <std::same_as<T> U>
    void insert(std::size_t position, U value) {
        insert(position, make(std::move(value)));
    }
    /// Takes the first occurrence out. @throws InvalidRequestError if there is none.
    void remove(const Ptr<T>& object) { this->remove_object(detail::header_of(object)); }
    /// Takes out what stands at a position. @throws InvalidRequestError behind the end.
    void erase(std::size_t position) { this->erase_at(position); }
    /// Takes the last object out and returns it. @throws InvalidRequestError if there is none.
    Ptr<T> pop() {
        Ptr<T> last = back();
        this->erase_at(this->size() - 1);
        return last;
    }
};

/// A set of related objects: each is in it once, in the order in which it came (SQLAlchemy's `collection_class=set`).
template <class T, auto... Options>
class Set : public detail::TypedCollection<T> {
  public:
    static constexpr bool is_collection = true;
    static constexpr detail::RelationshipShape shape = detail::RelationshipShape::set;
    static_assert(detail::check_relationship_options<true, Options...>());

    Set() = default;
    Set(std::initializer_list<Ptr<T>> objects) { this->template replace_with<T>(objects); }
    template <class U = T>
    Set(std::initializer_list<std::type_identity_t<U>> values) {
        this->template replace_with<T>(values);
    }
    template <detail::RangeOfHandles<T> Range>
        requires(!std::same_as<Range, Set>)
    // NOLINTNEXTLINE(google-explicit-constructor): `.member = list`
    Set(const Range& objects) {
        this->template replace_with<T>(objects);
    }
    /// A plain value with the same objects, which are loaded if need be.
    Set(const Set&) = default;
    Set(Set&&) = default;  // NOLINT(performance-noexcept-move-constructor): of a managed object it copies
    ~Set() = default;

    Set& operator=(const Set& other) {
        this->take(other);
        return *this;
    }
    Set& operator=(std::initializer_list<Ptr<T>> objects) {
        this->template replace_with<T>(objects);
        return *this;
    }
    template <class U = T>
    Set& operator=(std::initializer_list<std::type_identity_t<U>> values) {
        this->template replace_with<T>(values);
        return *this;
    }
    template <detail::RangeOfHandles<T> Range>
        requires(!std::same_as<Range, Set>)
    Set& operator=(const Range& objects) {
        this->template replace_with<T>(objects);
        return *this;
    }

    /// Does nothing if the object is there already.
    void add(const Ptr<T>& object) {
        if (!this->contains(object)) this->append_object(detail::header_of(object));
    }
    template <std::same_as<T> U>
    void add(U value) {
        add(make(std::move(value)));
    }
    /// @throws InvalidRequestError if the object is not there.
    void remove(const Ptr<T>& object) { this->remove_object(detail::header_of(object)); }
    /// Takes the object out if it is there; whether it was.
    bool discard(const Ptr<T>& object) { return this->discard_object(detail::header_of(object)); }
};

/// Related objects by one of their attributes: `Keyed<Note, attribute_keyed("title")> notes;`, `notes["todo"]`
/// (SQLAlchemy's `attribute_keyed_dict`). The key is what the attribute was when the object came in; of two objects
/// with one key the later one replaces the earlier.
template <class T, auto... Options>
class Keyed : public detail::TypedCollection<T> {
  public:
    static constexpr bool is_collection = true;
    static constexpr detail::RelationshipShape shape = detail::RelationshipShape::keyed;
    static_assert(detail::check_relationship_options<true, Options...>());
    static_assert(!detail::relationship_options<Options...>().text(detail::RelationshipText::attribute_key).empty(),
                  "aludel: Keyed<…> needs attribute_keyed(\"…\"), the attribute of the other class that is the key");

    Keyed() = default;
    Keyed(std::initializer_list<Ptr<T>> objects) { this->template replace_with<T>(objects); }
    template <class U = T>
    Keyed(std::initializer_list<std::type_identity_t<U>> values) {
        this->template replace_with<T>(values);
    }
    /// A plain value with the same objects, which are loaded if need be.
    Keyed(const Keyed&) = default;
    Keyed(Keyed&&) = default;  // NOLINT(performance-noexcept-move-constructor): of a managed object it copies
    ~Keyed() = default;

    Keyed& operator=(const Keyed& other) {
        this->take(other);
        return *this;
    }
    Keyed& operator=(std::initializer_list<Ptr<T>> objects) {
        this->template replace_with<T>(objects);
        return *this;
    }
    template <class U = T>
    Keyed& operator=(std::initializer_list<std::type_identity_t<U>> values) {
        this->template replace_with<T>(values);
        return *this;
    }

    /// The object with this key, or a null handle.
    template <class Key>
    [[nodiscard]] Ptr<T> operator[](const Key& key) const {
        return Ptr<T>(this->find_by_key(detail::related_key<T, Options...>(key)));
    }
    /// Whether an object with this key is there.
    template <class Key>
    [[nodiscard]] bool contains_key(const Key& key) const {
        return this->find_by_key(detail::related_key<T, Options...>(key)) != nullptr;
    }
    void add(const Ptr<T>& object) { this->append_object(detail::header_of(object)); }
    template <std::same_as<T> U>
    void add(U value) {
        add(make(std::move(value)));
    }
    /// @throws InvalidRequestError if the object is not there.
    void remove(const Ptr<T>& object) { this->remove_object(detail::header_of(object)); }
    /// Takes out what has this key; whether something had.
    template <class Key>
    bool erase(const Key& key) {
        detail::ObjectHeader* found = this->find_by_key(detail::related_key<T, Options...>(key));
        return found != nullptr && this->discard_object(*found);
    }
};

}  // namespace aludel
