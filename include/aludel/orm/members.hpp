// The list of attributes of a class that is no aggregate.
#pragma once

namespace aludel {

/// Names the mapped members of a class that is no aggregate, has private members or inherits members:
/// `using mapped = Members<&Engineer::id, &Engineer::title>;`. The order is that of the columns. The class needs a
/// default constructor; rows that are loaded are built with it and then filled.
template <auto... MemberPointers>
struct Members {};

}  // namespace aludel
