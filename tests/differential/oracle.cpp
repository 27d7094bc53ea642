#include "differential/oracle.hpp"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <stdexcept>

namespace differential {

namespace {

using Records = std::map<std::string, std::vector<std::string>, std::less<>>;

std::string read_file(const char* path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error(std::string("cannot read what SQLAlchemy emits from ") + path);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string run_oracle() {
    const std::string command = "'" ALUDEL_SQLALCHEMY_PYTHON "' '" ALUDEL_TEST_SOURCE_DIR "/oracle.py'";
    std::FILE* pipe = ::popen(command.c_str(), "r");
    if (!pipe) throw std::runtime_error("cannot start " + command);
    std::string text;
    char buffer[4096];
    for (std::size_t n; (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) text.append(buffer, n);
    if (::pclose(pipe) != 0)
        throw std::runtime_error(
            "oracle.py failed, its reason is above; without SQLAlchemy 1.4 install python3-sqlalchemy "
            "(tools/setup does it). The command was " +
            command);
    return text;
}

Records parse(const std::string& text) {
    Records records;
    std::vector<std::string>* current = nullptr;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("case "))
            current = &records[line.substr(5)];
        else if (current && line.starts_with('\t'))
            current->push_back(line.substr(1));
    }
    return records;
}

}  // namespace

std::optional<std::vector<std::string>> expected_statements(std::string_view case_name) {
    static const Records records = [] {
        const char* file = std::getenv("ALUDEL_EXPECTED_STATEMENTS");
        return parse(file ? read_file(file) : run_oracle());
    }();
    const auto found = records.find(case_name);
    return found == records.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace differential
