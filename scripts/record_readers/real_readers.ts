import { cleanEnvironment } from "../program.ts";
import { awsCliPython } from "./aws_cli_python.ts";
import { askProgram } from "./ask_program.ts";
import type { Answer, Question } from "./question.ts";

const HERE = new URL(".", import.meta.url).pathname;
const CONFIG = new URL("../../deno.json", import.meta.url).pathname;
const TOOLS = Deno.env.get("AWSMFA_READERS") ?? new URL("../../../shared/tools", import.meta.url).pathname;

/** The folder that ../shared/tools/aws-cli has made, as .ci/run does. */
const AWS_CLI = Deno.env.get("AWSMFA_AWS_CLI") ?? `${Deno.env.get("HOME")}/.cache/awsmfa-aws-cli`;

/** Where questions are asked: what the readers need of the machine. */
export interface Asking {
  /** An empty home. */
  readonly home: string;
  /** The address of a server on this machine that refuses whatever it is asked as an STS. */
  readonly sts: string;
  /** The `pwsh` command. */
  readonly pwsh: string;
}

/** A real reader: a row of the table, and how it is asked. */
export interface RealReader {
  /** Its vectors are called so. */
  readonly id: string;
  /** The row of the table that it stands for. */
  readonly row: string;
  /** What was asked, with its version. */
  readonly about: string;
  /** The file without which it can't be asked. */
  readonly needs: string | undefined;
  readonly ask: (questions: readonly Question[], asking: Asking) => Promise<Answer[]>;
}

export const realReaders: readonly RealReader[] = [
  {
    id: "cli",
    row: "cli",
    about: "botocore 1.43",
    needs: undefined,
    ask: async (questions, { home, sts }) => {
      const command = ["python3", `${HERE}botocore_reader.py`] as const;
      const lines = questions.map(({ folder, profile }) => ({ dir: folder, profile }));
      return (await askProgram([...command], lines, environment(home, sts))).map((reply) =>
        toAnswer(reply, () => reply.refused === true)
      );
    },
  },
  {
    id: "cli2",
    row: "cli",
    about: "AWS CLI 2.38",
    needs: `${AWS_CLI}/ready`,
    ask: async (questions, { home, sts }) => {
      const [program, ...args] = awsCliPython(AWS_CLI, `${HERE}botocore_reader.py`);
      const lines = questions.map(({ folder, profile }) => ({ dir: folder, profile }));
      const env = environment(home, sts, { BOTOCORE: "awscli.botocore" });
      return (await askProgram([program, ...args], lines, env)).map((reply) =>
        toAnswer(reply, () => reply.refused === true)
      );
    },
  },
  {
    id: "js",
    row: "js",
    about: "@aws-sdk/credential-provider-ini 3.973.30",
    needs: undefined,
    ask: async (questions, { home, sts }) => {
      const allowed = ["--allow-read", "--allow-env", "--allow-sys", "--allow-run", "--allow-net=127.0.0.1"];
      const program = [...allowed, `--config=${CONFIG}`, `${HERE}javascript_reader.ts`];
      const run = ["run", "--quiet", "--no-prompt", "--cached-only", ...program];
      const replies = await askProgram([Deno.execPath(), ...run], questions, environment(home, sts));
      return replies.map((reply) => toAnswer(reply, () => false));
    },
  },
  goReader("go", "aws-sdk-go-v2 config 1.33.18", "v2", /^panic: /),
  goReader("tf", "aws-sdk-go-base 2.0.0-beta.74", "terraform", /^panic: /),
  goReader("go1", "aws-sdk-go 1.55.8 with SharedConfigEnable", "v1config", /SharedConfigLoadError|^panic: /),
  goReader(
    "minio",
    "minio-go 7.4.1",
    "minio",
    /^panic: |key-value delimiter|unclosed section|empty key name|missing closing|empty section name/,
  ),
  {
    id: "net",
    row: "net",
    about: "AWSSDK.Core 4.0.102",
    needs: `${TOOLS}/pwsh-data/aws-sdk-net`,
    ask: async (questions, { home, sts, pwsh }) => {
      const lines = questions.map(({ folder, profile }) => ({ file: `${folder}/credentials`, profile }));
      const env = environment(home, sts, {
        AWS_SDK_NET: `${TOOLS}/pwsh-data/aws-sdk-net`,
        POWERSHELL_TELEMETRY_OPTOUT: "1",
      });
      const replies = await askProgram([pwsh, "-NoProfile", "-File", `${HERE}net_reader.ps1`], lines, env);
      return replies.map((reply) => toAnswer(reply, isBy(/^InvalidDataException: Line /)));
    },
  },
  javaReader("java", "software.amazon.awssdk 2.57.8", "v2", (folder) => ({
    ...(isFile(`${folder}/credentials`) ? { file: `${folder}/credentials` } : {}),
    ...(isFile(`${folder}/config`) ? { config: `${folder}/config` } : {}),
  }), / on line \d|^StringIndexOutOfBoundsException/),
  javaReader(
    "java1",
    "com.amazonaws 1.12.797",
    "v1",
    (folder) =>
      isFile(`${folder}/credentials`) ? { file: `${folder}/credentials` } : { config: `${folder}/config` },
    / on line \d|Profile name is empty/,
  ),
  rustReader(
    "rust",
    "aws-config 1.13.0",
    "aws-config",
    /error parsing|could not parse profile file|not valid UTF-8|invalid utf-8/i,
  ),
  rustReader("reqsign", "reqsign-aws-core 3.2.0", "reqsign", /(?!)/),
  rustReader("aws-creds", "aws-creds 0.40.0", "aws-creds", /(?!)/),
  {
    id: "crt",
    row: "crt",
    about: "awscrt 0.38",
    needs: undefined,
    ask: async (questions, { home, sts }) => {
      const python = Deno.env.get("AWSMFA_PYTHON") ?? "python3";
      const replies = await askProgram([python, `${HERE}crt_reader.py`], questions, environment(home, sts));
      return replies.map((reply) => toAnswer(reply, () => false));
    },
  },
  {
    id: "ruby",
    row: "ruby",
    about: "aws-sdk-core 3.168",
    needs: undefined,
    ask: async (questions, { home, sts }) => {
      const replies = await askProgram(["ruby", `${HERE}ruby_reader.rb`], questions, environment(home, sts));
      return replies.map((reply) => toAnswer(reply, () => reply.refused === true));
    },
  },
];

