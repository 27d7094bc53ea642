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
    report.message = failure.message;
    Diagnosis diagnosis = dialect.classify(report);
    diagnosis.disconnect |= failure.disconnected;
    return diagnosis;
}

DriverReport report_of(const driver::Failure& failure, Diagnosis diagnosis) {
    DriverReport report;
    report.message = failure.message;
    report.sqlstate = failure.sqlstate;
    report.code = failure.extended_code;
    report.connection_invalidated = diagnosis.disconnect;
    report.constraint = std::move(diagnosis.constraint);
    report.table = std::move(diagnosis.table);
    report.columns = std::move(diagnosis.columns);
    return report;
}

std::string message_of(const driver::Failure& failure, const Dialect& dialect, std::string_view class_name) {
    std::string message = fmt::format("({}.{}) {}", dialect.name(), class_name, failure.message);
    if (failure.position >= 0) message += fmt::format(", at character {}", failure.position + 1);
    return message;
}

}  // namespace

bool is_disconnect(const driver::Failure& failure, const Dialect& dialect) {
    return failure.disconnected || diagnose(failure, dialect).disconnect;
}

void throw_translated(const driver::Failure& failure, const Dialect& dialect, StatementContext context) {
    Diagnosis diagnosis = diagnose(failure, dialect);
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
