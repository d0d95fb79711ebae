#!/bin/bash
# The packages for Debian: built, linted, looked through, installed in a clean root, used and removed there. package.sh SOURCE BUILD CMAKE
# What cannot be tried here is said loudly. The root holds what the packages that it depends on hold and nothing else, not even a shell; with ENTENTE_CLEAN_ROOT=debootstrap
# it is the least Debian, in minutes. Both take root and a mirror.
set -euo pipefail
source=$1 build=$2 cpack=${3%cmake}cpack
work=$build/package_test
root=$work/root
failed=0

fail() { echo "FAILED: $*"; failed=1; }
skip() { echo "SKIPPED LOUDLY: $*"; }
part() { echo "== $* (at $SECONDS s)"; }

if ! command -v dpkg-deb dpkg-shlibdeps >/dev/null; then
    skip 'no package was made, because this machine lacks dpkg-dev'
    exit 0
fi
rm -rf "$work"
mkdir -p "$work"

part making
(cd "$build" && "$cpack" -B "$work") >"$work/cpack.log" 2>&1 || { cat "$work/cpack.log"; exit 1; }
mpi=$(find "$work" -maxdepth 1 -name 'entente-mpi_*.deb')
program=$(echo "$work"/entente_*.deb) library=$(echo "$work"/libentente-dev_*.deb)
version=$(sed -n 's/^project(entente VERSION \([0-9.]*\) .*/\1/p' "$source/CMakeLists.txt")
field() { dpkg-deb -f "$1" "$2"; }
[ "$(field "$program" Version)" = "$version-1" ] || fail "the version is $(field "$program" Version), and the project's $version"
for library_needed in libc6 libfmt libboost-program-options libsz libstdc++6 libgcc-s1 zlib1g; do
    field "$program" Depends | grep -q "$library_needed" || fail "does not depend on $library_needed"
done
field "$program" Recommends | grep -q gnuplot-nox || fail 'does not recommend gnuplot'
for header in libfmt-dev nlohmann-json3-dev libhdf5-dev; do field "$library" Depends | grep -q "$header" || fail "the library does not depend on $header"; done
if [ -n "$mpi" ]; then
    for needed in "entente (= $version-1)" openmpi-bin libopenmpi; do field "$mpi" Depends | grep -qF "$needed" || fail "the program for many ranks does not depend on $needed"; done
else
    skip 'no package of the program for many ranks was made, because none was built (apt-get install libopenmpi-dev openmpi-bin)'
fi

part linting
if command -v lintian >/dev/null; then
    # The library's archive takes lintian a minute, and holds what the program does: here of one member.
    dpkg-deb -R "$library" "$work/short"
    (cd "$work/short/usr/lib" && ar x libentente.a version.cpp.o && rm libentente.a && ar rcD libentente.a version.cpp.o && rm version.cpp.o)
    (cd "$work/short" && find usr -type f -exec md5sum {} + | sort -k2 >DEBIAN/md5sums)
    dpkg-deb --root-owner-group -Zgzip -b "$work/short" "$work/${library##*/}.short.deb" >/dev/null
    lintian --fail-on error --tag-display-limit 0 --allow-root "$program" ${mpi:+"$mpi"} "$work/${library##*/}.short.deb" >"$work/lintian" 2>"$work/lintian.err" ||
        fail "lintian finds errors, or ends with: $(tail -1 "$work/lintian.err")"
    # what is meant as it is stands in package/overrides, with its reason
    if grep -E '^[EW]: ' "$work/lintian"; then fail 'lintian warns'; fi
    rm -rf "$work/short"
else
    skip 'the packages were not linted, because this machine lacks lintian'
fi

