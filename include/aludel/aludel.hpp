// The whole of aludel: what a program needs to map classes and talk to a database.
#pragma once

#include <aludel/base/error.hpp>
#include <aludel/dialects/dialects.hpp>
#include <aludel/engine/engine.hpp>
#include <aludel/orm/columns.hpp>
#include <aludel/orm/mapping.hpp>
#include <aludel/orm/members.hpp>
#include <aludel/orm/query.hpp>
#include <aludel/orm/registry.hpp>
#include <aludel/orm/session.hpp>
#include <aludel/orm/session_maker.hpp>
#include <aludel/orm/table_args.hpp>
#include <aludel/sql/compile/ddl.hpp>
#include <aludel/sql/compile/to_string.hpp>
#include <aludel/sql/expr/constructs.hpp>
#include <aludel/sql/expr/dml.hpp>
#include <aludel/sql/expr/func.hpp>
#include <aludel/sql/expr/select.hpp>
#include <aludel/sql/expr/text.hpp>
#include <aludel/sql/schema/metadata.hpp>
#include <aludel/sql/schema/table.hpp>
#include <aludel/types/bytes.hpp>
#include <aludel/types/date_time.hpp>
#include <aludel/types/decimal.hpp>
#include <aludel/types/json.hpp>
#include <aludel/types/uuid.hpp>
