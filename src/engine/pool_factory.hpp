#pragma once

#include <aludel/engine/driver.hpp>
#include <aludel/engine/options.hpp>

#include "engine/pool.hpp"

#include <memory>

namespace aludel::detail {

/// The pool that the options ask for, or the one that suits the database. The name of its class and what the options
/// say about connections are filled into `setup`.
std::unique_ptr<Pool> make_pool(PoolSetup setup, const EngineOptions& options, driver::PoolKind kind);

}  // namespace aludel::detail
