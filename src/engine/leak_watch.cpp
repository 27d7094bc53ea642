#include "engine/leak_watch.hpp"

#include <cxxabi.h>
#if __has_include(<execinfo.h>)
#define ALUDEL_HAS_BACKTRACE 1
#include <execinfo.h>
#endif

#include <fmt/format.h>
#include <fmt/std.h>

#include <array>
#include <cstdlib>
#include <iterator>
#include <memory>
#include <thread>

namespace aludel::detail {

namespace {

#ifdef ALUDEL_HAS_BACKTRACE
struct Free {
    void operator()(void* memory) const noexcept { std::free(memory); }
};

// `program(_ZN3app3runEv+0x12) [0x…]` with the function's name as it was written.
std::string readable_frame(std::string_view frame) {
    const auto begin = frame.find('(');
    const auto end = frame.find('+', begin);
    if (begin == std::string_view::npos || end == std::string_view::npos || end == begin + 1) return std::string{frame};
    const std::string mangled{frame.substr(begin + 1, end - begin - 1)};
    int status = 0;
    const std::unique_ptr<char, Free> name{abi::__cxa_demangle(mangled.c_str(), nullptr, nullptr, &status)};
    return name ? fmt::format("{} in {}", name.get(), frame.substr(0, begin)) : std::string{frame};
}

std::vector<void*> current_frames() {
    std::array<void*, 48> addresses;
    const int depth = ::backtrace(addresses.data(), static_cast<int>(addresses.size()));
    return {addresses.begin(), addresses.begin() + depth};
}

std::vector<std::string> frame_texts(const std::vector<void*>& frames) {
    if (frames.empty()) return {};
    const std::unique_ptr<char*, Free> symbols{::backtrace_symbols(frames.data(), static_cast<int>(frames.size()))};
    std::vector<std::string> texts;
    for (std::size_t i = 0; symbols && i < frames.size(); ++i) texts.push_back(readable_frame(symbols.get()[i]));
    return texts;
}
#else
std::vector<void*> current_frames() { return {}; }
std::vector<std::string> frame_texts(const std::vector<void*>&) { return {}; }
#endif

}  // namespace

std::uint64_t LeakWatch::note(std::uint64_t connection, const std::source_location& where) {
    if (!is_on()) return 0;
    const auto thread = fmt::format("{}", std::this_thread::get_id());
    Entry out{{connection, where, std::chrono::system_clock::now(), thread, {}}, {}};
    if (report_ == LeakReport::backtrace) out.frames = current_frames();
    std::scoped_lock lock{mutex_};
    out_.emplace(++last_, std::move(out));
    return last_;
}

void LeakWatch::forget(std::uint64_t token) noexcept {
    if (token == 0) return;
    std::scoped_lock lock{mutex_};
    out_.erase(token);
}

std::vector<CheckedOutConnection> LeakWatch::list() const {
    std::scoped_lock lock{mutex_};
    std::vector<CheckedOutConnection> list;
    list.reserve(out_.size());
    for (const auto& [token, out] : out_) {
        list.push_back(out.connection);
        list.back().backtrace = frame_texts(out.frames);
    }
    return list;
}

void LeakWatch::clear() noexcept {
    std::scoped_lock lock{mutex_};
    out_.clear();
}

std::string place_text(const std::source_location& where) {
    return fmt::format("{}:{} ({})", where.file_name(), where.line(), where.function_name());
}

std::string leak_text(const std::vector<CheckedOutConnection>& out) {
    if (out.empty()) return {};
    std::string text =
        fmt::format("{} of the pool {} in use:",
                    out.size() == 1 ? std::string{"1 connection"} : fmt::format("{} connections", out.size()),
                    out.size() == 1 ? "is" : "are");
    const auto now = std::chrono::system_clock::now();
    for (const auto& each : out) {
        fmt::format_to(std::back_inserter(text), "\n  connection {}, for {:.3f} s, thread {}, taken at {}", each.id,
                       std::chrono::duration<double>(now - each.since).count(), each.thread, place_text(each.where));
        for (const auto& frame : each.backtrace) text += "\n      " + frame;
    }
    return text;
}

}  // namespace aludel::detail
