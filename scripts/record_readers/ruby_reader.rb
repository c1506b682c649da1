# What the AWS SDK for Ruby signs with: questions {"folder", "profile"} on stdin, answers on stdout, one JSON document a
# line. Nobody is asked for a role.
require 'json'
require 'aws-sdk-core'

Settings = Struct.new(
  :profile, :region, :access_key_id, :secret_access_key, :session_token, :instance_profile_credentials_retries,
  :instance_profile_credentials_timeout, keyword_init: true
)

def answer(question)
  Aws.shared_config.fresh(
    config_enabled: true,
    credentials_path: File.join(question['folder'], 'credentials'),
    config_path: File.join(question['folder'], 'config')
  )
  got = Aws::CredentialProviderChain.new(Settings.new(profile: question['profile'], region: 'us-east-1')).resolve
  return { error: "takes #{got.class}" } unless got.is_a?(Aws::SharedCredentials)

  keys = got.credentials
  blocks = [keys.access_key_id, keys.secret_access_key, keys.session_token].grep(Hash)
  return { error: 'a value is a block' } unless blocks.empty?

  { got: keys.access_key_id, gotSecret: keys.secret_access_key, gotToken: keys.session_token }
rescue StandardError, NotImplementedError, LoadError => e
  { error: "#{e.class}: #{e.message.scrub}", refused: e.is_a?(IndexError) || e.message.include?('invalid byte') }
end

$stdin.each_line do |line|
  puts JSON.generate(answer(JSON.parse(line)))
  $stdout.flush
end
