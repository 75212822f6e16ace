#!/usr/bin/env bash
# Builds the image and runs it as a task does, with real engines of images: on a Debian where there is none yet, it
# installs one, starts it, and ends it afterwards. Counts its tests in artifacts/tests, as all projects do.
set -euo pipefail
cd "$(dirname "$0")/.."
export NX_DAEMON=false
work=$(mktemp -d)
engine=
finish() {
  if [[ -n $engine ]]; then
    kill "$engine" 2>/dev/null || true
    while kill -0 "$engine" 2>/dev/null; do sleep 0.2; done
  fi
  rm -rf "$work"
}
trap finish EXIT

missing=()
for package in docker:docker.io debootstrap:debootstrap docker-registry:docker-registry; do
  type -P "${package%%:*}" >/dev/null || [[ -x /usr/sbin/${package%%:*} ]] || missing+=("${package##*:}")
done
type -P dockerd >/dev/null || [[ -x /usr/sbin/dockerd ]] || docker info >/dev/null 2>&1 || missing+=(docker.io)
if ((${#missing[@]})); then
  export DEBIAN_FRONTEND=noninteractive
  # No service is to start by itself: this script starts what it needs, and ends it.
  if [[ ! -e /usr/sbin/policy-rc.d ]]; then
    printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d && chmod +x /usr/sbin/policy-rc.d
    policy=/usr/sbin/policy-rc.d
  fi
  apt-get -qq update
  apt-get -qq -o Dpkg::Use-Pty=0 install -y --no-install-recommends "${missing[@]}" iptables >"$work/apt" 2>&1 ||
    { cat "$work/apt" >&2 && exit 1; }
  rm -f "${policy:-}"
fi
export PATH=$PATH:/usr/sbin:/sbin

# A client that builds with BuildKit: one with the plugin, or one from before it was a plugin.
mkdir "$work/bin"
for client in $(type -ap docker); do
  if "$client" buildx version >/dev/null 2>&1 || [[ $("$client" --version) =~ version\ (1|20|22)\. ]]; then
    ln -s "$client" "$work/bin/docker"
    break
  fi
done
[[ -e $work/bin/docker ]] || { echo 'container.sh: no docker client on the path can build with BuildKit' >&2 && exit 1; }
export PATH=$work/bin:$PATH

if ! docker info >/dev/null 2>&1; then
  dockerd >"$work/dockerd" 2>&1 &
  engine=$!
  for ((i = 0; i < 120; i++)); do
    docker info >/dev/null 2>&1 && break
    kill -0 "$engine" 2>/dev/null || { tail -n 20 "$work/dockerd" >&2 && exit 1; }
    sleep 0.5
  done
fi

# The base that is deployed, where a registry can be reached; otherwise a stand-in with this machine's Node.
version=$(node --version)
base=$(sed -n 's/^ARG BASE_IMAGE=//p' docker/auth.Dockerfile)
if ! timeout 120 docker pull --quiet "$base" >/dev/null 2>&1; then
  base=gatehouse-base:slim-$version
  docker image inspect "$base" >/dev/null 2>&1 || bash .ci/base-image.sh slim "$base"
fi
distroless=gatehouse-base:distroless-$version
docker image inspect "$distroless" >/dev/null 2>&1 || bash .ci/base-image.sh distroless "$distroless"

GATEHOUSE_BASE_IMAGE=$base GATEHOUSE_DISTROLESS_BASE_IMAGE=$distroless npx nx run nx-infra:container
