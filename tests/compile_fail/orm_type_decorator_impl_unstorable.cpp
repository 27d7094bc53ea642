// expect: aludel: `impl` of a TypeDecorator must be a type that aludel can store
#include <aludel/aludel.hpp>

using namespace aludel;

struct Money {
    long cents = 0;
};
struct Cents {
    long count = 0;
};

template <>
struct aludel::TypeDecorator<Money> {
#ifdef WRONG
    using impl = Cents;
    static Cents process_bind_param(const Money& value) { return {value.cents}; }
    static Money process_result_value(const Cents& stored) { return {stored.count}; }
#else
    using impl = long;
    static long process_bind_param(const Money& value) { return value.cents; }
    static Money process_result_value(long stored) { return {stored}; }
#endif
};

struct Account {
    static constexpr auto table_name = "account";
    Mapped<int, primary_key> id;
    Mapped<Money> balance;
};

using Base = Registry<Account>;
MetaData& metadata = Base::metadata();
