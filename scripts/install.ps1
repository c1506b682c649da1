# Installs awsmfa on Windows: downloads a release, verifies it, puts the program into a folder.
#
#   irm https://github.com/awsmfa/awsmfa/releases/latest/download/install.ps1 | iex
#   & ([scriptblock]::Create((irm https://github.com/awsmfa/awsmfa/releases/latest/download/install.ps1))) -ChecksumOnly
#   .\install.ps1 -To C:\Tools -Version 0.1.0
#
#   -To FOLDER        where the program goes (else ~\.local\bin)
#   -Version VERSION  the release (else the newest)
#   -ChecksumOnly     also where the signature can't be verified: without minisign, or without the public key
#   -NoModifyPath     leaves your PATH as it is
#
# Nothing is installed that does not verify, and never half of a program. AWSMFA_DOWNLOAD_URL names another place that
# holds the files of a release. For Windows PowerShell 5.1 and PowerShell 7: .NET in place of modules that one of them
# may not find. One block, so that a session that reads it with iex is left as it was.
& {
  [CmdletBinding(PositionalBinding = $false)]
  param(
    [string]$To = (Join-Path (Join-Path $HOME '.local') 'bin'),
    [string]$Version = '',
    [switch]$ChecksumOnly,
    [switch]$NoModifyPath
  )
  Set-StrictMode -Version 3
  $ErrorActionPreference = 'Stop'

  # Filled in by the release workflow.
  $MinisignPublicKey = $env:AWSMFA_MINISIGN_PUBLIC_KEY
  $Repository = 'https://github.com/awsmfa/awsmfa'

  function Install-Awsmfa {
    $folder = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($To)
    $wanted = $Version -replace '^v', ''
    $arch = if ("$env:PROCESSOR_ARCHITECTURE $env:PROCESSOR_ARCHITEW6432" -match 'ARM64') { 'arm64' } else { 'x64' }
    $url = if ($env:AWSMFA_DOWNLOAD_URL) { $env:AWSMFA_DOWNLOAD_URL }
    elseif ($wanted) { "$Repository/releases/download/v$wanted" }
    else { "$Repository/releases/latest/download" }
    Test-CanVerify

    # Beside the program's place, so that it is moved and not copied.
    $temp = [IO.Path]::Combine($folder, ".awsmfa-install.$([guid]::NewGuid())")
    try { [void][IO.Directory]::CreateDirectory($temp) } catch { Stop-Install "can't write into ${folder}: $(Get-Reason $_)" }
    try {
      $sums = [IO.Path]::Combine($temp, 'SHA256SUMS')
      Get-File "$url/SHA256SUMS" $sums
      Test-Signature $url $sums
      $expected, $archive = Find-Archive ([IO.File]::ReadAllLines($sums)) $arch "$url/SHA256SUMS"
      if ($wanted -and $archive -cnotmatch "^awsmfa-$([regex]::Escape($wanted))-windows-") {
        Stop-Install "this is not version $wanted, but $archive"
      }
      $zip = [IO.Path]::Combine($temp, $archive)
      Get-File "$url/$archive" $zip
      if ((Get-Sha256 $zip) -cne $expected) {
        Stop-Install "$archive is not what SHA256SUMS says: it was changed, or cut off on its way. Nothing was installed."
      }
      $program = [IO.Path]::Combine($temp, 'awsmfa.exe')
      Expand-Program $zip "$($archive -replace '\.zip$', '')/awsmfa.exe" $program
      $says = try { & $program --version } catch { $null }
      if (-not $says -or $LASTEXITCODE -ne 0) { Stop-Install 'the program does not run on this machine. Nothing was installed.' }
      $target = [IO.Path]::Combine($folder, 'awsmfa.exe')
      Move-Program $program $target
    } finally {
      [IO.Directory]::Delete($temp, $true)
    }

    "awsmfa $says is in $folder"
    Add-ToPath $folder
    "Uninstall: Remove-Item -LiteralPath '$($target -replace '[''\u2018-\u201b]', '$0$0')'"
  }

  # Before anything is downloaded: what can't be verified is not installed, unless that was asked for.
  function Test-CanVerify {
    if ($ChecksumOnly) { return }
    $lacking = if (-not $MinisignPublicKey) { 'no public key is known (AWSMFA_MINISIGN_PUBLIC_KEY)' }
    elseif (-not (Get-Command minisign -CommandType Application -ErrorAction Ignore)) { 'minisign is not installed' }
    else { return }
    Stop-Install "the signature can't be verified: $lacking. Nothing was installed." (
      "-ChecksumOnly verifies the checksum alone: & ([scriptblock]::Create((irm $Repository/releases/latest/download/install.ps1))) -ChecksumOnly")
  }

  function Test-Signature([string]$Url, [string]$Sums) {
    if ($ChecksumOnly) { return }
    Get-File "$Url/SHA256SUMS.minisig" "$Sums.minisig"
    & minisign -V -q -P $MinisignPublicKey -m $Sums | Out-Null
    if ($LASTEXITCODE -ne 0) { Stop-Install 'the signature of SHA256SUMS is wrong. Nothing was installed.' }
  }

  # The checksum and the name of this machine's archive. Windows for Arm runs programs for x64, where there is no other.
  function Find-Archive([string[]]$Lines, [string]$Arch, [string]$From) {
    if ($Lines.Count -gt 0 -and $Lines[0] -cnotmatch '^[0-9a-f]{1,64}(  |$)') {
      Stop-Install "$From isn't a list of checksums: did a sign-in page of the network answer? Nothing was installed."
    }
    foreach ($each in $Arch, 'x64') {
      foreach ($line in $Lines) {
        if ($line -cmatch "^([0-9a-f]{64})  (awsmfa-[0-9][^ /\\]*-windows-$each\.zip)$") { return $Matches[1], $Matches[2] }
      }
    }
    Stop-Install "this release has nothing for Windows $Arch"
  }

  # https alone, at every redirect, too; http from this machine, for a release that is tried out.
  function Get-File([string]$Url, [string]$Path) {
    $at = [Uri]$Url
    $isLocal = $at.IsLoopback
    for ($hops = 0; $hops -lt 10; $hops++) {
      if (-not ($at.Scheme -ceq 'https' -or ($isLocal -and $at.IsLoopback -and $at.Scheme -ceq 'http'))) {
        Stop-Install "can't download ${Url}: $at is not https"
      }
      $response = $null
      try {
        $request = [Net.WebRequest]::Create($at)
        $request.AllowAutoRedirect = $false
        $request.Timeout = 60000
        if ($request.Proxy) { $request.Proxy.Credentials = [Net.CredentialCache]::DefaultCredentials }
        $response = $request.GetResponse()
        $status = [int]$response.StatusCode
        if ($status -lt 300) {
          $file = [IO.File]::Create($Path)
          try { $response.GetResponseStream().CopyTo($file) } finally { $file.Dispose() }
          return
        }
        $at = [Uri]::new($at, $response.Headers['Location'])
      } catch {
        Stop-Install "can't download ${Url}: $(Get-Reason $_)"
      } finally {
        if ($response) { $response.Dispose() }
      }
    }
    Stop-Install "can't download ${Url}: it redirects without end"
  }

  function Get-Sha256([string]$Path) {
    $hash = [Security.Cryptography.SHA256]::Create()
    $file = [IO.File]::OpenRead($Path)
    try { ([BitConverter]::ToString($hash.ComputeHash($file)) -replace '-', '').ToLowerInvariant() }
    finally { $file.Dispose(); $hash.Dispose() }
  }

  function Expand-Program([string]$Zip, [string]$Name, [string]$Program) {
    foreach ($assembly in 'System.IO.Compression', 'System.IO.Compression.FileSystem') {
      [void][Reflection.Assembly]::LoadWithPartialName($assembly)
    }
    $archive = [IO.Compression.ZipFile]::OpenRead($Zip)
    try {
      $entry = $archive.GetEntry($Name)
      if (-not $entry) { Stop-Install "$([IO.Path]::GetFileName($Zip)) has no awsmfa.exe. Nothing was installed." }
      [IO.Compression.ZipFileExtensions]::ExtractToFile($entry, $Program)
    } finally { $archive.Dispose() }
  }

  # A program that runs can be renamed on Windows, but neither replaced nor removed: the next install removes it.
  function Move-Program([string]$Program, [string]$Target) {
    $folder = [IO.Path]::GetDirectoryName($Target)
    if ([IO.Directory]::Exists($Target)) { Stop-Install "$Target is a folder. Nothing was installed." }
    foreach ($old in [IO.Directory]::GetFiles($folder, '.awsmfa-old.*.exe')) {
      try { [IO.File]::Delete($old) } catch { Write-Verbose "$old is still running" }
    }
    $aside = [IO.Path]::Combine($folder, ".awsmfa-old.$([guid]::NewGuid()).exe")
    $isThere = [IO.File]::Exists($Target)
    if ($isThere) { [IO.File]::Move($Target, $aside) }
    try { [IO.File]::Move($Program, $Target) }
    catch {
      if ($isThere) { [IO.File]::Move($aside, $Target) }
      Stop-Install "can't write ${Target}: $(Get-Reason $_)"
    }
    if ($isThere) { try { [IO.File]::Delete($aside) } catch { "The awsmfa that runs now is $aside until it ends." } }
  }

  function Add-ToPath([string]$Folder) {
    if (Test-InPath $env:Path $Folder) { return }
    if ($NoModifyPath -or [Environment]::OSVersion.Platform -ne 'Win32NT') {
      "It is not in your PATH, which was left unchanged."
      return
    }
    $key = [Microsoft.Win32.Registry]::CurrentUser.CreateSubKey('Environment')
    try {
      # Not expanded: what stands there as %NAME% stays so.
      $path = [string]$key.GetValue('Path', '', 'DoNotExpandEnvironmentNames')
      if (-not (Test-InPath $path $Folder)) {
        $kind = if ($key.GetValueNames() -contains 'Path') { $key.GetValueKind('Path') } else { 'ExpandString' }
        $key.SetValue('Path', (@($Folder) + @($path -split ';' | Where-Object { $_ }) -join ';'), $kind)
        # Removes nothing, and tells all programs that variables have changed.
        [Environment]::SetEnvironmentVariable('AWSMFA_INSTALL_NOTHING', $null, 'User')
        "It was added to your PATH (-NoModifyPath leaves that as it is)."
      }
    } finally { $key.Dispose() }
    'A new terminal finds it.'
  }

  function Test-InPath([string]$Path, [string]$Folder) {
    $wanted = $Folder.TrimEnd('\', '/')
    foreach ($each in $Path -split [IO.Path]::PathSeparator) {
      if ([Environment]::ExpandEnvironmentVariables($each).TrimEnd('\', '/') -eq $wanted) { return $true }
    }
    $false
  }

  # The words of what went wrong inside of .NET, without PowerShell's around them.
  function Get-Reason($Record) { $Record.Exception.GetBaseException().Message }

  function Stop-Install([string]$Message, [string]$Hint = '') {
    throw "install: $Message$(if ($Hint) { "`nhint: $Hint" })"
  }

  $protocols = [Net.ServicePointManager]::SecurityProtocol
  try {
    # Older Windows PowerShell offers less by itself.
    if ($protocols -ne 0) { [Net.ServicePointManager]::SecurityProtocol = $protocols -bor [Net.SecurityProtocolType]::Tls12 }
    Install-Awsmfa
  } finally {
    [Net.ServicePointManager]::SecurityProtocol = $protocols
  }
} @args
