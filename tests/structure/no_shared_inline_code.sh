#!/bin/sh
# no_shared_inline_code.sh NAMESPACE OBJECT: a kernel's object file may hold no weak code outside its own namespace. The linker keeps one copy
# of such code for the whole program, and may keep the one that an older machine cannot execute.
bad=$(nm -C "$2" | grep -E ' [WVu] ' | grep -v -e "entente::$1" -e DW.ref.__gxx_personality_v0)
[ -z "$bad" ] && exit 0
printf '%s\n' "$bad"
exit 1
