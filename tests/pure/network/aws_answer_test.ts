import assert from "node:assert/strict";
import { answerXml, refusalXml } from "../../../scripts/local_sts/answers.ts";
import { Refusal } from "../../../scripts/local_sts/refusal.ts";
import { asQueryAnswer, describeAnswer, isAwsAnswer } from "../../../src/domain/network/aws_answer.ts";

const GIVEN = answerXml("sts", "GetCallerIdentity", { Arn: "arn:aws:iam::1:user/a" }, "id");
const REFUSED = refusalXml("iam", new Refusal(403, "AccessDenied", "no"), "id");

const ROWS: [what: string, status: number, body: string, isIt: boolean][] = [
  ["what STS gives", 200, GIVEN, true],
  ["with a declaration", 200, `<?xml version="1.0" encoding="UTF-8"?>\n${GIVEN}`, true],
  ["what IAM refuses", 403, REFUSED, true],
  ["without a namespace", 200, "<GetSessionTokenResponse><a/></GetSessionTokenResponse>", true],
  ["an error as Ceph has it", 403, "<Error><Code>AccessDenied</Code></Error>", true],
  ["a page with 200", 200, "<!DOCTYPE html><html><body>Sign in</body></html>", false],
  ["XHTML", 200, `<?xml version="1.0"?><html xmlns="x"></html>`, false],
  ["a page with 403", 403, "<html><body>blocked</body></html>", false],
  ["nothing", 200, "", false],
  ["an answer cut off", 200, GIVEN.slice(0, -20), false],
  ["an error with 200", 200, REFUSED, false],
  ["an answer with 302", 302, GIVEN, false],
  ["an error without a code", 403, "<ErrorResponse><Error/></ErrorResponse>", false],
  ["an error with an odd code", 403, "<ErrorResponse><Code>\u001b[2J</Code></ErrorResponse>", false],
  ["JSON", 403, `{"Code":"AccessDenied"}`, false],
];
for (const [what, status, body, isIt] of ROWS) {
  Deno.test(`an answer ${isIt ? "is" : "is not"} AWS's: ${what}`, () =>
    assert.equal(isAwsAnswer(status, body), isIt));
}

Deno.test("an error of another store is put as the SDK reads it", () => {
  const error = "<Error><Code>AccessDenied</Code><Message>no</Message></Error>";
  const read = `<ErrorResponse>${error}</ErrorResponse>`;
  assert.equal(asQueryAnswer(`<?xml version="1.0"?>${error}`), read);
  assert.equal(asQueryAnswer(`<Response><Errors>${error}</Errors><RequestID/></Response>`), read);
  assert.equal(asQueryAnswer(REFUSED), REFUSED);
  assert.equal(asQueryAnswer(GIVEN), GIVEN);
});

Deno.test("of another's answer the status, the type or the new address are told, and no query of it", () => {
  assert.equal(describeAnswer(403, "text/html; charset=utf-8", undefined), "status 403, text/html");
  assert.equal(describeAnswer(403, "\u001b[2J", undefined), "status 403");
  assert.equal(describeAnswer(500, null, undefined), "status 500");
  const to = new URL("http://me:secret@portal.example/login?token=secret#secret");
  assert.equal(describeAnswer(302, "text/html", to), "status 302, to http://portal.example/login");
});
