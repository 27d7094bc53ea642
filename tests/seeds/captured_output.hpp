// What a program writes to standard output.
#pragma once

#include "support/temporary.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

namespace notes {

/// Runs `program` with standard output going to a file, and returns the file's text.
template <class Program>
std::string output_of(const Program& program) {
    const aludel::test::TemporaryDirectory directory;
    const std::string path = directory.file("output");
    const auto redirect = [](int to) {
        std::cout.flush();
        std::fflush(stdout);
        ::dup2(to, STDOUT_FILENO);
        ::close(to);
    };
    const int before = ::dup(STDOUT_FILENO);
    redirect(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600));
    try {
        program();
    } catch (...) {
        redirect(before);
        throw;
    }
    redirect(before);
    std::ifstream file{path};
    return {std::istreambuf_iterator<char>{file}, {}};
}

}  // namespace notes
