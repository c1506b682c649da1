# A long-running program with boto3: one client, asked once for each line of its input.
import sys
import boto3

client = boto3.client("sts")
for line in sys.stdin:
    print(client.meta.region_name, client.get_caller_identity()["Arn"], flush=True)
