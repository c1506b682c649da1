# What the AWS SDK for .NET signs with: questions {"file", "profile"} on stdin, answers on stdout, one JSON document a
# line. AWS_SDK_NET names the folder of its two libraries. Unlike ../shared/tools/net-reader.ps1 it does not list the
# profiles first, which fails over one bad profile where a program that asks for another one does not.
$ErrorActionPreference = 'Stop'
Add-Type -Path (Join-Path $env:AWS_SDK_NET 'AWSSDK.Core.dll')
Add-Type -Path (Join-Path $env:AWS_SDK_NET 'AWSSDK.SecurityToken.dll')
while ($null -ne ($line = [Console]::In.ReadLine())) {
  $question = ConvertFrom-Json -AsHashtable $line
  $answer = [ordered]@{}
  try {
    $file = [Amazon.Runtime.CredentialManagement.SharedCredentialsFile]::new($question.file)
    $read = $null
    if ($file.TryGetProfile($question.profile, [ref]$read)) {
      $credentials = $read.GetAWSCredentials($file)
      $answer.type = $credentials.GetType().Name
      if ($answer.type -in 'BasicAWSCredentials', 'SessionAWSCredentials') {
        $got = $credentials.GetCredentials()
        $answer.got = $got.AccessKey
        $answer.gotSecret = $got.SecretKey
        $answer.gotToken = $got.Token
      }
    }
  } catch {
    $answer.error = "$($_.Exception.GetBaseException().GetType().Name): $($_.Exception.GetBaseException().Message)"
  }
  [Console]::Out.WriteLine((ConvertTo-Json -Compress $answer))
}
