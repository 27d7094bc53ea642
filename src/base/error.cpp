#include "aludel/base/error.hpp"

#include <string>
#include <utility>
#include <vector>

namespace aludel {

namespace detail {

/// What the copies of one error share. Written only while nobody else holds it.
class ErrorState : public RefCounted {
  public:
    ErrorState(std::string sentence, std::string_view code_name) : message(std::move(sentence)), code(code_name) {}

    std::string message;
    std::string code;
    std::vector<std::string> details;
    StatementContext context;
    DriverReport report;
    std::string text;
};

namespace {

void append_statement(std::string& text, const StatementContext& context) {
    if (context.statement.empty()) return;
    text += "\n[SQL: " + context.statement + "]";
    if (context.parameters_hidden)
        text += "\n[SQL parameters hidden due to hide_parameters=True]";
    else if (!context.parameters.empty())
        text += "\n[parameters: " + context.parameters + "]";
}

void hide(StatementContext& context) {
    if (context.parameters_hidden) context.parameters.clear();
}

}  // namespace

}  // namespace detail

Error::Error(std::string message, std::string_view code)
    : state_(make_ref<detail::ErrorState>(std::move(message), code)) {
    rebuild_text();
}

Error::Error(const Error& other) noexcept = default;
Error& Error::operator=(const Error& other) noexcept = default;
Error::~Error() = default;

const char* Error::what() const noexcept { return state_->text.c_str(); }
const std::string& Error::message() const noexcept { return state_->message; }
std::string_view Error::code() const noexcept { return state_->code; }

void Error::add_detail(std::string detail) {
    own_state().details.push_back(std::move(detail));
    rebuild_text();
}

detail::ErrorState& Error::own_state() {
    if (!state_->unique()) state_ = make_ref<detail::ErrorState>(*state_);
    return *state_;
}

void Error::rebuild_text() {
    detail::ErrorState& state = *state_;
    std::string text;
    for (const std::string& detail : state.details) text += "(" + detail + ")\n";
    text += state.message;
    detail::append_statement(text, state.context);
    if (!state.code.empty()) text += "\n(Background on this error at: docs/errors.md#" + state.code + ")";
    state.text = std::move(text);
}

StatementError::StatementError(std::string message, std::string_view code, StatementContext context)
    : Error(std::move(message), code) {
    if (context.statement.empty()) return;
    detail::hide(context);
    own_state().context = std::move(context);
    rebuild_text();
}

const std::string& StatementError::statement() const noexcept { return state().context.statement; }
const std::string& StatementError::parameters() const noexcept { return state().context.parameters; }

void StatementError::set_statement(StatementContext context) {
    if (!state().context.statement.empty()) return;
    detail::hide(context);
    own_state().context = std::move(context);
    rebuild_text();
}

DBAPIError::DBAPIError(std::string message, std::string_view code, StatementContext context, DriverReport report)
    : StatementError(std::move(message), code, std::move(context)) {
    own_state().report = std::move(report);
}

const std::string& DBAPIError::driver_message() const noexcept { return report().message; }
const std::string& DBAPIError::sqlstate() const noexcept { return report().sqlstate; }
int DBAPIError::driver_code() const noexcept { return report().code; }
bool DBAPIError::connection_invalidated() const noexcept { return report().connection_invalidated; }
bool DBAPIError::retryable() const noexcept { return report().retryable; }
bool DBAPIError::outcome_in_doubt() const noexcept { return report().outcome_in_doubt; }
const DriverReport& DBAPIError::report() const noexcept { return state().report; }

}  // namespace aludel
