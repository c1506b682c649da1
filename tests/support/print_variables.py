"""Prints, as JSON, the environment variables whose names begin with the word given: hex of their bytes."""
import json
import os
import sys

start = sys.argv[1].encode()
found = {k.decode(): v.hex() for k, v in os.environb.items() if k.startswith(start)}
print(json.dumps(found))
