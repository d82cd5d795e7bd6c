# Sourced by deploy/quickstart and tests/run: installs what is missing and nothing else.
# shellcheck shell=bash

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
node_version=22.23.3 # Vitest needs 22.12 or newer, the trials 22.13 (node:sqlite); Debian 12 has 18

build_packages=(g++ cmake ninja-build ccache pkg-config make ca-certificates
  libboost1.81-dev libssl-dev libsqlite3-dev nlohmann-json3-dev libcli11-dev libspdlog-dev
  libvalijson-dev libicu-dev libstemmer-dev libqrencode-dev libctemplate-dev zlib1g-dev
  libcurl4-openssl-dev)
# llvm: its symbolizer names the lines in what fuzzers find
test_packages=(libgtest-dev libgmock-dev libbenchmark-dev openssl chromium fonts-noto-core clang-format iproute2
  nftables clang libclang-rt-14-dev llvm)

fail() {
  echo "$(basename "$0"): $*" >&2
  exit 1
}

say() { echo "── $*" >&2; }

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    fail "packages are missing ($*), and there is neither root nor sudo to install them"
  fi
}

# Debian packages by name; only those that are absent.
install_packages() {
  local missing=()
  local package
  for package in "$@"; do
    dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  say "installing ${missing[*]}"
  as_root apt-get -o DPkg::Lock::Timeout=300 -qq update
  DEBIAN_FRONTEND=noninteractive as_root apt-get -o DPkg::Lock::Timeout=300 -qq -y --no-install-recommends \
    install "${missing[@]}" >/dev/null || fail "these packages could not be installed: ${missing[*]}"
}

node_is_new_enough() {
  command -v node >/dev/null &&
    node -e 'const [a, b] = process.versions.node.split(".").map(Number);
             process.exit(a > 22 || (a === 22 && b >= 13) ? 0 : 1)'
}

# A Node that Vite runs on: the system's, or one from the npm registry beside the sources.
use_node() {
  export PATH="$repository/.toolchain/node/bin:$PATH"
  node_is_new_enough && command -v npm >/dev/null && return
  command -v npm >/dev/null || install_packages nodejs npm
  local machine
  case "$(uname -m)" in
    x86_64) machine=x64 ;;
    aarch64) machine=arm64 ;;
    *) fail "there is no Node $node_version for $(uname -m) on the npm registry; install Node 22.13 or newer yourself" ;;
  esac
  say "installing Node $node_version from the npm registry"
  local folder="$repository/.toolchain"
  npm install --silent --no-save --no-package-lock --prefix "$folder" "node-linux-$machine@$node_version" >/dev/null ||
    fail "Node $node_version could not be installed"
  mkdir -p "$folder/node"
  rm -rf "$folder/node/bin"
  ln -s "../node_modules/node-linux-$machine/bin" "$folder/node/bin"
  hash -r # the shell remembers where the old one was
  node_is_new_enough || fail "the Node that was installed does not run"
}

# npm ci in a folder, unless its lock file is the one that was installed last.
install_npm() {
  local folder=$1
  local stamp="$folder/node_modules/.installed"
  cmp -s "$folder/package-lock.json" "$stamp" && return
  say "installing the npm packages of ${folder#"$repository"/}"
  (cd "$folder" && npm ci --silent --no-fund --no-audit >/dev/null) || fail "npm ci failed in $folder"
  cp "$folder/package-lock.json" "$stamp"
}

# Builds a preset's target quietly; the log is shown when it fails.
build_server() {
  local preset=$1
  shift
  cd "$repository" || exit 1
  local log="build/$preset.log"
  mkdir -p build
  # Configured again when it does not know a target: it was configured when a test package was still absent.
  if ! { ninja -C "build/$preset" -n "$@" || cmake --preset "$preset"; } >"$log" 2>&1 ||
    ! ninja -C "build/$preset" "$@" >>"$log" 2>&1; then
    grep -E 'error|Error|FAILED' "$log" | head -20 >&2
    fail "the build failed; all of it is in $log"
  fi
}

# The client, unless nothing changed since it was built.
build_client() {
  install_npm "$repository/client-web"
  local client="$repository/client-web"
  if [ -f "$client/dist/csp.json" ] &&
    [ -z "$(find "$client/src" "$client/public" "$client/scripts" "$client"/*.html "$client"/*.ts "$client/package-lock.json" \
      -newer "$client/dist/csp.json" -print -quit)" ]; then
    return
  fi
  say "building the client"
  (cd "$client" && npm run --silent build >"$repository/build/client.log" 2>&1) || {
    tail -20 "$repository/build/client.log" >&2
    fail "the client could not be built"
  }
}
