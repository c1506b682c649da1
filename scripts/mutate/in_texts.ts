import { type Mutation, mutationsOf } from "./mutation.ts";

/** What people type and read, and what is hidden from them. */
export const IN_TEXTS: readonly Mutation[] = [
  ...mutationsOf("domain/keys/mask.ts", [
    [`if (COMMAND_KEY.test(key)) return maskCommand(value);`, ``, "command"],
  ]),
  ...mutationsOf("domain/aws/token_code.ts", [
    [`.replace(/[\\s-]+/g, "")`, ``, "blanks"],
    [` && /^\\d[\\d\\s-]*\\d$/.test(typed.trim())`, ``, "outer-dash"],
    [`if (codes.length > 1) {`, `if (false) {`, "two-codes"],
    [`first === "-" && words.length === 1`, `first === "-"`, "dash-and-more"],
  ]),
  ...mutationsOf("domain/aws/mfa_device.ts", [
    [`resource.slice(resource.lastIndexOf("/") + 1)`, `resource.slice("user/".length)`, "path"],
    [`service === "iam" && resource === "root"`, `false`, "root"],
    [`/^[\\w+=/:,.@-]{9,256}$/`, `/^[\\w+=/:,.@-]{1,256}$/`, "short-serial"],
    [`resource === "u2f" ? "fido"`, `resource === "fido" ? "fido"`, "fido"],
    [`resource === "sms-mfa" ? "sms"`, `resource === "sms" ? "sms"`, "sms"],
    [`kind === "virtual" || kind === "hardware"`, `kind === "virtual"`, "hardware"],
    [`name.length < 2 ? `, `name.length < 1 ? `, "short-name"],
    [`name.slice(0, 64)`, `name`, "long-name"],
  ]),
  ...mutationsOf("domain/aws/caller.ts", [
    [`partition === owner.partition && account`, `account`, "partition"],
    [`&& account === owner.account`, ``, "account"],
    [`deriveSerial(callerArn);`, ``, "no-user"],
  ]),
  ...mutationsOf("domain/aws/sts_refusal.ts", [
    [`/^(InvalidClientTokenId|SignatureDoesNotMatch)$/`, `/^(InvalidClientTokenId)$/`, "wrong-secret"],
  ]),
  ...mutationsOf("domain/text/picker.ts", [
    [`const wanted = filter.toLowerCase();`, `const wanted = filter;`, "capitals"],
    [`Math.max(0, Math.min(last, to))`, `Math.min(last, to)`, "above-the-first"],
    [`filter: [...state.filter].slice(0, -1).join("")`, `filter: state.filter.slice(0, -1)`, "backspace"],
    [`isMarked && screen.colour`, `isMarked`, "colour"],
    [`state.marked - (height >> 1)`, `state.marked`, "scroll"],
  ]),
  ...mutationsOf("domain/text/nearest.ts", [
    [`distance <= limit || `, `distance < limit || `, "limit"],
    [`.sort((a, b) => a.distance - b.distance)`, ``, "nearest-first"],
    [`.slice(0, 3)`, ``, "three"],
  ]),
  ...mutationsOf("domain/aws/region.ts", [
    [` && text.length <= 32`, ``, "long"],
  ]),
  ...mutationsOf("domain/network/endpoint.ts", [
    [`url.username !== "" || url.password !== ""`, `url.username !== ""`, "password"],
    [`if (url.protocol === "http:" && `, `if (false && `, "plain-http"],
  ]),
  ...mutationsOf("domain/shell/shell_word.ts", [
    [`if (name === "default") return "";`, ``, "default"],
  ]),
  ...mutationsOf("domain/aws/partition.ts", [
    [`{ prefix: "us-gov-", id: "aws-us-gov"`, `{ prefix: "us-gov-", id: "aws"`, "govcloud"],
    [`region: "eusc-de-east-1", name`, `region: "us-east-1", name`, "europe"],
  ]),
  ...mutationsOf("domain/text/byte_text.ts", [
    [`code <= BYTE_ESCAPE + 0xff`, `code <= BYTE_ESCAPE + 0x9f`, "high-bytes"],
    [`return first === 0xe0 ? 0xa0 : `, `return `, "overlong"],
    [`return first === 0xed ? 0x9f : `, `return `, "surrogates"],
  ]),
  ...mutationsOf("domain/placement/placement_errors.ts", [
    [`names.length <= 8 ? `, `names.length <= 0 ? `, "few-names"],
  ]),
  ...mutationsOf("domain/aws/explain_refusal.ts", [
    [
      `Math.abs(clockAheadSeconds) >= CLOCK_TOLERANCE_SECONDS) return clockIsOff`,
      `clockAheadSeconds >= CLOCK_TOLERANCE_SECONDS) return clockIsOff`,
      "clock-behind",
    ],
    [`if (isThrottling(code)) {`, `if (false) {`, "throttling"],
    [`context.roleArn !== undefined && text.includes("durationseconds")`, `false`, "role-too-long"],
    [
      `if (context.roleArn !== undefined && code === "AccessDenied") return`,
      `if (false) return`,
      "role-refused",
    ],
    [`if (attempts > 1) {`, `if (attempts > 9) {`, "lost-answer"],
    [`seconds > 0 ? "ahead of" : "behind"`, `seconds < 0 ? "ahead of" : "behind"`, "direction"],
    [`CODE_SECONDS = 30`, `CODE_SECONDS = 300`, "clock-for-codes"],
    [`refusal.code === "InternalFailure" || `, ``, "aws-in-trouble"],
  ]),
  ...mutationsOf("domain/aws/explain_denial.ts", [
    [`line.trim().slice(0, 300)`, `message`, "one-line"],
    [`[/permissions boundary/, `, `[/permission boundary/, `, "boundary"],
  ]),
];
