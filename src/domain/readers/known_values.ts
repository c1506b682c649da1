// The values that a reader understands of the keys over which it refuses a profile.

const YES_OR_NO = /^(?:true|false)$/i;
const WHEN = /^when_(?:supported|required)$/i;
/** Up to 10485760, nearly. */
const COMPRESSION_BYTES = /^\+?0*(?:\d{1,7}|10[0-4]\d{5})$/;
/** What Go understands. */
export const GO_VALUES = {
  ec2_metadata_service_endpoint_mode: /^(?:ipv4|ipv6|)$/i,
  defaults_mode: /^(?:auto|cross-region|in-region|legacy|mobile|standard|)$/i,
  max_attempts: /^[+-]?(?:\d+|0x[\da-f]+|0b[01]+|0o[0-7]+)$/i,
  retry_mode: /^(?:standard|adaptive)$/,
  disable_request_compression: /^(?:true|false)$/,
  disable_clock_skew_correction: /^(?:true|false)$/,
  request_min_compression_size_bytes: COMPRESSION_BYTES,
  account_id_endpoint_mode: /^(?:preferred|required|disabled)$/,
  request_checksum_calculation: WHEN,
  response_checksum_validation: WHEN,
};
/** What Java understands where it makes a client. */
export const JAVA_VALUES = {
  use_fips_endpoint: YES_OR_NO,
  use_dualstack_endpoint: YES_OR_NO,
  disable_request_compression: YES_OR_NO,
  retry_mode: /^(?:legacy|standard|adaptive|)$/i,
  defaults_mode: /^(?:auto|cross-region|in-region|legacy|mobile|standard)$/i,
  request_min_compression_size_bytes: /^[+-]?\d+$/,
};
/** What .NET understands. */
export const NET_VALUES = {
  use_fips_endpoint: YES_OR_NO,
  use_dualstack_endpoint: YES_OR_NO,
  endpoint_discovery_enabled: YES_OR_NO,
  ignore_configured_endpoint_urls: YES_OR_NO,
  s3_use_arn_region: YES_OR_NO,
  s3_disable_express_session_auth: YES_OR_NO,
  s3_disable_multiregion_access_points: YES_OR_NO,
  s3_force_path_style: YES_OR_NO,
  disable_request_compression: YES_OR_NO,
  s3_us_east_1_regional_endpoint: /^(?:regional|legacy)$/i,
  retry_mode: /^(?:standard|adaptive|[+-]?\d+)$/i,
  max_attempts: /^\+?0*[1-9]\d*$/,
  ec2_metadata_service_endpoint_mode: /^ipv[46]$/i,
  account_id_endpoint_mode: /^(?:preferred|disabled|required|[+-]?\d+)$/i,
  request_checksum_calculation: WHEN,
  response_checksum_validation: WHEN,
  ec2_metadata_service_endpoint: /^[a-z][a-z\d+.-]*:\S+$/i,
  toolkit_artifact_guid: /^(?:\{?[\da-f]{8}-?(?:[\da-f]{4}-?){3}[\da-f]{12}\}?)?$/i,
  // What can't be a part of a host name.
  region: /^(?:[a-z\d][a-z\d-]{0,62})?$/i,
  request_min_compression_size_bytes: COMPRESSION_BYTES,
};
