# A long-running program with boto3: one client, asked again and again for as many seconds as it is told.
import sys, time
import boto3

client = boto3.client("sts")
end = time.time() + float(sys.argv[1])
while time.time() < end:
    print(client.meta.region_name, client.get_caller_identity()["Arn"], flush=True)
    time.sleep(0.5)
