import { fromIni } from "@aws-sdk/credential-provider-ini";
import { print } from "../print.ts";
import type { Question } from "./question.ts";

// What the AWS SDK for JavaScript signs with: questions on stdin, answers on stdout, one JSON document a line. Nobody
// is asked for a role.

if (import.meta.main) {
  // It leaves a promise to itself where a role has mfa_serial and its source has no keys.
  globalThis.addEventListener("unhandledrejection", (event) => event.preventDefault());
  const questions = await new Response(Deno.stdin.readable).text();
  for (const line of questions.split("\n").filter((each) => each !== "")) {
    print(JSON.stringify(await answer(JSON.parse(line))));
  }
}

async function answer({ folder, profile }: Question): Promise<Record<string, string | undefined>> {
  const refuse = (): Promise<never> => Promise.reject(new Error("no role is assumed"));
  try {
    const got = await fromIni({
      profile,
      filepath: `${folder}/credentials`,
      configFilepath: `${folder}/config`,
      ignoreCache: true,
      roleAssumer: refuse,
      roleAssumerWithWebIdentity: refuse,
    })();
    return { got: got.accessKeyId, gotSecret: got.secretAccessKey, gotToken: got.sessionToken };
  } catch (error) {
    return { error: String(error) };
  }
}
