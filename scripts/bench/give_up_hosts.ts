import config from "../../deno.json" with { type: "json" };
import { keepHosts } from "../../src/adapters/network/keep_hosts.ts";
import { print } from "../print.ts";

// Started with the permissions that awsmfa ships with: what a login spends on giving up all hosts but its own.
const start = performance.now();
keepHosts(
  { region: "us-east-1", endpoint: undefined, iamEndpoint: undefined },
  config.permissions.awsmfa.net,
);
print(String(performance.now() - start));
