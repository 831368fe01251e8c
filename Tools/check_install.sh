#!/usr/bin/env bash
# Runs an installed monotone in a root which has Debian and the apt run-time packages only: no Swift, no headers.
#
#   Tools/check_install.sh PROGRAM [ROOT]
#
# Needs root and debootstrap. The root is made in ROOT, or in a temporary folder which is removed.
set -euo pipefail
cd "$(dirname "$0")/.."
program=${1:?usage: Tools/check_install.sh PROGRAM [ROOT]}
packages=liblapacke,libopenblas0-pthread,libflint17,libflint-arb2,libklu1,zlib1g,liblzma5

if [ $# -gt 1 ]; then
  root=$2
else
  root=$(mktemp -d)
  trap 'umount "$root/proc" 2>/dev/null || true; rm -rf "$root"' EXIT
fi
[ -d "$root/usr" ] || debootstrap --variant=minbase --include="$packages" bookworm "$root" >/dev/null

install -d "$root/proc" "$root/trial"
install "$program" "$root/usr/bin/monotone"
cp mdps/racing.json "$root/trial/"
mountpoint -q "$root/proc" || mount --bind /proc "$root/proc"
trap 'umount "$root/proc"; [ $# -gt 1 ] || rm -rf "$root"' EXIT

chroot "$root" sh -euc '
  cd /trial
  # A negated command would not end the script.
  if command -v swift || find / -xdev -name "libswift*.so" | grep .; then exit 1; fi
  monotone --version
  monotone check racing.json --current uniform --candidate optimal --arithmetic exact | head -2
  monotone improve racing.json --rule penalty --iterations 2 | head -2
  monotone audit racing.json --policies uniform optimal | head -1
  monotone fuzz --cases 100 >fuzz.txt
  monotone falsify --budget 100 --claim "returnCandidate >= returnCurrent" >falsify.txt || [ $? = 2 ]
'
echo "runs with $packages alone"
