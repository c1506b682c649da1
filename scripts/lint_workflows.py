#!/usr/bin/env python3
"""Holds .github/workflows to the rules that no runner checks: python3 scripts/lint_workflows.py [FILE ...]

Actions are pinned by commit, with the version beside it; no permission is given that is not on the list; a secret is
seen only by a job of a protected environment, and only through `env`; no text that others wrote becomes shell code.
Needs PyYAML. Ends with 1 where something is wrong.
"""
import pathlib
import re
import sys

import yaml

PINNED = re.compile(r"^[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+(\.\d+)*$")
WRITES = {"publish": {"contents": "write", "id-token": "write", "attestations": "write"}}
FORBIDDEN_TRIGGERS = {"pull_request_target", "workflow_run", "issue_comment"}


def problems(path):
    text = path.read_text()
    flow = yaml.safe_load(text)
    for uses in re.findall(r"^\s*(?:- )?uses:\s*(.+?)\s*$", text, re.M):
        if not PINNED.match(uses):
            yield f"{uses}: not pinned by commit with its version"
    # YAML 1.1 reads the key `on` as true.
    triggers = flow.get("on", flow.get(True))
    for trigger in FORBIDDEN_TRIGGERS & set(triggers):
        yield f"{trigger}: runs others' code with this repository's rights"
    if flow.get("permissions") != {"contents": "read"}:
        yield "permissions: the workflow's are not 'contents: read'"
    for name, job in flow["jobs"].items():
        yield from (f"{name}: {problem}" for problem in job_problems(name, job, flow["jobs"]))


def job_problems(name, job, jobs):
    if job.get("permissions", {}) != WRITES.get(name, {}):
        yield f"permissions {job.get('permissions')}"
    if "timeout-minutes" not in job:
        yield "no timeout-minutes"
    needs = job.get("needs", [])
    for needed in [needs] if isinstance(needs, str) else needs:
        if needed not in jobs:
            yield f"needs {needed}, which is not there"
    if "secrets." in str(job) and "environment" not in job:
        yield "sees a secret outside of a protected environment"
    for step in job["steps"]:
        if "${{" in step.get("run", ""):
            yield "an expression inside of a script: pass it through env"
        if step.get("uses", "").startswith("actions/checkout@"):
            if step.get("with", {}).get("persist-credentials") is not False:
                yield "checkout keeps the token"


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    paths = [pathlib.Path(arg) for arg in sys.argv[1:]] or sorted((root / ".github/workflows").glob("*.yml"))
    found = [f"{path.name}: {problem}" for path in paths for problem in problems(path)]
    print("\n".join(found) if found else f"{len(paths)} workflows: nothing found")
    sys.exit(1 if found else 0)


main()
