#!/bin/sh
# Installs awsmfa on Linux and macOS: downloads a release, verifies it, puts the program into ~/.local/bin.
#
#   curl -fsSL https://github.com/awsmfa/awsmfa/releases/latest/download/install.sh | sh
#   sh install.sh --to /usr/local/bin --version 0.1.0
#
# Nothing is installed that does not verify, and never half of a program: the new one takes its place in one step.
set -eu
# What is made here, folders too, is for others to read and for nobody else to write, whatever the caller's umask.
umask 022

# Filled in by the release workflow.
MINISIGN_PUBLIC_KEY=${AWSMFA_MINISIGN_PUBLIC_KEY:-}
REPOSITORY=https://github.com/awsmfa/awsmfa

usage() {
  cat << END
sh install.sh [--to FOLDER] [--version VERSION] [--checksum-only]

  --to FOLDER        where the program goes (else ~/.local/bin)
  --version VERSION  the release (else the newest; an older one than the installed is refused)
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
  comment=
  verify_signature "$url"
  [ ! -s "$temp/SHA256SUMS" ] || head -n 1 "$temp/SHA256SUMS" | grep -Eq '^[0-9a-f]{1,64}(  |$)' ||
    fail "$url/SHA256SUMS isn't a list of checksums" 'did a sign-in page of the network answer? Nothing was installed.'
  archive=$(sed -n "s/^[0-9a-f]\{64\}  \(awsmfa-[0-9][^ /]*-$target\.tar\.gz\)\$/\1/p" "$temp/SHA256SUMS")
  case $archive in
    '') fail "this release has nothing for $target" ;;
    *"
"*) fail 'SHA256SUMS names several archives for this machine' ;;
  esac
  [ -z "$version" ] || [ "$archive" = "awsmfa-$version-$target.tar.gz" ] ||
    fail "this is not version $version, but $archive"
  found=${archive#awsmfa-}
  found=${found%"-$target.tar.gz"}
  [ -n "$checksum_only" ] || [ "$comment" = "awsmfa $found" ] ||
    fail "the signature is of '$comment', and not of awsmfa $found" 'nothing was installed'
  [ -n "$version" ] || refuse_older "$found"

  download "$url/$archive" "$temp/$archive"
  expected=$(sed -n "s/^\([0-9a-f]\{64\}\)  $archive\$/\1/p" "$temp/SHA256SUMS")
  actual=$(sha256 "$temp/$archive")
  [ "$actual" = "$expected" ] ||
    fail "$archive is not what SHA256SUMS says: it was changed, or cut off on its way" 'try again; nothing was installed'

  inside=${archive%.tar.gz}/awsmfa
  tar -xzf "$temp/$archive" -C "$temp" "$inside" || fail "$archive can't be unpacked"
  chmod 755 "$temp/$inside"
  [ ! -d "$folder/awsmfa" ] || fail "$folder/awsmfa is a folder" 'nothing was installed'
  says=$("$temp/$inside" --version) || fail 'the program does not run on this machine' "$(why_not)"
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

# What the runtime needs, as far as it can be looked at (docs/containers.md has all).
why_not() {
  if [ "$(uname -s)" = Linux ]; then
    libc=$(getconf GNU_LIBC_VERSION 2> /dev/null | sed -n 's/^glibc 2\.\([0-9]*\).*/\1/p')
    # shellcheck disable=SC3045
    space=$(ulimit -v 2> /dev/null) || space=unlimited
    if [ -n "$libc" ] && [ "$libc" -lt 27 ]; then
      echo "it needs glibc 2.27, and this is 2.$libc"
      return
    elif ! [ -e /proc/self/exe ]; then
      echo 'it needs /proc to be mounted'
      return
    elif [ "$space" != unlimited ] && [ "$space" -lt 34603008 ]; then
      echo "ulimit -v is $space KB, and it needs 33 GiB of address space, which it does not use"
      return
    fi
  fi
  echo 'docs/containers.md has what it needs; nothing was installed'
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
  # The executables are linked against glibc: on Alpine the kernel would say "not found" of a program that is there.
  if [ "$os" = linux ] && [ -e "/lib/ld-musl-$(uname -m).so.1" ] &&
    ! [ -e /lib64/ld-linux-x86-64.so.2 ] && ! [ -e /lib/ld-linux-aarch64.so.1 ]; then
    fail 'no release for musl (Alpine)' "from source, with Alpine's own Deno: apk add deno git, then deno task awsmfa"
  fi
  # A shell under Rosetta believes to be on Intel.
  if [ "$os-$arch" = macos-x64 ] && [ "$(sysctl -n sysctl.proc_translated 2> /dev/null)" = 1 ]; then arch=arm64; fi
  printf '%s-%s\n' "$os" "$arch"
}

# Whatever a server answers: no redirect leaves https.
download() {
  if command -v curl > /dev/null; then
    case $1 in
      https:*) first='=https' ;;
      *) first='=http' ;;
    esac
    curl -fsSL --proto "$first" --proto-redir =https --retry 2 -o "$2" "$1" || fail "can't download $1"
  elif command -v wget > /dev/null; then
    download_with_wget "$1" "$2" 5
  else
    fail 'neither curl nor wget is here'
  fi
}

# wget would follow a redirect from https to http: each step is looked at here.
download_with_wget() {
  if wget -S --max-redirect=0 -O "$2" "$1" 2> "$temp/wget"; then return; fi
  next=$(sed -n 's/^ *[Ll]ocation: *\([^ ]*\).*/\1/p' "$temp/wget" | tr -d '\r' | sed -n 1p)
  if [ -z "$next" ] || [ "$3" -eq 0 ]; then fail "can't download $1"; fi
  case $next in
    https://*) download_with_wget "$next" "$2" $(($3 - 1)) ;;
    *) fail "$1 leads to $next, which is not https" 'nothing was installed' ;;
  esac
}

# Before anything is downloaded: what can't be verified is not installed, unless that was asked for.
can_verify() {
  [ -z "$checksum_only" ] || return 0
  hint="--checksum-only verifies the checksum alone: curl -fsSL $REPOSITORY/releases/latest/download/install.sh | sh -s -- --checksum-only"
  [ -n "$MINISIGN_PUBLIC_KEY" ] ||
    fail "the signature can't be verified: no public key is known (AWSMFA_MINISIGN_PUBLIC_KEY)" "$hint"
  command -v minisign > /dev/null || fail "the signature can't be verified: minisign is not installed" "$hint"
}

# Sets what else was signed: the trusted comment, which names the version.
verify_signature() {
  [ -z "$checksum_only" ] || return 0
  download "$1/SHA256SUMS.minisig" "$temp/SHA256SUMS.minisig"
  comment=$(minisign -V -Q -P "$MINISIGN_PUBLIC_KEY" -m "$temp/SHA256SUMS" 2> /dev/null) ||
    fail 'the signature of SHA256SUMS is wrong' 'nothing was installed'
}

# An old release has a signature, too: whoever serves it as the newest would bring its faults back.
refuse_older() {
  [ -x "$folder/awsmfa" ] || return 0
  installed=$("$folder/awsmfa" --version 2> /dev/null) || return 0
  newest=$(printf '%s\n%s\n' "$installed" "$1" | sort -t . -k 1,1n -k 2,2n -k 3,3n | sed -n '$p')
  [ "$newest" = "$1" ] || fail "$1 is older than the installed $installed" "to go back: sh install.sh --version $1"
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
