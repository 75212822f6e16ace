#!/usr/bin/env bash
# Makes stand-ins for public base images with Node, for machines that reach no registry of images:
#   .ci/base-image.sh slim <tag>          a minimal Debian, this machine's Node and npm, a user node (1000)
#   .ci/base-image.sh distroless <tag>    Node in /nodejs/bin and its libraries: no shell, no package manager
# For building and running the project's image in tests, never for publishing one. Needs root, a Docker engine that
# answers and, for the first, debootstrap; the Debian is kept in the user's cache folder.
set -euo pipefail
kind=${1:?usage: base-image.sh slim|distroless TAG}
tag=${2:?usage: base-image.sh slim|distroless TAG}
cache=${XDG_CACHE_HOME:-$HOME/.cache}/gatehouse
node=$(readlink -f "$(command -v node)")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Puts what node is linked to into a folder, where the linker looks for it.
libraries() {
  ldd "$node" | awk '$3 ~ /^\// { print $3 } $1 ~ /^\// { print $1 }' | while read -r file; do
    [[ -e $1$file ]] || install -D "$file" "$1$file"
  done
}

case $kind in
slim)
  suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
  root=$cache/debian-$suite
  if [[ ! -e $root.complete ]]; then
    mirror=$(grep -hE '^URIs:' /etc/apt/sources.list.d/*.sources 2>/dev/null | awk 'NR == 1 { print $2 }')
    rm -rf "$root" && mkdir -p "$root"
    debootstrap --variant=minbase "$suite" "$root" ${mirror:+"$mirror"} >"$work/log" 2>&1 || {
      tail -n 20 "$work/log" >&2
      exit 1
    }
    rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*
    chroot "$root" useradd --uid 1000 --create-home node
    touch "$root.complete"
  fi
  npm=$(dirname "$(dirname "$(readlink -f "$(command -v npm)")")")
  rm -rf "$root/usr/lib/node_modules" && mkdir -p "$root/usr/lib/node_modules"
  cp "$node" "$root/usr/bin/node"
  cp -r "$npm" "$root/usr/lib/node_modules/npm"
  ln -sf ../lib/node_modules/npm/bin/npm-cli.js "$root/usr/bin/npm"
  ln -sf ../lib/node_modules/npm/bin/npx-cli.js "$root/usr/bin/npx"
  libraries "$root"
  ;;
distroless)
  root=$work/root
  mkdir -p "$root/nodejs/bin" "$root/tmp"
  chmod 1777 "$root/tmp"
  cp "$node" "$root/nodejs/bin/node"
  libraries "$root"
  ;;
*)
  echo "base-image.sh: $kind is neither slim nor distroless" >&2
  exit 2
  ;;
esac
tar -C "$root" -c . | docker import - "$tag" >/dev/null
echo "$tag: a stand-in with Node $("$node" --version)"
