#include "guide.hpp"

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string_view>
#include <utility>

namespace {

/// The text without the blanks that SQLAlchemy's layout leaves at the ends of lines.
std::string trimmed(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (c == '\n')
            while (!result.empty() && result.back() == ' ') result.pop_back();
        result += c;
    }
    while (!result.empty() && (result.back() == ' ' || result.back() == '\n')) result.pop_back();
    return result;
}

/// `<User at 0x…>`: where an object lies is another place in every run.
std::string without_addresses(std::string text) {
    for (std::size_t at = text.find(" at 0x"); at != std::string::npos; at = text.find(" at 0x", at + 1)) {
        const auto end = text.find_first_not_of("0123456789abcdef", at + 6);
        text.replace(at + 6, (end == std::string::npos ? text.size() : end) - at - 6, "…");
    }
    return text;
}

}  // namespace

Guide::Guide(std::string chapter) {
    if (const char* folder = std::getenv("ALUDEL_GUIDE_OUTPUT")) {
        folder_ = std::filesystem::path{folder} / std::move(chapter);
        std::filesystem::create_directories(folder_);
    }
}

Guide::~Guide() {
    if (standard_output_ != nullptr) end();
}

aludel::Engine Guide::EngineMaker::operator()(std::string_view url, aludel::EngineOptions options) const {
    options.echo = true;
    options.log = [&noting = guide](const aludel::LogRecord& record) { noting.note(record); };
    return aludel::create_engine(url, options);
}

void Guide::note(const aludel::LogRecord& record) {
    if (sample_.empty()) return;
    statements_.push_back(without_addresses(trimmed(record.message)));
    sql_ += statements_.back() + '\n';
    if (record.kind == aludel::LogKind::statement && record.parameters != "()")
        sql_ += "    " + std::string{record.parameters} + '\n';
}

void Guide::begin(const std::string& sample) {
    sample_ = sample;
    sql_.clear();
    statements_.clear();
    out_.str({});
    std::cout.copyfmt(std::ios{nullptr});
    standard_output_ = std::cout.rdbuf(out_.rdbuf());
}

void Guide::end() {
    std::cout.rdbuf(std::exchange(standard_output_, nullptr));
    output_ = out_.str();
    write("sql", sql_);
    if (!output_.empty()) write("output", output_);
    sample_.clear();
}

void Guide::write(const std::string& kind, const std::string& text) const {
    if (!folder_.empty()) std::ofstream{folder_ / (sample_ + '.' + kind)} << text;
}
