#!/bin/sh
# Installs awsmfa on Linux and macOS: downloads a release, verifies it, puts the program into ~/.local/bin.
#
#   curl -fsSL https://github.com/awsmfa/awsmfa/releases/latest/download/install.sh | sh
#   sh install.sh --to /usr/local/bin --version 0.1.0
#
# Nothing is installed that does not verify, and never half of a program: the new one takes its place in one step.
set -eu

# Filled in by the release workflow.
MINISIGN_PUBLIC_KEY=${AWSMFA_MINISIGN_PUBLIC_KEY:-}
REPOSITORY=https://github.com/awsmfa/awsmfa

usage() {
  cat << END
sh install.sh [--to FOLDER] [--version VERSION] [--checksum-only]

  --to FOLDER        where the program goes (else ~/.local/bin)
  --version VERSION  the release (else the newest)
  --checksum-only    also where the signature can't be verified: without minisign, or without the public key
  -h, --help         show this

Uninstall: rm FOLDER/awsmfa
AWSMFA_DOWNLOAD_URL names another place that holds the files of a release.
END
}

fail() {
  printf 'install: %s\n' "$1" >&2
  [ -z "${2:-}" ] || printf 'hint: %s\n' "$2" >&2
  exit 1
}

# All of it is a function that the last line calls: a script that was cut off on its way does nothing.
main() {
  folder=${HOME:?}/.local/bin
  version=
  checksum_only=
  while [ $# -gt 0 ]; do
    case $1 in
      --to) [ $# -gt 1 ] || fail '--to needs a folder'; folder=$2; shift 2 ;;
      --version) [ $# -gt 1 ] || fail '--version needs a version'; version=${2#v}; shift 2 ;;
      --checksum-only) checksum_only=yes; shift ;;
      -h | --help) usage; exit 0 ;;
      *) fail "unknown option '$1'" 'sh install.sh --help' ;;
    esac
  done

  target=$(find_target)
  url=$REPOSITORY/releases/latest/download
  [ -z "$version" ] || url=$REPOSITORY/releases/download/v$version
  url=${AWSMFA_DOWNLOAD_URL:-$url}
  case $url in
    https://* | http://127.0.0.1:* | http://localhost:*) ;;
    *) fail "can't download $url: it is not https" ;;
  esac
  can_verify

  mkdir -p "$folder" || fail "can't make $folder" 'sh install.sh --to FOLDER'
  # Beside the program's place, so that the move is one step.
  temp=$(mktemp -d "$folder/.awsmfa-install.XXXXXX") || fail "can't write into $folder" 'sh install.sh --to FOLDER'
  trap 'rm -rf "$temp"' EXIT
  trap 'exit 1' HUP INT TERM

  download "$url/SHA256SUMS" "$temp/SHA256SUMS"
  verify_signature "$url"
  [ ! -s "$temp/SHA256SUMS" ] || head -n 1 "$temp/SHA256SUMS" | grep -Eq '^[0-9a-f]{1,64}(  |$)' ||
    fail "$url/SHA256SUMS is no list of checksums" 'did a sign-in page of the network answer? Nothing was installed.'
  archive=$(sed -n "s/^[0-9a-f]\{64\}  \(awsmfa-[0-9][^ /]*-$target\.tar\.gz\)\$/\1/p" "$temp/SHA256SUMS")
  case $archive in
    '') fail "this release has nothing for $target" ;;
    *"
"*) fail 'SHA256SUMS names several archives for this machine' ;;
  esac
  [ -z "$version" ] || [ "$archive" = "awsmfa-$version-$target.tar.gz" ] ||
    fail "this is not version $version, but $archive"

  download "$url/$archive" "$temp/$archive"
  expected=$(sed -n "s/^\([0-9a-f]\{64\}\)  $archive\$/\1/p" "$temp/SHA256SUMS")
  actual=$(sha256 "$temp/$archive")
  [ "$actual" = "$expected" ] ||
    fail "$archive is not what SHA256SUMS says: it was changed, or cut off on its way" 'try again; nothing was installed'

  inside=${archive%.tar.gz}/awsmfa
  tar -xzf "$temp/$archive" -C "$temp" "$inside" || fail "$archive can't be unpacked"
  chmod 755 "$temp/$inside"
  [ ! -d "$folder/awsmfa" ] || fail "$folder/awsmfa is a folder" 'nothing was installed'
  says=$("$temp/$inside" --version) || fail 'the program does not run on this machine'
  mv -f "$temp/$inside" "$folder/awsmfa"

  printf 'awsmfa %s is in %s\n' "$says" "$folder"
  case :$PATH: in
    *":$folder:"*) ;;
    *)
      # The variable is for the person's own shell to expand.
      # shellcheck disable=SC2016
      printf 'Add it to PATH: echo '\''export PATH="%s:$PATH"'\'' >> ~/.profile\n' "$folder"
      ;;
  esac
  printf 'Uninstall: rm %s/awsmfa\n' "$folder"
}

find_target() {
  case $(uname -s) in
    Linux) os=linux ;;
    Darwin) os=macos ;;
    *) fail "no release for $(uname -s)" 'on Windows: scripts/install.ps1' ;;
  esac
  case $(uname -m) in
    x86_64 | amd64) arch=x64 ;;
    aarch64 | arm64) arch=arm64 ;;
    *) fail "no release for $(uname -m)" ;;
  esac
  # A shell under Rosetta believes to be on Intel.
  if [ "$os-$arch" = macos-x64 ] && [ "$(sysctl -n sysctl.proc_translated 2> /dev/null)" = 1 ]; then arch=arm64; fi
  printf '%s-%s\n' "$os" "$arch"
}

download() {
  if command -v curl > /dev/null; then
    curl -fsSL --proto-redir =https --retry 2 -o "$2" "$1" || fail "can't download $1"
  elif command -v wget > /dev/null; then
    wget -q -O "$2" "$1" || fail "can't download $1"
  else
    fail 'neither curl nor wget is here'
  fi
}

# Before anything is downloaded: what can't be verified is not installed, unless that was asked for.
can_verify() {
  [ -z "$checksum_only" ] || return 0
  hint="--checksum-only verifies the checksum alone: curl -fsSL $REPOSITORY/releases/latest/download/install.sh | sh -s -- --checksum-only"
  [ -n "$MINISIGN_PUBLIC_KEY" ] ||
    fail "the signature can't be verified: no public key is known (AWSMFA_MINISIGN_PUBLIC_KEY)" "$hint"
  command -v minisign > /dev/null || fail "the signature can't be verified: minisign is not installed" "$hint"
}

verify_signature() {
  [ -z "$checksum_only" ] || return 0
  download "$1/SHA256SUMS.minisig" "$temp/SHA256SUMS.minisig"
  minisign -V -q -P "$MINISIGN_PUBLIC_KEY" -m "$temp/SHA256SUMS" > /dev/null 2>&1 ||
    fail 'the signature of SHA256SUMS is wrong' 'nothing was installed'
}

sha256() {
  if command -v sha256sum > /dev/null; then
    sha256sum "$1" | cut -c 1-64
  elif command -v shasum > /dev/null; then
    shasum -a 256 "$1" | cut -c 1-64
  else
    fail 'neither sha256sum nor shasum is here: the download cannot be verified'
  fi
}

main "$@"
