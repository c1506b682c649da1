import { type ConnectProxy, type ProxyOptions, startProxy } from "./connect_proxy.ts";
import { openStage, type Stage } from "./stage.ts";
import { awsTls, CORP_CA_FILE } from "./tls_files.ts";

export const STS_HOST = "sts.us-east-1.amazonaws.com";

/** A stage whose local STS has AWS's own name, with a proxy that leads there. */
export interface CorporateStage extends Stage {
  readonly proxy: ConnectProxy;
  /** For a run: no endpoint is named, and the inspecting proxy's authority is trusted. HTTPS_PROXY is not set. */
  readonly env: Record<string, string>;
}

/** Opens it: `await using stage = await openCorporateStage()`. */
export async function openCorporateStage(
  options: ProxyOptions = {},
  { certificate, open = {} }: { certificate?: string; open?: Parameters<typeof openStage>[0] } = {},
): Promise<CorporateStage> {
  const stage = await openStage({ ...open, tls: awsTls(certificate) });
  const proxy = await startProxy({ leadsTo: Number(new URL(stage.sts.url).port), ...options });
  return {
    ...stage,
    proxy,
    env: { AWS_ENDPOINT_URL_STS: "", AWS_ENDPOINT_URL_IAM: "", AWS_CA_BUNDLE: CORP_CA_FILE },
    [Symbol.asyncDispose]: async () => {
      await proxy[Symbol.asyncDispose]();
      await stage[Symbol.asyncDispose]();
    },
  };
}