part 'looking through'
dpkg-deb -x "$program" "$work/program"
dpkg-deb -x "$library" "$work/library"
[ -z "$mpi" ] || dpkg-deb -x "$mpi" "$work/program" # as both are installed
for path in bin/entente share/man/man1/entente.1.gz share/bash-completion/completions/entente share/zsh/vendor-completions/_entente share/fish/vendor_completions.d/entente.fish \
    share/doc/entente/{README.md,README.Debian,ODD.md,LICENCES.md,copyright,CITATION.cff,changelog.gz,changelog.Debian.gz} \
    share/entente/scenarios/{baseline.toml,sweeps/four_drivers.toml,TUTORIAL.md} share/entente/calibration/{baseline.toml,baseline_posterior.h5,targets.csv,data/open/macro_annual.csv} \
    share/entente/results/{README,JSON,RECIPES}.md; do
    [ -s "$work/program/usr/$path" ] || fail "/usr/$path is not in the package"
done
for path in lib/libentente.a lib/cmake/entente/entente-config.cmake include/entente/analysis/answer.hpp share/doc/libentente-dev/copyright; do
    [ -s "$work/library/usr/$path" ] || fail "/usr/$path is not in the library's package"
done
named=$(grep -rlaF -e "$source" -e "$build" "$work/program" "$work/library" || :)
[ -z "$named" ] || fail "names a folder of the machine that it was made on: $named"
if readelf -SW "$work/program/usr/bin/entente" | grep -q '\.symtab\|\.debug'; then fail 'the program is not stripped'; fi
[ -z "$(find "$work/program" "$work/library" ! -type l -perm /022)" ] || fail 'something may be written by others'
while read -r link; do [ -e "$link" ] || fail "$link leads nowhere"; done < <(find "$work/program" -type l)
# what README.md links to lies where it says
while read -r link; do
    case $link in http* | '#'*) continue ;; esac
    [ -e "$work/program/usr/share/doc/entente/${link%%#*}" ] || fail "README.md links to $link, which is not there"
done < <(grep -o '](\([^) ]*\))' "$work/program/usr/share/doc/entente/README.md" | sed 's/](\(.*\))/\1/')
if grep -E '^entente test|builds on first use|[|] .entente test. [|]' "$work/program/usr/share/doc/entente/README.md"; then fail 'README.md tells what only the launcher in the sources does'; fi

if [ -n "$mpi" ] && command -v mpirun >/dev/null; then
    OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 mpirun --oversubscribe --bind-to none -n 2 "$work/program/usr/bin/entente-mpi" run \
        "$work/program/usr/share/entente/scenarios/baseline.toml" --runs 20 --out "$work/ranks.h5" >"$work/answer" 2>"$work/talk" || { cat "$work/talk"; fail 'two ranks of the packaged program do not run'; }
    grep -q 'in 2045Q1' "$work/answer" || fail "no answer of two ranks: $(head -3 "$work/answer")"
fi

(cd "$work" && program/usr/bin/entente bench --runs 16 --rounds 1) >"$work/answer" 2>"$work/talk" || { cat "$work/talk"; fail 'bench does not find a scenario that ships'; }

# A page with the model in it, or one line that says what is missing.
explored=0
"$work/program/usr/bin/entente" explore "$work/program/usr/share/entente/scenarios/baseline.toml" --out "$work/page.html" >"$work/explored" 2>&1 || explored=$?
if [ -e "$work/program/usr/share/entente/wasm/entente.wasm" ]; then
    [ $explored -eq 0 ] || fail "no page with the model in it: $(cat "$work/explored")"
else
    [ "$explored/$(grep -c . "$work/explored")/$(grep -c "$work/program/usr/share/entente/wasm/entente.wasm: the model as a WebAssembly module is not there" "$work/explored")" = 1/1/1 ] ||
        fail "a missing module is not said in one line: $(cat "$work/explored")"
    skip 'no page was made with the packaged program, because no module for browsers was built here'
fi

uses() # COMMAND... : runs it where the package is installed, or in the folder that it was unpacked to
{
    part "using it, by ${1:-its path}"
    local run=("$@")
    "${run[@]}" entente --version | head -1 | grep -qF "entente $version " || fail 'it does not say its version'
    "${run[@]}" entente run "$share/scenarios/baseline.toml" --runs 20 --out "$scratch/baseline.h5" >"$work/answer" 2>"$work/talk" || { cat "$work/talk"; fail 'a scenario that ships does not run'; }
    grep -q 'in 2045Q1' "$work/answer" || fail "no answer: $(head -3 "$work/answer")"
    "${run[@]}" entente show "$scratch/baseline.h5" --csv shares | grep -q '2045Q1.*transactional' || fail 'no table of a result'
    "${run[@]}" entente diagnose "$share/calibration/baseline_posterior.h5" >/dev/null || fail 'the posterior that ships cannot be read'
}

