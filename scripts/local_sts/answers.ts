import type { Refusal } from "./refusal.ts";

/** The XML inside a result: a text, a list (each one a `member`), or elements by name. */
export type Answer = string | readonly Answer[] | { readonly [name: string]: Answer };

/** The two services that speak here; the XML names them by their API's version. */
export type Service = "sts" | "iam";

/** API versions of the two services, as they stand in a request's Version and in the answer's xmlns. */
export const apiVersion: Readonly<Record<Service, string>> = { sts: "2011-06-15", iam: "2010-05-08" };

/** The answer document of an AWS Query API: https://docs.aws.amazon.com/STS/latest/APIReference/CommonParameters.html */
export function answerXml(service: Service, action: string, result: Answer, requestId: string): string {
  const body = xml({ [`${action}Result`]: result, ResponseMetadata: { RequestId: requestId } });
  return `<${action}Response xmlns="${namespace(service)}">${body}</${action}Response>\n`;
}

/** The error document of an AWS Query API; AWS calls a 5xx the Receiver's fault and everything else the Sender's. */
export function refusalXml(service: Service, refusal: Refusal, requestId: string): string {
  const error = {
    Type: refusal.status >= 500 ? "Receiver" : "Sender",
    Code: refusal.code,
    Message: refusal.message,
  };
  return `<ErrorResponse xmlns="${namespace(service)}">${
    xml({ Error: error, RequestId: requestId })
  }</ErrorResponse>\n`;
}

/** A time as AWS writes it: UTC, to the second; `time` in milliseconds since 1970. */
export function isoSeconds(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, "Z");
}

function namespace(service: Service): string {
  return `https://${service}.amazonaws.com/doc/${apiVersion[service]}/`;
}

function xml(answer: Answer): string {
  if (typeof answer === "string") return escape(answer);
  if (isList(answer)) return answer.map((each) => `<member>${xml(each)}</member>`).join("");
  return Object.entries(answer).map(([name, value]) => `<${name}>${xml(value)}</${name}>`).join("");
}

function isList(answer: Answer): answer is readonly Answer[] {
  return Array.isArray(answer);
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
