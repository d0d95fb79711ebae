#!/bin/sh
# Builds the module by the preset `wasm`, if this machine can. Arguments: the source folder, cmake.
set -eu
log=$1/build/wasm/tests.log
mkdir -p "$1/build/wasm"
if ! echo 'int main() { return 0; }' | clang++ --target=wasm32-wasi -x c++ - -o "$1/build/wasm/possible.wasm" 2>"$log"; then
    rm -f "$1/build/wasm/entente.wasm"
    echo 'SKIPPED LOUDLY: the model was not built for browsers, because clang has no parts for wasm32-wasi here (README.md, The model in a browser)'
    exit 0
fi
[ -f "$1/build/wasm/build.ninja" ] || (cd "$1" && "$2" --preset wasm >"$log" 2>&1) || { cat "$log"; exit 1; }
ninja -C "$1/build/wasm" --quiet
