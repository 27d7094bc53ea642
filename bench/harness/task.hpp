// A workload as one library does it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace bench {

/// `prepare`, `run`, `checksum`, `release`, in this order and any number of times. `run` and `release` are measured.
class Task {
  public:
    Task() = default;
    Task(const Task&) = delete;
    Task& operator=(const Task&) = delete;
    virtual ~Task() = default;

    virtual void prepare() {}
    virtual void run() = 0;
    /// Of what `run` got or left in the database. May be left out.
    virtual std::uint64_t checksum() = 0;
    /// Lets go of what `run` holds.
    virtual void release() {}
};

/// Loads something, which is held until `release`.
template <class Result>
class LoadingTask : public Task {
  public:
    LoadingTask(std::function<Result()> load, std::function<std::uint64_t(const Result&)> checksum)
        : load_(std::move(load)), checksum_(std::move(checksum)) {}

    void run() override { result_.emplace(load_()); }
    std::uint64_t checksum() override { return checksum_(*result_); }
    void release() override { result_.reset(); }

  private:
    std::function<Result()> load_;
    std::function<std::uint64_t(const Result&)> checksum_;
    std::optional<Result> result_;
};

/// Reads, and keeps no more than a sum.
class SummingTask : public Task {
  public:
    explicit SummingTask(std::function<std::uint64_t()> sum) : sum_(std::move(sum)) {}

    void run() override { result_ = sum_(); }
    std::uint64_t checksum() override { return result_; }

  private:
    std::function<std::uint64_t()> sum_;
    std::uint64_t result_ = 0;
};

}  // namespace bench
