// What a list tells a flush, against a model that keeps the whole list of the last one.
#include "orm/collection.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <random>
#include <string>

namespace aludel::detail {
namespace {

class MembershipsModel {
  public:
    explicit MembershipsModel(unsigned seed, std::size_t loaded) : random_(seed) {
        for (std::size_t i = 0; i < loaded; ++i) items_.push_back(&object(ObjectState::persistent));
        before_ = items_;
    }
    void step() {
        switch (pick(4)) {
            case 0: return add(object(ObjectState::pending));
            case 1: return add(objects_[pick(objects_.size())]);
            case 2: return remove();
            default:
                if (pick(8) == 0) flush();
        }
    }
    void check() {
        for (ObjectHeader& each : objects_) {
            EXPECT_EQ(memberships_.count(items_, each), count(items_, each));
        }
        std::vector<ObjectHeader*> told;
        for (const auto& [object, before, now] : memberships_.changes()) {
            EXPECT_EQ(before, count(before_, *object));
            EXPECT_EQ(now, count(items_, *object));
            told.push_back(object);
        }
        for (ObjectHeader& each : objects_) {
            const bool is_changed = count(before_, each) != count(items_, each);
            EXPECT_TRUE(!is_changed || std::count(told.begin(), told.end(), &each) == 1);
        }
    }

  private:
    std::size_t pick(std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_); }
    ObjectHeader& object(ObjectState state) {
        objects_.emplace_back().state = state;
        return objects_.back();
    }
    static std::uint32_t count(const Memberships::Items& items, const ObjectHeader& object) {
        return static_cast<std::uint32_t>(std::count(items.begin(), items.end(), &object));
    }
    void add(ObjectHeader& object) {
        memberships_.note_added(items_, object);
        items_.push_back(&object);
    }
    void remove() {
        if (items_.empty()) return;
        const auto place = items_.begin() + static_cast<std::ptrdiff_t>(pick(items_.size()));
        memberships_.note_removed(items_, **place);
        items_.erase(place);
    }
    void flush() {
        memberships_.commit();
        for (ObjectHeader& each : objects_) each.state = ObjectState::persistent;
        before_ = items_;
    }

    std::minstd_rand random_;
    std::deque<ObjectHeader> objects_{1};
    Memberships memberships_;
    Memberships::Items items_, before_;
};

TEST(Memberships, tell_what_a_plain_comparison_tells) {
    for (unsigned seed = 1; seed <= 40; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        MembershipsModel model(seed, seed % 4 * 20);
        for (int i = 0; i < 200; ++i) {
            model.step();
            if (i % 20 == 0) model.check();
        }
        model.check();
    }
}

TEST(Memberships, list_as_a_whole_is_replaced) {
    std::deque<ObjectHeader> objects(40);
    Memberships::Items items, wanted;
    for (std::size_t i = 0; i < 30; ++i) items.push_back(&objects[i]);
    for (std::size_t i = 20; i < 40; ++i) wanted.push_back(&objects[i]);
    Memberships memberships;
    memberships.note_replaced(items, wanted);
    EXPECT_EQ(memberships.count(wanted, objects[0]), 0u);
    EXPECT_EQ(memberships.count(wanted, objects[25]), 1u);
    EXPECT_EQ(memberships.count(wanted, objects[39]), 1u);
}

}  // namespace
}  // namespace aludel::detail
