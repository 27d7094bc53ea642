// Runs the samples of docs/guide and notes what they do.
#pragma once

#include <aludel/engine/engine.hpp>

#include <filesystem>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

/// One chapter of the guide. What stands between `begin` and `end` is a sample: tools/guide puts its code, its
/// statements and its output into the pages.
class Guide {
  public:
    explicit Guide(std::string chapter);
    Guide(const Guide&) = delete;
    Guide& operator=(const Guide&) = delete;
    ~Guide();

    /// Stands in for `aludel::create_engine`, under its name: the statements of its engines are the samples'.
    struct EngineMaker {
        Guide& guide;
        aludel::Engine operator()(std::string_view url, aludel::EngineOptions options = {}) const;
    };
    EngineMaker engine_maker() { return {*this}; }
    void begin(const std::string& sample);
    void end();
    /// What the last sample wrote to standard output.
    const std::string& output() const noexcept { return output_; }
    /// The statements of the last sample, one string each, without parameters, with BEGIN, COMMIT and ROLLBACK.
    const std::vector<std::string>& statements() const noexcept { return statements_; }

  private:
    void note(const aludel::LogRecord& record);
    void write(const std::string& kind, const std::string& text) const;

    std::filesystem::path folder_;  // empty: nothing is kept
    std::string sample_, sql_, output_;
    std::vector<std::string> statements_;
    std::ostringstream out_;
    std::streambuf* standard_output_ = nullptr;
};
