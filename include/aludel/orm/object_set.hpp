// Objects of several classes.
#pragma once

#include <aludel/orm/detail/object_header.hpp>
#include <aludel/orm/mapping.hpp>
#include <aludel/orm/ptr.hpp>

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace aludel {

/// A handle to an object of any class.
class AnyPtr {
  public:
    explicit AnyPtr(detail::ObjectHeader* header) noexcept : header_(header) { detail::retain(*header_); }
    AnyPtr(const AnyPtr& other) noexcept : header_(other.header_) { detail::retain(*header_); }
    AnyPtr& operator=(AnyPtr other) noexcept {
        std::swap(header_, other.header_);
        return *this;
    }
    ~AnyPtr() { detail::release(*header_); }

    /// The name of the object's class, without namespaces.
    [[nodiscard]] std::string_view class_name() const noexcept { return header_->mapper->class_name(); }
    /// The object as a `T`; null if it is of another class.
    template <class T>
    [[nodiscard]] Ptr<T> as() const {
        return header_->mapper == &mapper<T>() ? Ptr<T>(header_) : Ptr<T>();
    }
    /// Whether both lead to the same object.
    template <class T>
    friend bool operator==(const AnyPtr& any, const Ptr<T>& object) noexcept {
        return any.header_ == object.header();
    }

  private:
    detail::ObjectHeader* header_;
};

/// Some objects of a session, in the order in which it came to know of them; a copy that holds on to them.
class ObjectSet {
  public:
    explicit ObjectSet(const std::vector<detail::ObjectHeader*>& objects);
    /// How many objects there are.
    [[nodiscard]] std::size_t size() const noexcept { return objects_.size(); }
    [[nodiscard]] bool empty() const noexcept { return objects_.empty(); }
    /// Iterates over `AnyPtr`; `of<T>()` gives typed handles.
    [[nodiscard]] auto begin() const noexcept { return objects_.begin(); }
    [[nodiscard]] auto end() const noexcept { return objects_.end(); }
    /// Whether the object is one of them.
    template <class T>
    [[nodiscard]] bool contains(const Ptr<T>& object) const {
        for (const AnyPtr& each : objects_) {
            if (each == object) return true;
        }
        return false;
    }
    /// Those of one class.
    template <class T>
    [[nodiscard]] std::vector<Ptr<T>> of() const {
        std::vector<Ptr<T>> found;
        for (const AnyPtr& each : objects_) {
            if (auto object = each.as<T>()) {
                found.push_back(std::move(object));
            }
        }
        return found;
    }

  private:
    std::vector<AnyPtr> objects_;
};

}  // namespace aludel
