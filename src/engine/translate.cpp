#include <aludel/sql/compile/dialect.hpp>

#include "engine/translate.hpp"

#include <fmt/format.h>

#include <utility>

namespace aludel::detail {

namespace {

Diagnosis diagnose(const driver::Failure& failure, const Dialect& dialect) {
    FailureReport report;
    report.code = failure.code;
    report.extended_code = failure.extended_code;
    report.sqlstate = failure.sqlstate;
    // The detail names the columns of a key.
    const std::string words = failure.detail.empty() ? failure.message : failure.message + '\n' + failure.detail;
    report.message = words;
    Diagnosis diagnosis = dialect.classify(report);
    diagnosis.disconnect |= failure.disconnected;
    // Fields of their own are surer than words found in a message.
    if (!failure.constraint.empty()) diagnosis.constraint = failure.constraint;
    if (!failure.table.empty()) diagnosis.table = failure.table;
    if (!failure.column.empty()) diagnosis.columns = {failure.column};
    // What the driver interface itself says of a function that a driver leaves out.
    if (failure.code == 0 && failure.sqlstate == "0A000") diagnosis.error = ErrorClass::not_supported;
    return diagnosis;
}

DriverReport report_of(const driver::Failure& failure, Diagnosis diagnosis) {
    DriverReport report;
    report.message = failure.message;
    report.sqlstate = failure.sqlstate;
    report.code = failure.extended_code;
    report.connection_invalidated = diagnosis.disconnect;
    report.retryable = diagnosis.retryable;
    report.outcome_in_doubt = diagnosis.in_doubt;
    report.constraint = std::move(diagnosis.constraint);
    report.table = std::move(diagnosis.table);
    report.columns = std::move(diagnosis.columns);
    return report;
}

std::string message_of(const driver::Failure& failure, const Dialect& dialect, std::string_view class_name) {
    std::string message = fmt::format("({}.{}) {}", dialect.name(), class_name, failure.message);
    if (failure.position >= 0) message += fmt::format(", at character {}", failure.position + 1);
    if (!failure.detail.empty()) message += "\nDETAIL:  " + failure.detail;
    if (!failure.hint.empty()) message += "\nHINT:  " + failure.hint;
    return message;
}

[[noreturn]] void throw_in_doubt(const driver::Failure& failure, const Dialect& dialect, StatementContext context,
                                 Diagnosis diagnosis) {
    diagnosis.retryable = false;
    OperationalError error{message_of(failure, dialect, "OperationalError"), "indoubt", std::move(context),
                           report_of(failure, std::move(diagnosis))};
    error.add_detail(
        "The outcome is in doubt: the connection broke before the database said whether it kept what was to be "
        "committed. Look in the database for it before you run the same again.");
    throw error;
}

}  // namespace

bool is_disconnect(const driver::Failure& failure, const Dialect& dialect) {
    return failure.disconnected || diagnose(failure, dialect).disconnect;
}

void throw_translated(const driver::Failure& failure, const Dialect& dialect, StatementContext context, bool in_doubt) {
    Diagnosis diagnosis = diagnose(failure, dialect);
    diagnosis.in_doubt |= in_doubt;
    if (diagnosis.in_doubt) throw_in_doubt(failure, dialect, std::move(context), std::move(diagnosis));
    const auto error = diagnosis.error;
    auto report = report_of(failure, std::move(diagnosis));
    const auto message = [&](std::string_view class_name) { return message_of(failure, dialect, class_name); };
    switch (error) {
        case ErrorClass::interface_:
            throw InterfaceError(message("InterfaceError"), "rvf5", std::move(context), std::move(report));
        case ErrorClass::data: throw DataError(message("DataError"), "9h9h", std::move(context), std::move(report));
        case ErrorClass::operational:
            throw OperationalError(message("OperationalError"), "e3q8", std::move(context), std::move(report));
        case ErrorClass::integrity:
            throw IntegrityError(message("IntegrityError"), "gkpj", std::move(context), std::move(report));
        case ErrorClass::internal:
            throw InternalError(message("InternalError"), "2j85", std::move(context), std::move(report));
        case ErrorClass::programming:
            throw ProgrammingError(message("ProgrammingError"), "f405", std::move(context), std::move(report));
        case ErrorClass::not_supported:
            throw NotSupportedError(message("NotSupportedError"), "tw8g", std::move(context), std::move(report));
        case ErrorClass::database: break;
    }
    throw DatabaseError(message("DatabaseError"), "4xp6", std::move(context), std::move(report));
}

}  // namespace aludel::detail
