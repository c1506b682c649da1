# Says for each state of files and variables, a line of JSON on stdin, who botocore is there: the key that signs, the role,
# the region and the address of a service. No network: roles are assumed of a client that tells its caller's key.
import atexit, json, os, shutil, sys, tempfile
from datetime import datetime, timedelta, timezone
import botocore.session
from botocore.exceptions import BotoCoreError, ClientError

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


home = tempfile.mkdtemp()
atexit.register(shutil.rmtree, home)
os.makedirs(f"{home}/.aws")
for line in sys.stdin:
    state = json.loads(line)
    for name in [name for name in os.environ if name.startswith("AWS")]:
        del os.environ[name]
    os.environ.update({"HOME": home, "AWS_EC2_METADATA_DISABLED": "true", **state["env"]})
    # By the clock of the tests, which is not this one.
    os.environ.pop("AWS_CREDENTIAL_EXPIRATION", None)
    for name in ["credentials", "config", "private"]:
        with open(f"{home}/.aws/{name}", "w") as file:
            file.write(state["files"].get(name, ""))
    if "AWS_CONFIG_FILE" in os.environ:
        os.environ["AWS_CONFIG_FILE"] = f"{home}/.aws/private"
    try:
        answer = who(state.get("profile"))
    except (BotoCoreError, ClientError, ValueError) as error:
        answer = {"error": type(error).__name__}
    print(json.dumps(answer), flush=True)
