#!/usr/bin/env bash
# The inputs of action.yml, as variables -> the release of prepbook for this runner, looked at by its checksum, in PATH for later
# steps, and run: `prepbook check --format github BOOK`. The exit status is its own. It needs gh, which runners have.
set -eu

case ${STRICT:-false} in
  true | false) ;;
  *)
    echo "::error::strict is true or false, not '$STRICT'"
    exit 2
    ;;
esac

case $RUNNER_OS-$RUNNER_ARCH in
  Linux-X64) target=x86_64-unknown-linux-musl ;;
  Linux-ARM64) target=aarch64-unknown-linux-musl ;;
  macOS-X64) target=x86_64-apple-darwin ;;
  macOS-ARM64) target=aarch64-apple-darwin ;;
  Windows-X64) target=x86_64-pc-windows-msvc ;;
  *)
    echo "::error::there is no release of prepbook for $RUNNER_OS on $RUNNER_ARCH"
    exit 2
    ;;
esac

version=${VERSION:-$(sed -n 's/^version = "\(.*\)"$/\1/p' "$GITHUB_ACTION_PATH/Cargo.toml" | head -n 1)}
version=${version#v}
name=prepbook-$version-$target
folder=$RUNNER_TEMP/prepbook-$version
case $RUNNER_OS in
  Windows) archive=$name.zip ;;
  *) archive=$name.tar.gz ;;
esac

rm -rf "$folder"
mkdir -p "$folder"
gh release download "v$version" --repo prepbook/prepbook --dir "$folder" --pattern "$archive" --pattern SHA256SUMS || {
  echo "::error::release v$version of prepbook/prepbook cannot be downloaded; is there one, with $archive?"
  exit 2
}
cd "$folder"
# macOS has no sha256sum.
if command -v sha256sum >/dev/null; then sum=(sha256sum); else sum=(shasum -a 256); fi
grep " [ *]$archive\$" SHA256SUMS >wanted || {
  echo "::error::SHA256SUMS of prepbook $version does not name $archive"
  exit 2
}
"${sum[@]}" --check wanted >&2 || {
  echo "::error::$archive is not what SHA256SUMS says"
  exit 2
}
case $archive in
  *.zip) unzip -q "$archive" ;;
  *) tar -xzf "$archive" ;;
esac
echo "$folder/$name" >>"$GITHUB_PATH"
cd "${GITHUB_WORKSPACE:-$OLDPWD}"

arguments=(check --format github)
if [ "${STRICT:-false}" = true ]; then arguments+=(--strict); fi
# Words, and no patterns.
set -f
# shellcheck disable=SC2206
arguments+=(${ARGS:-})
exec "$folder/$name/prepbook" "${arguments[@]}" -- "${BOOK:-.}"
