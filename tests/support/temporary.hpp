#pragma once

#include <stdlib.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <system_error>

namespace aludel::test {

/// A new empty directory that goes with its object.
class TemporaryDirectory {
  public:
    TemporaryDirectory() {
        auto pattern = (std::filesystem::temp_directory_path() / "aludel-test-XXXXXX").string();
        if (!::mkdtemp(pattern.data())) throw std::runtime_error("cannot make a temporary directory");
        path_ = pattern;
    }
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    ~TemporaryDirectory() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    const std::filesystem::path& path() const noexcept { return path_; }
    std::string file(const std::string& name) const { return (path_ / name).string(); }

  private:
    std::filesystem::path path_;
};

/// A database file that does not exist yet, in a directory of its own.
class FreshFile {
  public:
    explicit FreshFile(std::string name = "test.db") : name_(std::move(name)) {}
    std::string path() const { return directory_.file(name_); }
    /// `query` begins with the question mark.
    std::string url(const std::string& query = {}) const { return "sqlite:///" + path() + query; }
    const TemporaryDirectory& directory() const noexcept { return directory_; }

  private:
    TemporaryDirectory directory_;
    std::string name_;
};

}  // namespace aludel::test
