#!/usr/bin/env bash
# Writes the documentation to .build/docs/: a static site (site/), man pages and shell completions.
#
# The site has the articles of Documentation/ and the symbols of the library modules, one archive each, merged.
# The plugin that makes archives is a dependency only while MONOTONE_DOCUMENTATION is set. DOCS_BASE_PATH is the
# path under which the site will be served; by default it is the root.
set -euo pipefail
cd "$(dirname "$0")/.."
out=.build/docs
base=(--hosting-base-path "${DOCS_BASE_PATH:-/}")
modules=$(python3 - <<'PYTHON'
import re
products = re.findall(r"\.library\(\s*name: \"\w+\",\s*targets: \[(.*?)\]\)", open("Package.swift").read(), re.S)
print(*sorted(set(re.findall(r"\"(\w+)\"", " ".join(products)))))
PYTHON
)
rm -rf "$out"
mkdir -p "$out/archives"

docc convert Documentation/Monotone.docc --transform-for-static-hosting "${base[@]}" \
  --output-path "$out/archives/Articles.doccarchive"
for module in $modules; do
  MONOTONE_DOCUMENTATION=1 swift package --allow-writing-to-directory "$out" generate-documentation \
    --target "$module" --output-path "$out/archives/$module.doccarchive" \
    --transform-for-static-hosting "${base[@]}"
done
docc merge "$out"/archives/*.doccarchive --synthesized-landing-page-name Monotone \
  --synthesized-landing-page-kind Package --output-path "$out/site"

swift package --allow-writing-to-package-directory plugin generate-manual --multi-page \
  --output-directory "$out/man"
swift build -c release --product monotone
for shell in bash zsh fish; do
  .build/release/monotone --generate-completion-script "$shell" >"$out/monotone.$shell"
done
echo "site: $out/site (serve it with python3 -m http.server -d $out/site)"
echo "man pages: $out/man; completions: $out/monotone.{bash,zsh,fish}"
