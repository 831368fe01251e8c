#!/usr/bin/env bash
# Writes the man page, the shell completions and the symbol documentation to .build/docs/.
set -euo pipefail
cd "$(dirname "$0")/.."
out=.build/docs
mkdir -p "$out"

swift build -c release --product monotone
swift package --allow-writing-to-package-directory plugin generate-manual --multi-page \
  --output-directory "$out/man"
for shell in bash zsh fish; do
  .build/release/monotone --generate-completion-script "$shell" >"$out/monotone.$shell"
done
swift package dump-symbol-graph --skip-synthesized-members >/dev/null
echo "man pages: $out/man; completions: $out/monotone.{bash,zsh,fish}"