# What apt would add to nothing at all.
closure()
{
    mkdir -p "$work/apt/partial" "$root/var/lib/dpkg"
    : >"$root/var/lib/dpkg/status"
    local apt=(apt-get -y -qq -o Dir::State::status="$root/var/lib/dpkg/status" -o Dir::Cache::archives="$work/apt" -o Debug::NoLocking=1 -o Acquire::Retries=2 --no-install-recommends)
    "${apt[@]}" --download-only install "$program" >"$work/apt.log" 2>&1 || { skip "no clean root, because apt ended with: $(tail -1 "$work/apt.log")"; return 1; }
    local package
    for package in "$work"/apt/*.deb; do dpkg-deb -x "$package" "$root"; done
    within() { chroot "$root" "$@"; }
    dpkg() { command dpkg --root="$root" --force-depends --log=/dev/null "$@"; } # what it depends on is there, and not in its list
}

debian()
{
    command -v debootstrap >/dev/null || { skip 'no clean root, because this machine lacks debootstrap'; return 1; }
    local suite mirror needed
    # shellcheck disable=SC1091
    suite=$(. /etc/os-release && echo "${VERSION_CODENAME-}")
    mirror=$(sed -n 's/^URIs: *\([^ ]*\).*/\1/p; s/^deb  *\(\[[^]]*\] *\)\{0,1\}\(http[^ ]*\) .*/\2/p' /etc/apt/sources.list.d/*.sources /etc/apt/sources.list 2>/dev/null | head -1)
    needed=$(field "$program" Depends | sed 's/ *([^)]*)//g; s/ *|[^,]*//g; s/ //g')
    debootstrap --variant=minbase --include="$needed" "$suite" "$root" "${mirror:-http://deb.debian.org/debian}" >"$work/debootstrap.log" 2>&1 ||
        { skip "no clean root, because debootstrap ended with: $(tail -1 "$work/debootstrap.log")"; return 1; }
    within() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 "$@"; }
    dpkg()
    {
        local words=("$@")
        within dpkg "${words[@]/#$program//tmp/entente.deb}"
    }
}

clean_root()
{
    [ "$(id -u)" -eq 0 ] || { skip 'no clean root, because this takes root'; return 1; }
    mkdir -p "$root"
    if [ "${ENTENTE_CLEAN_ROOT-}" = debootstrap ]; then debian; else closure; fi
}

part 'making a clean root'
if clean_root; then
    part 'installing in it'
    mkdir -p "$root/tmp"
    cp "$program" "$root/tmp/entente.deb"
    dpkg -i "$program" >"$work/dpkg.log" 2>&1 || { cat "$work/dpkg.log"; fail 'it does not install'; }
    share=/usr/share/entente scratch=/tmp
    uses within
    completion=$root/usr/share/bash-completion/completions/entente
    # shellcheck disable=SC2016
    [ "$(bash -c '. "$1"; COMP_WORDS=(entente run --ke) COMP_CWORD=2; _entente; echo "${COMPREPLY[*]}"' _ "$completion")" = --keep ] || fail 'it does not complete'
    # a root may leave out manual pages, as images for containers do
    [ -e "$root/usr/share/man/man1/entente.1.gz" ] || grep -rqs 'path-exclude.*man' "$root/etc/dpkg/dpkg.cfg.d" || fail 'no manual page'
    dpkg -P entente >>"$work/dpkg.log" 2>&1 || { cat "$work/dpkg.log"; fail 'it does not go away'; }
    left=$(find "$root/usr" "$root/etc" "$root/var/lib/dpkg/info" -name '*entente*')
    [ -z "$left" ] || fail "it leaves $left"
    rm -rf "$root" "$work/apt"
else
    share=$work/program/usr/share/entente scratch=$work
    PATH=$work/program/usr/bin:$PATH
    uses env
fi
part ended
exit $failed