function goReader(row: string, about: string, reader: string, refusal: RegExp): RealReader {
  return {
    id: row,
    row,
    about,
    needs: `${TOOLS}/go-reader/go-reader`,
    ask: async (questions, { home, sts }) => {
      const lines = questions.map(({ folder, profile }) => ({
        reader,
        file: `${folder}/credentials`,
        config: `${folder}/config`,
        profile,
        get: true,
        sts,
        region: "us-east-1",
        env: { AWS_REGION: "us-east-1" },
        seconds: 5,
      }));
      const replies = await askProgram([`${TOOLS}/go-reader/go-reader`], lines, environment(home, sts));
      return replies.map((reply) => toAnswer(reply, isBy(refusal)));
    },
  };
}

function javaReader(
  row: string,
  about: string,
  sdk: string,
  files: (folder: string) => object,
  refusal: RegExp,
): RealReader {
  return {
    id: row,
    row,
    about,
    needs: `${TOOLS}/java-reader/run`,
    ask: async (questions, { home, sts }) => {
      const lines = questions.map(({ folder, profile }) => ({ sdk, profile, get: true, ...files(folder) }));
      const replies = await askProgram([`${TOOLS}/java-reader/run`], lines, environment(home, sts));
      return replies.map((reply) => toAnswer(reply, (error) => !("found" in reply) && refusal.test(error)));
    },
  };
}

function rustReader(row: string, about: string, reader: string, refusal: RegExp): RealReader {
  return {
    id: row,
    row,
    about,
    needs: `${TOOLS}/rust-reader/rust-reader`,
    ask: async (questions, { home, sts }) => {
      const lines = questions.map(({ folder, profile }) => ({
        reader,
        profile,
        get: true,
        limit: 5,
        ...(isFile(`${folder}/credentials`) || reader !== "aws-config"
          ? { file: `${folder}/credentials` }
          : {}),
        ...(isFile(`${folder}/config`) || reader !== "aws-config" ? { config: `${folder}/config` } : {}),
        env: { AWS_ENDPOINT_URL_STS: sts, AWS_REGION: "us-east-1" },
      }));
      const replies = await askProgram([`${TOOLS}/rust-reader/rust-reader`], lines, environment(home, sts));
      return replies.map((reply) => toAnswer(reply, isBy(refusal)));
    },
  };
}

function isBy(refusal: RegExp): (error: string) => boolean {
  return (error) => refusal.test(error);
}

/** An empty token counts as none. */
function toAnswer(reply: Record<string, unknown>, isRefusal: (error: string) => boolean): Answer {
  const { got, gotSecret, gotToken, error } = reply;
  if (typeof got === "string") {
    const token = typeof gotToken === "string" && gotToken !== ""
      ? gotToken
      : gotToken === true
      ? true
      : undefined;
    return { id: got, secret: typeof gotSecret === "string" ? gotSecret : undefined, token };
  }
  return isRefusal(String(error)) ? "file" : "nothing";
}

function environment(home: string, sts: string, more: Record<string, string> = {}): Record<string, string> {
  return cleanEnvironment(home, {
    AWS_ENDPOINT_URL_STS: sts,
    AWS_REGION: "us-east-1",
    HTTPS_PROXY: "http://127.0.0.1:9",
    HTTP_PROXY: "http://127.0.0.1:9",
    NO_PROXY: "127.0.0.1,localhost",
    AWS_MAX_ATTEMPTS: "1",
    ...more,
  });
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
