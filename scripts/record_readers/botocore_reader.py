"""What botocore signs with: questions {"dir", "profile"} on stdin, answers on stdout, one JSON document a line.

BOTOCORE names another module: the AWS CLI 2 has its own, awscli.botocore.
"""
import importlib
import json
import os
import sys

BOTOCORE = os.environ.pop("BOTOCORE", "botocore")
session_module = importlib.import_module(BOTOCORE + ".session")
credentials = importlib.import_module(BOTOCORE + ".credentials")


def stopped(*args, **more):
    raise RuntimeError("the instance metadata service is not asked")


credentials.InstanceMetadataProvider.load = stopped
credentials.BotoProvider.load = lambda self: None


def answer(question):
    os.environ["AWS_SHARED_CREDENTIALS_FILE"] = os.path.join(question["dir"], "credentials")
    os.environ["AWS_CONFIG_FILE"] = os.path.join(question["dir"], "config")
    try:
        session = session_module.Session(profile=question["profile"], include_builtin_handlers=False)
        got = session.get_credentials()
        if got.method not in ("shared-credentials-file", "config-file"):
            return {"error": "takes " + got.method}
        if not all(isinstance(value, (str, type(None))) for value in (got.access_key, got.secret_key, got.token)):
            return {"error": "a value is a block"}
        return {"got": got.access_key, "gotSecret": got.secret_key, "gotToken": got.token}
    except Exception as error:
        kind = type(error).__name__
        # The AWS CLI has this class twice, under two names of its module.
        return {"refused": kind == "ConfigParseError", "error": f"{kind}: {error}"}


for line in sys.stdin:
    reply = answer(json.loads(line))
    if "\ud800" <= max(json.dumps(reply, ensure_ascii=False), default="") <= "\udfff":
        reply = {"error": "a lone surrogate"}
    print(json.dumps(reply), flush=True)
