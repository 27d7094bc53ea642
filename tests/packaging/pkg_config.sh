#!/usr/bin/env bash
# Compiles and runs the consumer with what pkg-config says and nothing else.
#   pkg_config.sh <pkg-config> <folder of aludel.pc> <main.cpp> <program> <compiler> [flags]
set -euo pipefail

pkg_config=$1 folder=$2 source=$3 program=$4
shift 4
export PKG_CONFIG_PATH=$folder
# The flags are lists of words by design.
# shellcheck disable=SC2046
"$@" -std=c++20 -Wall -Wextra -Werror "$source" -o "$program" $("$pkg_config" --cflags --libs aludel)
"$program"
