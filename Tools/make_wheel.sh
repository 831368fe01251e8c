#!/usr/bin/env bash
# Builds the Python wheel, dist/monotone-*.whl: the package, the library, the command, the models, and what these need.
#
#   Tools/make_wheel.sh
#
# Needs what `make setup` installs, and python3 with pip. The tools come from Tools/requirements-wheel.txt into .build/.
set -euo pipefail
cd "$(dirname "$0")/.."
package=python/src/monotone
tools=.build/wheel-tools
build=.build/wheel-build

# Compiled once: the Swift run time inside, what nobody calls left out, and no names but those of monotone.h.
for product in MonotoneC monotone; do
  swift build -c release --product $product --scratch-path "$build" -Xswiftc -static-stdlib \
    -Xlinker --gc-sections -Xlinker "--version-script=$PWD/Tools/monotone.map"
done

rm -rf $package/{lib,bin,mdps} python/LICENSE python/licences .build/wheel
mkdir -p $package/{lib,bin,mdps} python/licences .build/wheel dist
install -m 755 -s "$build/release/libMonotoneC.so" $package/lib/libMonotoneC.so
install -m 755 -s "$build/release/monotone" $package/bin/monotone
install -m 644 mdps/*.json $package/mdps/
install -m 644 LICENSE python/LICENSE

# The licence of every library that goes in, as its Debian package gives it, and Swift's own.
for file in $(ldd $package/lib/libMonotoneC.so $package/bin/monotone | awk '$3 ~ /^\// {print $3}' | sort -u); do
  # Those of libc and GCC, which every system has, do not go in and may have no owner by this path.
  owner=$(dpkg-query --search "$(realpath "$file")" 2>/dev/null | cut -d: -f1 | head -1 || true)
  if [ -n "$owner" ]; then
    install -m 644 "/usr/share/doc/$owner/copyright" "python/licences/$owner.txt"
  fi
done
# The texts that these refer to.
grep -oh '/usr/share/common-licenses/[A-Za-z0-9.-]*[A-Za-z0-9]' python/licences/*.txt | sort -u \
  | while read -r text; do [ ! -f "$text" ] || install -m 644 "$text" python/licences/; done
install -m 644 "$(dirname "$(realpath "$(command -v swift)")")/../share/swift/LICENSE.txt" python/licences/swift.txt

if ! cmp -s Tools/requirements-wheel.txt $tools/.installed; then
  python3 -m venv --clear $tools
  $tools/bin/pip install --quiet --disable-pip-version-check --requirement Tools/requirements-wheel.txt
  cp Tools/requirements-wheel.txt $tools/.installed
fi
$tools/bin/python -m build --wheel --no-isolation --outdir .build/wheel python >/dev/null

# OpenBLAS has LAPACK inside. Debian's LAPACKE asks for the copy beside it, which would be 4 MB more.
for name in liblapacke.so.3 libtmglib.so.3; do
  cp "$(ldconfig -p | awk -v name=$name '$1 == name {print $NF; exit}')" .build/wheel/$name
  $tools/bin/patchelf --replace-needed liblapack.so.3 libopenblas.so.0 \
    --replace-needed libblas.so.3 libopenblas.so.0 .build/wheel/$name
done

rm -f dist/monotone-*.whl
PATH="$PWD/$tools/bin:$PATH" LD_LIBRARY_PATH="$PWD/.build/wheel" \
  auditwheel repair --zip-compression-level 9 --wheel-dir dist .build/wheel/monotone-*.whl

wheel=$(ls dist/monotone-*.whl)
size=$(stat --format=%s "$wheel")
echo "$wheel: $((size / 1000000)) MB"
if ((size >= 40000000)); then
  echo "the wheel has $size bytes; expected less than 40,000,000" >&2
  exit 1
fi
