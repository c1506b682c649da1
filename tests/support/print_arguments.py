"""Prints, as JSON, what it was given: hex of the bytes of each argument."""
import json
import os
import sys

print(json.dumps([os.fsencode(argument).hex() for argument in sys.argv[1:]]))
