#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <exception>
#include <functional>
#include <string>
#include <vector>

namespace aludel::test {

/// Runs `work` in a child of a fork; the text that it returns is what was wrong there.
inline void expect_in_child(const std::function<std::string()>& work) {
    int pipe_ends[2];
    ASSERT_EQ(::pipe(pipe_ends), 0);
    const ::pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        std::string complaint;
        try {
            complaint = work();
        } catch (const std::exception& error) {
            complaint = error.what();
        }
        const auto written = ::write(pipe_ends[1], complaint.data(), complaint.size());
        ::_exit(written == static_cast<::ssize_t>(complaint.size()) && complaint.empty() ? 0 : 1);
    }
    ::close(pipe_ends[1]);
    std::string complaint;
    char buffer[512];
    for (::ssize_t count = 0; (count = ::read(pipe_ends[0], buffer, sizeof buffer)) > 0;)
        complaint.append(buffer, static_cast<std::size_t>(count));
    ::close(pipe_ends[0]);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << complaint;
}

/// For use in a child, where gtest cannot report.
inline std::string unless(bool right, const std::string& complaint) { return right ? std::string{} : complaint + "\n"; }

inline bool is_empty(const std::vector<std::string>& said) { return said.empty(); }

}  // namespace aludel::test
