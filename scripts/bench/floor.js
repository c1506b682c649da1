// The floor of a login: a program that sends one such request with bare fetch, and reads the answer.
const { env, readTextFileSync, createHttpClient } = Deno;
const client = createHttpClient({ caCerts: [readTextFileSync(env.get("AWS_CA_BUNDLE"))] });
const answer = await fetch(env.get("AWS_ENDPOINT_URL_STS"), {
  client,
  method: "POST",
  headers: { "content-type": "application/x-www-form-urlencoded" },
  body: "Action=GetSessionToken&Version=2011-06-15&DurationSeconds=43200&SerialNumber=none&TokenCode=000000",
});
await answer.text();
