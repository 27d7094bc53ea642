// The echo of an engine, read back into statements.
#pragma once

#include "support/log_capture.hpp"

#include <regex>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace notes {

/// What a program with `.echo = true` printed: its statements in the form of the transcripts (folded, parameters behind
/// four spaces), and the lines that are the program's own. A line of its own may be interrupted by the log.
struct Echo {
    std::vector<std::string> log;
    std::vector<std::string> own;

    explicit Echo(const std::string& output) {
        std::istringstream lines{output};
        for (std::string line; std::getline(lines, line);) read(line);
    }

  private:
    void read(const std::string& line) {
        static const std::regex start{R"((.*?)\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} INFO aludel\.engine\.Engine (.*))"};
        static const std::regex parameters{R"(\[(?:generated in|cached since|no key|raw sql).*?\] (.*))"};
        std::smatch parts, values;
        if (!std::regex_match(line, parts, start)) {
            if (in_statement_) {
                statement_ += "\n" + line;
            } else {
                own.push_back(std::exchange(begun_, "") + line);
            }
            return;
        }
        begun_ += parts[1];
        const std::string message = parts[2];
        if (std::regex_match(message, values, parameters)) {
            log.push_back(aludel::test::folded(statement_));
            log.push_back("    " + values[1].str());
            in_statement_ = false;
        } else if (message.starts_with("BEGIN") || message == "COMMIT" || message == "ROLLBACK") {
            log.push_back(message);
        } else {
            statement_ = message;
            in_statement_ = true;
        }
    }

    std::string statement_;
    std::string begun_;  // a line of the program's own before the log interrupted it
    bool in_statement_ = false;
};

}  // namespace notes
