// How far the work is: a bar that moves on a terminal, a line for each kind of record elsewhere.
#pragma once

#include <unistd.h>

#include <cstddef>
#include <iomanip>
#include <iostream>
#include <string>
#include <string_view>

class ProgressBar {
  public:
    void operator()(std::string_view what, std::size_t done, std::size_t all) {
        const bool is_complete = done == all;
        if (moves_ && (is_complete || done * 100 / all != percent_)) {
            percent_ = done * 100 / all;
            const std::size_t filled = percent_ * width / 100;
            std::cout << "\r\x1b[K[" << std::string(filled, '#') << std::string(width - filled, ' ') << "] "
                      << std::setw(3) << percent_ << "% " << what << ' ' << done << '/' << all << std::flush;
        }
        if (is_complete) std::cout << (moves_ ? "" : std::string{what} + ' ' + std::to_string(all)) << std::endl;
    }

  private:
    static constexpr std::size_t width = 30;
    bool moves_ = ::isatty(STDOUT_FILENO) == 1;
    std::size_t percent_ = 0;
};
