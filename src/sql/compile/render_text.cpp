// text("…"): parameters are found by their colons.
#include <algorithm>

#include "sql/compile/renderer.hpp"
#include "sql/expr/text_parameters.hpp"

namespace aludel::detail {

std::string Renderer::render_text(const NamedNode& node) {
    std::string out;
    for (std::size_t position = 0; position < node.name().size();) {
        const TextPiece piece = next_piece(node.name(), position);
        if (piece.kind == TextPiece::Kind::sql) {
            out += protect(piece.text);
        } else if (piece.kind == TextPiece::Kind::colon_name) {
            out.append(":").append(protect(piece.text));
        } else {
            const auto bind = std::find_if(node.children().begin(), node.children().end(), [&](const NodeRef& child) {
                return as<BindNode>(*child).key() == piece.text;
            });
            if (bind != node.children().end()) {
                out += render_bind(as<BindNode>(**bind));
                continue;
            }
            Placeholder placeholder;
            placeholder.slot.bind = BindSlot::no_bind;
            placeholder.slot.name = piece.text;
            placeholder.slot.required = true;
            out += mark(std::move(placeholder));
        }
    }
    return out;
}

}  // namespace aludel::detail
