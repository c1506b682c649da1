import assert from "node:assert/strict";
import { checkEndpoint } from "../../../src/domain/network/endpoint.ts";
import { checkRegion } from "../../../src/domain/aws/region.ts";
import { UsageError } from "../../../src/errors.ts";

Deno.test("the name of a region passes, of any partition and of one to come", () => {
  for (
    const region of [
      "us-east-1",
      "eu-central-2",
      "cn-north-1",
      "us-gov-west-1",
      "us-iso-east-1",
      "eusc-de-east-1",
    ]
  ) {
    assert.equal(checkRegion(region, "--region"), region);
  }
});

Deno.test("what would make another host name is no region", () => {
  for (
    const region of [
      "",
      "US-EAST-1",
      "us_east_1",
      "useast1",
      "us-east-1.evil.example",
      "a/b",
      "us-east-1#",
      " us-east-1",
      "-x",
      `us-${"x".repeat(40)}`,
    ]
  ) {
    assert.throws(() => checkRegion(region, "AWS_REGION"), (error) => {
      assert.ok(error instanceof UsageError);
      assert.equal(error.message, `AWS_REGION: '${region}' isn't a region`);
      return true;
    });
  }
});

Deno.test("an endpoint is https anywhere, and http on this machine", () => {
  const good = ["https://sts.eu-central-1.amazonaws.com", "https://vpce-1.sts.us-east-1.vpce.amazonaws.com/"]
    .concat(["http://localhost:4566", "http://127.0.0.1:1/x", "http://127.8.0.1", "http://[::1]:99"]);
  for (const address of good) {
    assert.equal(checkEndpoint(address, "AWS_ENDPOINT_URL").href, new URL(address).href);
  }
});

Deno.test("plain http to another machine is refused, and the hint is the https address", () => {
  for (
    const host of [
      "sts.amazonaws.com",
      "localhost.evil.example",
      "127.0.0.1.evil.example",
      "10.0.0.1:8080",
    ]
  ) {
    assert.throws(() => checkEndpoint(`http://${host}/x`, "AWS_ENDPOINT_URL"), {
      message: `AWS_ENDPOINT_URL: '${host}' must be reached by https`,
      hint: `AWS_ENDPOINT_URL=https://${host}`,
    });
  }
});

Deno.test("what is no address is refused without repeating it, and so is one with a password", () => {
  for (
    const address of [
      "SECRET",
      "ftp://SECRET",
      "file:///SECRET",
      "https://",
      "https://u:SECRET@sts.amazonaws.com",
      "https://:SECRET@sts.amazonaws.com",
    ]
  ) {
    assert.throws(() => checkEndpoint(address, "AWS_ENDPOINT_URL_STS"), (error) => {
      assert.ok(error instanceof UsageError);
      assert.match(error.message, /^AWS_ENDPOINT_URL_STS/);
      assert.doesNotMatch(`${error.message}${error.hint}`, /SECRET/);
      return true;
    });
  }
});
