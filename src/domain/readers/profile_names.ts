import { SIGNS, WHITE } from "./grammars.ts";
import type { Names } from "./reader.ts";

const PLAIN_PROFILE = new RegExp(`^profile[ \\t]+(${SIGNS})$|^(default)$`);
/** Whatever stands in the header is the name. */
export const ANY = /^([^]+)$/;

/** The rules that the SDKs agreed upon. */
const sdkNames: Names = {
  credentials: new RegExp(`^(${SIGNS})$`),
  config: PLAIN_PROFILE,
  others: new RegExp(`^(?:sso-session|services)[ \\t]+${SIGNS}$`),
  both: "prefixed",
};
/** Java takes off what counts as blank for it behind the one that it needs. */
export const javaNames: Names = {
  ...sdkNames,
  config: new RegExp(`^profile[ \\t][\\0- ]*(${SIGNS})$|^(default)$`),
};
/** Rust takes more blanks off than it knows between words. */
export const rustNames: Names = {
  ...sdkNames,
  credentials: new RegExp(`^[${WHITE}]*(${SIGNS})[${WHITE}]*$`),
  config: new RegExp(
    `^[${WHITE}]*profile[${WHITE}]*[ \\t][${WHITE}]*(${SIGNS})[${WHITE}]*$|^[${WHITE}]*(default)[${WHITE}]*$`,
  ),
};
/** Go takes any character in a name. */
export const goNames: Names = {
  credentials: /^(?!profile[ \t])([^]+)$/,
  config: /^profile[ \t]+([^]+)$|^(default|DEFAULT|Default)$/,
  both: "prefixed",
};
