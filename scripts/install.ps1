# Installs awsmfa on Windows: downloads a release, verifies it, puts the program into a folder.
#
#   irm https://github.com/awsmfa/awsmfa/releases/latest/download/install.ps1 | iex
#   .\install.ps1 -To C:\Tools -Version 0.1.0
#
# Nothing is installed that does not verify, and never half of a program. AWSMFA_DOWNLOAD_URL names another place that
# holds the files of a release. Uninstall: remove awsmfa.exe from the folder.
param(
  [string]$To = "$HOME\.local\bin",
  [string]$Version = ''
)
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

# Filled in by the release workflow; with it and minisign, the signature of SHA256SUMS is verified too.
$MinisignPublicKey = $env:AWSMFA_MINISIGN_PUBLIC_KEY
$Repository = 'https://github.com/awsmfa/awsmfa'

function Install-Awsmfa {
  $wanted = $Version -replace '^v', ''
  $arch = if ("$env:PROCESSOR_ARCHITECTURE $env:PROCESSOR_ARCHITEW6432" -match 'ARM64') { 'arm64' } else { 'x64' }
  $url = if ($env:AWSMFA_DOWNLOAD_URL) { $env:AWSMFA_DOWNLOAD_URL }
  elseif ($wanted) { "$Repository/releases/download/v$wanted" }
  else { "$Repository/releases/latest/download" }

  New-Item -ItemType Directory -Force -Path $To | Out-Null
  $temp = Join-Path $To ".awsmfa-install.$([guid]::NewGuid())"
  New-Item -ItemType Directory -Path $temp | Out-Null
  try {
    $sums = Join-Path $temp 'SHA256SUMS'
    Get-File "$url/SHA256SUMS" $sums
    Test-Signature $url $sums
    # Windows for Arm runs programs for x64, where a release has no other.
    $line = foreach ($each in $arch, 'x64') {
      Get-Content $sums | Where-Object { $_ -cmatch "^[0-9a-f]{64}  awsmfa-[0-9][^ /\\]*-windows-$each\.zip$" }
    }
    $line = @($line)[0]
    if (-not $line) { throw "this release has nothing for Windows $arch" }
    $expected = $line.Substring(0, 64)
    $archive = $line.Substring(66)
    if ($wanted -and $archive -notlike "awsmfa-$wanted-windows-*.zip") { throw "this is not version $wanted, but $archive" }

    $zip = Join-Path $temp $archive
    Get-File "$url/$archive" $zip
    if ((Get-FileHash -Algorithm SHA256 $zip).Hash.ToLowerInvariant() -cne $expected) {
      throw "$archive is not what SHA256SUMS says: it was changed, or cut off on its way. Nothing was installed."
    }
    Expand-Archive -Path $zip -DestinationPath $temp
    $program = Join-Path $temp "$($archive -replace '\.zip$', '')\awsmfa.exe"
    $says = & $program --version
    if ($LASTEXITCODE -ne 0) { throw 'the program does not run on this machine' }
    Move-Item -Force $program (Join-Path $To 'awsmfa.exe')
  } finally {
    Remove-Item -Recurse -Force $temp
  }

  "awsmfa $says is in $To"
  if (($env:Path -split ';') -notcontains $To) {
    "Add it to PATH: [Environment]::SetEnvironmentVariable('Path', [Environment]::GetEnvironmentVariable('Path', 'User') + ';$To', 'User')"
  }
  "Uninstall: Remove-Item '$To\awsmfa.exe'"
}

function Get-File($Url, $Path) {
  Invoke-WebRequest -UseBasicParsing -Uri $Url -OutFile $Path
}

function Test-Signature($Url, $Sums) {
  if (-not $MinisignPublicKey) {
    Write-Warning 'not verified: the signature, since no public key is known (AWSMFA_MINISIGN_PUBLIC_KEY)'
  } elseif (-not (Get-Command minisign -ErrorAction SilentlyContinue)) {
    Write-Warning 'not verified: the signature, since minisign is not installed; the checksum is'
  } else {
    Get-File "$Url/SHA256SUMS.minisig" "$Sums.minisig"
    & minisign -V -q -P $MinisignPublicKey -m $Sums | Out-Null
    if ($LASTEXITCODE -ne 0) { throw 'the signature of SHA256SUMS is wrong. Nothing was installed.' }
  }
}

Install-Awsmfa
