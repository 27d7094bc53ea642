// How the tutorial's objects print.
#include "models.hpp"

#include <ostream>

namespace {

/// A text in quotes, double ones if it has an apostrophe, or None.
struct Quoted {
    const std::optional<std::string>& text;

    friend std::ostream& operator<<(std::ostream& out, const Quoted& quoted) {
        if (!quoted.text) return out << "None";
        const char mark = quoted.text->find('\'') == std::string::npos ? '\'' : '"';
        return out << mark << *quoted.text << mark;
    }
};

}  // namespace

std::ostream& operator<<(std::ostream& out, const User& user) {
    return out << "<User(name=" << Quoted{*user.name} << ", fullname=" << Quoted{*user.fullname}
               << ", password=" << Quoted{*user.password} << ")>";
}

std::ostream& operator<<(std::ostream& out, const Address& address) {
    return out << "<Address(email_address='" << *address.email_address << "')>";
}

std::ostream& operator<<(std::ostream& out, const BlogPost& post) {
    return out << "BlogPost(" << Quoted{*post.headline} << ", " << Quoted{*post.body} << ", " << post.author << ")";
}
