// The whole of aludel: what a program needs to map classes and talk to a database.
#pragma once

#include <aludel/base/error.hpp>
#include <aludel/engine/engine.hpp>
#include <aludel/orm/columns.hpp>
#include <aludel/orm/mapping.hpp>
#include <aludel/orm/members.hpp>
#include <aludel/orm/query.hpp>
#include <aludel/orm/registry.hpp>
#include <aludel/orm/session.hpp>
#include <aludel/orm/session_maker.hpp>
#include <aludel/orm/table_args.hpp>
#include <aludel/sql/schema/metadata.hpp>
#include <aludel/sql/schema/table.hpp>
