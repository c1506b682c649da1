# Says for each state of files and variables, a line of JSON on stdin, who botocore is there: the key that signs, the role,
# the region and the address of a service. No network: roles are assumed of a client that tells its caller's key.
import atexit, json, os, shutil, sys, tempfile
from datetime import datetime, timedelta, timezone
import botocore.session
from botocore.exceptions import BotoCoreError, ClientError

FILES = ["AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"]
loader = botocore.session.Session().get_component("data_loader")


class Sts:
    def __init__(self, key):
        self.key = key

    def assume_role(self, RoleArn, **_):
        end = datetime.now(timezone.utc) + timedelta(hours=1)
        return {"Credentials": {"AccessKeyId": f"{self.key} {RoleArn}", "SecretAccessKey": "s", "SessionToken": "t", "Expiration": end}}


def who(profile):
    session = botocore.session.Session(profile=profile)
    session.register_component("data_loader", loader)
    create = session.create_client

    def fake(service, *args, **kwargs):
        if service == "sts" and kwargs.get("aws_access_key_id"):
            return Sts(kwargs["aws_access_key_id"])
        return create(service, *args, **kwargs)

    session.create_client = fake
    found = session.get_credentials()
    if found is None:
        return {"error": "none"}
    key = found.get_frozen_credentials().access_key
    region = session.get_config_variable("region")
    client = create("sqs", region_name=region or "us-east-1", aws_access_key_id="x", aws_secret_access_key="x")
    return {"key": key, "region": region, "endpoint": client.meta.endpoint_url}


roots = tempfile.mkdtemp()
atexit.register(shutil.rmtree, roots)
for count, line in enumerate(sys.stdin):
    state = json.loads(line)
    root = f"{roots}/{count}"
    for name in [name for name in os.environ if name.startswith("AWS")]:
        del os.environ[name]
    os.environ.update({"HOME": f"{root}/home/alice", "AWS_EC2_METADATA_DISABLED": "true"})
    for name, value in state["env"].items():
        os.environ[name] = f"{root}{value}" if name in FILES else value
    # By the clock of the tests, which is not this one.
    os.environ.pop("AWS_CREDENTIAL_EXPIRATION", None)
    for path, text in state["files"].items():
        os.makedirs(os.path.dirname(f"{root}{path}"), exist_ok=True)
        with open(f"{root}{path}", "w") as file:
            file.write(text)
    try:
        answer = who(state.get("profile"))
    except (BotoCoreError, ClientError, ValueError) as error:
        answer = {"error": type(error).__name__}
    print(json.dumps(answer), flush=True)
