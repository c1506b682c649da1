import assert from "node:assert/strict";
import { findLocations } from "../../src/domain/paths/locations.ts";
import { profileFromVariables } from "../../src/domain/sessions/who_here.ts";
import { testVectors } from "./read_vectors.ts";

interface Vector {
  readonly name: string;
  readonly environment: Record<string, string>;
  readonly platform: "linux" | "windows";
  readonly profile?: string;
  readonly configLocation: string;
  readonly credentialsLocation: string;
}

/** The SDKs take HOME before USERPROFILE there. The AWS CLI does not know it, and awsmfa goes with the AWS CLI. */
const OTHER_HOME = /\$HOME with highest priority on windows/;

testVectors<Vector>("file location", "smithy-rs/file-location-tests.json", 9, (vector) => {
  const env = (name: string): string | undefined => vector.environment[name];
  const { config, credentials } = findLocations(env, vector.platform === "windows", (path) => path);
  assert.equal(config, vector.configLocation);
  assert.equal(credentials, vector.credentialsLocation);
  if (vector.profile !== undefined) assert.equal(profileFromVariables(env).name, vector.profile);
}, ({ name }) => OTHER_HOME.test(name) ? "the AWS CLI differs" : undefined);
