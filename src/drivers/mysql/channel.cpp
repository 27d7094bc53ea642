#include "drivers/mysql/channel.hpp"

#include "drivers/mysql/failure.hpp"

#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fcntl.h>
#include <algorithm>
#include <utility>

namespace aludel::driver::mysql {

namespace {

using std::chrono::milliseconds;

// How long a server may take to accept a KILL, and then to end what was killed.
constexpr milliseconds kill_limit{2'000};
constexpr milliseconds grace{2'000};
constexpr milliseconds farewell{1'000};

// The client's calls run on a stack of their own. A TLS handshake and the look-up of a name need more than the client's
// default; memory that is never touched is never used.
constexpr std::size_t stack_size = std::size_t{256} * 1024;

Waiter::Clock::time_point deadline_in(milliseconds limit) {
    return limit.count() == 0 ? Waiter::no_deadline : Waiter::Clock::now() + limit;
}

Waiter::Readiness readiness_of(int status) {
    const bool reads = (status & MYSQL_WAIT_READ) != 0;
    const bool writes = (status & MYSQL_WAIT_WRITE) != 0;
    if (reads && writes) return Waiter::Readiness::read_or_write;
    return writes ? Waiter::Readiness::write : Waiter::Readiness::read;
}

// The library sets itself up at its first use, which is not safe in two threads at once.
void initialize_library() {
    static std::once_flag once;
    std::call_once(once, [] { mysql_library_init(0, nullptr, nullptr); });
}

const char* or_null(const std::string& text) { return text.empty() ? nullptr : text.c_str(); }

}  // namespace

Channel::Channel(Target target, Waiter& waiter) : target_(std::move(target)), waiter_(waiter), waits_with_(&waiter_) {
    deadline_ = deadline_in(target_.connect_timeout);
    open();
}

Channel::Channel(const Target& target, Waiter& waiter, Role role, milliseconds limit)
    : target_(target), waiter_(waiter), waits_with_(&waiter_), role_(role) {
    deadline_ = deadline_in(limit);
    open();
}

Channel::~Channel() {
    if (handle_) close_handle(handle_);
    close_retired();
    for (MYSQL_STMT* statement : deferred_) mysql_stmt_close(statement);
}

// Without their handles the statements only free their memory.
void Channel::close_retired() noexcept {
    for (st_mysql* handle : retired_) mysql_close(handle);
    for (MYSQL_STMT* statement : orphans_) mysql_stmt_close(statement);
    retired_.clear();
    orphans_.clear();
}

void Channel::close_handle(st_mysql* handle) noexcept {
    if (!lost_ && !abandoned_) {
        // The word of farewell is written with a limit; behind it the library only frees memory.
        stage_ = Stage::cancelling;
        waits_with_ = &own_waiter_;
        deadline_ = deadline_in(farewell);
        for (int status = mysql_close_start(handle); status != 0;) status = mysql_close_cont(handle, wait(status));
        return;
    }
    mysql_close(handle);
}

void Channel::set_tls_options() {
    const auto set = [this](mysql_option option, const std::string& value) {
        if (!value.empty()) mysql_options(handle_, option, value.c_str());
    };
    if (target_.tls == TlsMode::disabled) return;
    if (target_.tls == TlsMode::preferred && !target_.over_tcp) return;
    mysql_ssl_set(handle_, or_null(target_.ssl_key), or_null(target_.ssl_cert), or_null(target_.ssl_ca),
                  or_null(target_.ssl_capath), or_null(target_.ssl_cipher));
    set(MYSQL_OPT_SSL_CRL, target_.ssl_crl);
    set(MARIADB_OPT_TLS_VERSION, target_.tls_version);
    // The library calls it so, but goes on without encryption where the server has none: see check_tls.
    const my_bool wanted = 1;
    mysql_options(handle_, MYSQL_OPT_SSL_ENFORCE, &wanted);
    const my_bool verified = target_.tls >= TlsMode::verify_identity;
    mysql_options(handle_, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &verified);
}

void Channel::check_tls() {
    if (target_.tls < TlsMode::required || mysql_get_ssl_cipher(handle_)) return;
    throw failure_of(2026, "HY000",
                     fmt::format("TLS is asked for, but the server at {} does not offer it", describe(target_)));
}

// The library reads from a socket that waits in the kernel while it shakes hands for TLS. This keeps it from waiting
// there for longer than it may.
void Channel::limit_handshake(int socket) noexcept {
    if (deadline_ == Waiter::no_deadline) return;
    const auto left = std::chrono::duration_cast<std::chrono::microseconds>(deadline_ - Waiter::Clock::now()).count();
    const auto kept = std::max<std::int64_t>(left, 1'000);
    const timeval limit{kept / 1'000'000, kept % 1'000'000};
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}

void Channel::set_options() {
    const auto set = [this](mysql_option option, const std::string& value) {
        if (!value.empty()) mysql_options(handle_, option, value.c_str());
    };
    mysql_options(handle_, MYSQL_OPT_NONBLOCK, &stack_size);
    mysql_options(handle_, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    const unsigned no_files = 0;
    mysql_options(handle_, MYSQL_OPT_LOCAL_INFILE, &no_files);
    const unsigned protocol = target_.over_tcp ? MYSQL_PROTOCOL_TCP : MYSQL_PROTOCOL_SOCKET;
    mysql_options(handle_, MYSQL_OPT_PROTOCOL, &protocol);
    if (deadline_ != Waiter::no_deadline) {
        // A bound for what the waiter does not see; the deadline comes first.
        const auto left = std::chrono::ceil<std::chrono::seconds>(deadline_ - Waiter::Clock::now()).count();
        const auto seconds = static_cast<unsigned>(std::max<std::int64_t>(left, 1));
        mysql_options(handle_, MYSQL_OPT_CONNECT_TIMEOUT, &seconds);
    }
    if (target_.read_timeout != 0) mysql_options(handle_, MYSQL_OPT_READ_TIMEOUT, &target_.read_timeout);
    if (target_.write_timeout != 0) mysql_options(handle_, MYSQL_OPT_WRITE_TIMEOUT, &target_.write_timeout);
    if (target_.compress) mysql_options(handle_, MYSQL_OPT_COMPRESS, nullptr);
    set(MYSQL_DEFAULT_AUTH, target_.auth_plugin);
    set(MYSQL_PLUGIN_DIR, target_.plugin_dir);
    set(MYSQL_SERVER_PUBLIC_KEY, target_.server_public_key);
    if (!target_.application_name.empty())
        mysql_options4(handle_, MYSQL_OPT_CONNECT_ATTR_ADD, "program_name", target_.application_name.c_str());
    set_tls_options();
}

void Channel::open() {
    initialize_library();
    handle_ = mysql_init(nullptr);
    if (!handle_) throw failure_of(codes::gone_away, "HY001", "there is no memory for a connection");
    set_options();
    stage_ = Stage::connecting;
    const auto connected = await(mysql_real_connect_start, mysql_real_connect_cont, handle_, or_null(target_.host),
                                 or_null(target_.user), target_.password.c_str(), or_null(target_.database),
                                 target_.port, or_null(target_.unix_socket), CLIENT_FOUND_ROWS | CLIENT_MULTI_RESULTS);
    try {
        if (!connected) throw failure();
        check_tls();
    } catch (...) {
        // No destructor runs for what is not made.
        mysql_close(std::exchange(handle_, nullptr));
        throw;
    }
    // With TLS the library takes no other way of not waiting.
    const int socket = mysql_get_socket(handle_);
    ::fcntl(socket, F_SETFL, ::fcntl(socket, F_GETFL) | O_NONBLOCK);
    thread_id_ = mysql_thread_id(handle_);
    stage_ = Stage::idle;
}

void Channel::begin_command() { begin_command(timeout_); }

void Channel::begin_command(milliseconds timeout) {
    if (lost_)
        throw failure_of(codes::gone_away, "HY000",
                         why_.empty() ? "the connection to the server is lost" : std::string{why_});
    close_deferred();
    waits_with_ = &waiter_;
    stage_ = Stage::running;
    limit_command(timeout);
    std::scoped_lock lock{kill_mutex_};
    running_ = true;
}

void Channel::renew_deadline() noexcept { limit_command(timeout_); }

void Channel::limit_command(milliseconds limit) noexcept {
    if (stage_ != Stage::running) return;
    deadline_ = deadline_in(limit);
    note_time();
}

void Channel::note_time() noexcept {
    if (deadline_ != Waiter::no_deadline) waited_ = Waiter::Clock::now();
}

void Channel::end_command() noexcept {
    std::scoped_lock lock{kill_mutex_};
    running_ = false;
    if (stage_ != Stage::given_up) stage_ = Stage::idle;
}

// A command's time is the server's: what its user takes to read a row while the server makes the next ones is not.
void Channel::spare_own_time() noexcept {
    if (stage_ == Stage::running && deadline_ != Waiter::no_deadline) deadline_ += Waiter::Clock::now() - waited_;
}

// The client wants to be called again when its socket is ready. What it is told when that does not happen is that its
// time is over, which makes it close the connection and return.
int Channel::wait(int status) {
    if (stage_ == Stage::given_up) return MYSQL_WAIT_TIMEOUT;
    const bool limited = (status & MYSQL_WAIT_TIMEOUT) != 0;
    const auto limit =
        limited ? Waiter::Clock::now() + milliseconds{mysql_get_timeout_value_ms(handle_)} : Waiter::no_deadline;
    if (stage_ == Stage::connecting) limit_handshake(mysql_get_socket(handle_));
    spare_own_time();
    while (stage_ != Stage::given_up) {
        const auto deadline = std::min(deadline_, limit);
        const auto outcome = waits_with_->wait(mysql_get_socket(handle_), readiness_of(status), deadline);
        if (outcome == Waiter::Outcome::ready) {
            note_time();
            return status & ~MYSQL_WAIT_TIMEOUT;
        }
        if (outcome == Waiter::Outcome::timed_out && limit < deadline_)
            give_up(fmt::format("the server at {} was silent for longer than the URL's time limit", describe(target_)));
        else
            escalate(outcome);
    }
    return MYSQL_WAIT_TIMEOUT;
}

void Channel::escalate(Waiter::Outcome reason) {
    const bool cancelled = reason == Waiter::Outcome::cancelled;
    if (stage_ == Stage::connecting)
        return give_up(cancelled ? fmt::format("connecting to the server at {} was cancelled", describe(target_))
                                 : fmt::format("the server at {} did not answer in time (connect_timeout is {} ms)",
                                               describe(target_), target_.connect_timeout.count()));
    const std::string_view what = cancelled ? "was cancelled" : "took longer than its time limit";
    if (stage_ == Stage::cancelling)
        return give_up(
            fmt::format("a statement was cancelled or ran out of time, and the server at {} did not end it; "
                        "the connection is given up",
                        describe(target_)));
    if (cancelled) waits_with_ = &own_waiter_;
    if (role_ == Role::killer || !kill(*waits_with_))
        return give_up(
            fmt::format("a statement {}, and the server at {} could not be asked to end it; the connection "
                        "is given up",
                        what, describe(target_)));
    stage_ = Stage::cancelling;
    deadline_ = deadline_in(grace);
}

void Channel::give_up(std::string why) noexcept {
    why_ = std::move(why);
    stage_ = Stage::given_up;
    lost_ = true;
    // Where TLS reads, it does not hear of a time limit; a socket that is shut down ends it.
    ::shutdown(mysql_get_socket(handle_), SHUT_RDWR);
}

bool Channel::kill(Waiter& waiter) noexcept {
    try {
        Target target = target_;
        target.connect_timeout = kill_limit;
        target.init_command.clear();
        Channel killer{target, waiter, Role::killer, kill_limit};
        const std::string sql = fmt::format("KILL QUERY {}", thread_id_);
        const Command command{killer, kill_limit};
        return killer.await(mysql_real_query_start, mysql_real_query_cont, killer.handle_, sql.c_str(), sql.size()) ==
               0;
    } catch (const std::exception&) {
        return false;
    }
}

void Channel::interrupt() noexcept {
    const std::scoped_lock lock{kill_mutex_};
    if (!running_) return;
    Waiter waiter;
    kill(waiter);
}

Failure Channel::noted(Failure failure) {
    if (stage_ == Stage::given_up) {
        failure.code = failure.extended_code = thread_id_ == 0 ? codes::cannot_connect : codes::lost;
        failure.sqlstate = "HY000";
        failure.message = why_;
        failure.disconnected = true;
    }
    if (failure.disconnected) {
        lost_ = true;
        if (why_.empty()) why_ = failure.message;
    }
    return failure;
}

Failure Channel::failure() { return noted(failure_of(*handle_)); }
Failure Channel::failure(MYSQL_STMT& statement) { return noted(failure_of(statement)); }

void Channel::abandon() noexcept {
    // Both processes have the socket. This one's number for it is made to mean something else, so that nothing that the
    // library writes while it closes reaches the server.
    lost_ = abandoned_ = true;
    why_ = "the connection belongs to the parent process";
    if (!handle_) return;
    const int nowhere = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    const int socket = mysql_get_socket(handle_);
    if (nowhere < 0 || socket < 0) return;
    ::dup2(nowhere, socket);
    ::close(nowhere);
}

void Channel::reopen() {
    ::shutdown(mysql_get_socket(handle_), SHUT_RDWR);
    retired_.push_back(std::exchange(handle_, nullptr));
    if (statements_ == 0) close_retired();
    closing_ = false;
    lost_ = true;
    thread_id_ = 0;
    why_.clear();
    stage_ = Stage::connecting;
    waits_with_ = &waiter_;
    deadline_ = deadline_in(target_.connect_timeout);
    open();
    lost_ = false;
}

MYSQL_STMT* Channel::new_statement() {
    orphans_.reserve(orphans_.size() + statements_ + 1);
    deferred_.reserve(statements_ + 1);
    MYSQL_STMT* statement = mysql_stmt_init(handle_);
    if (!statement) throw failure();
    ++statements_;
    return statement;
}

// Without its connection, a statement of the library must be freed after the handle: before, it would go on reading
// from a socket that is not there. While another statement's rows are on the connection, it would read them over.
void Channel::close(MYSQL_STMT* statement) noexcept {
    if (!statement) return;
    if (lost_ || closing_ || statement->mysql != handle_) {
        orphans_.push_back(statement);
        --statements_;
        return;
    }
    deferred_.push_back(statement);
    if (stage_ == Stage::idle) close_deferred();
}

void Channel::close_deferred() noexcept {
    if (deferred_.empty()) return;
    stage_ = Stage::cancelling;
    waits_with_ = &own_waiter_;
    deadline_ = deadline_in(farewell);
    while (!deferred_.empty() && stage_ != Stage::given_up) {
        await(mysql_stmt_close_start, mysql_stmt_close_cont, deferred_.back());
        deferred_.pop_back();
        --statements_;
    }
    if (stage_ != Stage::given_up) stage_ = Stage::idle;
}

}  // namespace aludel::driver::mysql
