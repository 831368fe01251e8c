#!/bin/sh
# Builds the checker whose soundness is proved: extracts Proofs/Checker to OCaml (compiled proofs are
# needed: make proofs), and compiles it with the program that reads the files.
#
#   Tools/build_checker.sh [FOLDER]      default: .build/checker; the program is FOLDER/check_certificate
set -e
root=$(cd "$(dirname "$0")/.." && pwd)
folder=${1:-$root/.build/checker}
mkdir -p "$folder"
cp "$root"/Proofs/Checker/Program/*.ml "$root"/Proofs/Checker/Extraction.v "$folder"
cd "$folder"
coqc -q -w none -Q "$root/Proofs" Monotone Extraction.v >/dev/null
rm -f checker.mli
ocamlfind ocamlopt -w -a -package zarith -linkpkg \
  checker.ml json.ml input.ml certificate.ml main.ml -o check_certificate
