#!/usr/bin/env bash
# What the browser tests need besides Python: Debian's Chromium and Firefox ESR, and two npm packages.
set -euo pipefail
cd "$(dirname "$0")"
if ! command -v chromium >/dev/null || ! command -v firefox-esr >/dev/null; then
  as_root=()
  if [ "$(id -u)" -ne 0 ]; then as_root=(sudo); fi
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    chromium firefox-esr fonts-dejavu-core
fi
npm ci --silent
