"""Reads credentials files as botocore does, and prints what it found: JSON, one entry for each path given."""
import json
import sys

from botocore.configloader import raw_config_parse

print(json.dumps([raw_config_parse(path) for path in sys.argv[1:]]))
