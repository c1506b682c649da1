/** Bootstraps as the `aws` that ../shared/tools/aws-cli writes does, and runs a script in the place of the AWS CLI. */
const RUN = `
import os, runpy, sys
root = sys.argv[1]
sys.path[:] = [p for p in sys.path if p.startswith(root)] + [root + "/usr/lib/python3/dist-packages"]
os.environ.pop("PYTHONHOME", None)
runpy.run_path(sys.argv[2], run_name="__main__")
`;

/** The command that runs a script with the interpreter and the modules of the AWS CLI in `folder`. */
export function awsCliPython(folder: string, script: string): [program: string, ...args: string[]] {
  const root = `${folder}/root`;
  const loader = within(`${root}/usr/lib64`, /^ld-linux-/);
  const libraries = within(`${root}/usr/lib`, /-linux-gnu$/);
  const python = within(`${root}/usr/bin`, /^python3\.\d+$/);
  return [loader, "--library-path", libraries, python, "-I", "-c", RUN, root, script];
}

function within(folder: string, name: RegExp): string {
  for (const entry of Deno.readDirSync(folder)) if (name.test(entry.name)) return `${folder}/${entry.name}`;
  throw new Error(`${folder}: there is no ${name}`);
}
