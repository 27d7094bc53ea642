#include "dialects/text/text_case.hpp"

#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include <aludel/base/error.hpp>
#include <aludel/dialects/dialects.hpp>
#include <aludel/sql/compile/bind_values.hpp>
#include <aludel/sql/compile/dialect.hpp>
#include <aludel/sql/compile/statement_cache.hpp>

namespace text_cases {

namespace {

using Expectations = std::map<std::string, std::map<std::string, std::string>>;

Expectations read(const std::string& aspect) {
    std::ifstream file(std::string(ALUDEL_TEST_SOURCE_DIR) + "/text/expected/" + aspect + ".txt");
    Expectations expectations;
    std::string line, key;
    while (std::getline(file, line)) {
        if (line.starts_with("== ")) {
            key = line.substr(3);
            continue;
        }
        const std::size_t colon = line.find(": ");
        if (colon == std::string::npos)
            expectations[key][line.substr(0, line.size() - 1)] = "";
        else
            expectations[key][line.substr(0, colon)] = line.substr(colon + 2);
    }
    return expectations;
}

template <class Make>
std::string attempt(Make make) {
    try {
        return folded(make());
    } catch (const CompileError&) {
        return "! CompileError";
    } catch (const Error& error) {
        return std::string("! ") + error.what();
    }
}

std::string sent(const NodeRef& node, const Dialect& dialect) {
    const PreparedStatement prepared = prepare(node, dialect);
    return std::string(bind_values(prepared, dialect).text(*prepared.compiled));
}

std::string parameters(const NodeRef& node) {
    std::string list;
    for (const NamedValue& value : parameters_of(node, dialects::sqlite()))
        list += (list.empty() ? "" : ", ") + value.value.repr();
    return "[" + list + "]";
}

bool has_required(const NodeRef& node) {
    const CompiledPtr compiled = compile(node, default_dialect());
    for (const BindSlot& slot : compiled->slots)
        if (slot.required) return true;
    return false;
}

// Compares what each dialect makes of the node with the expectation called `key`.
void check(const std::string& aspect, const std::string& key, const NodeRef& node) {
    const Expectations all = read(aspect);
    ASSERT_TRUE(all.contains(key)) << "tests/dialects/text/expected/" << aspect << ".txt has no case " << key;
    const auto& expected = all.at(key);
    const auto compare = [&](const std::string& what, const std::string& actual) {
        const auto line = expected.find(what);
        // what SQLAlchemy cannot print, aludel may
        if (line == expected.end() || (line->second.starts_with("!") && (what == "literal" || what == "parameters")))
            return;
        EXPECT_EQ(line->second, actual) << what;
    };
    const std::string text = attempt([&] { return to_string(node); });
    const bool required = !text.starts_with("!") && has_required(node);
    compare("default", text);
    if (!required)
        compare("literal", attempt([&] { return to_string(node, default_dialect(), {.literal_binds = true}); }));
    for (const Dialect* dialect : {&dialects::sqlite(), &dialects::postgresql(), &dialects::mysql()})
        compare(std::string(dialect->name()),
                attempt([&] { return required ? compile(node, *dialect)->text : sent(node, *dialect); }));
    if (!required) compare("parameters", attempt([&] { return parameters(node); }));
}

class TextTest : public testing::Test {
  public:
    explicit TextTest(const Case& each) : case_(each) {}
    void TestBody() override { check(case_.aspect, case_.key, case_.make()); }

  private:
    Case case_;
};

}  // namespace

bool add(const Case& each, const char* file, int line) {
    testing::RegisterTest(each.aspect, each.key, nullptr, nullptr, file, line,
                          [each]() -> testing::Test* { return new TextTest(each); });
    return true;
}

}  // namespace text_cases
