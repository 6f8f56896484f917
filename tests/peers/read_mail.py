"""Reads a mail as a mail program does, and prints it as JSON: headers decoded, parts in order. usage: read_mail.py FILE"""

import email
import email.policy
import json
import sys

with open(sys.argv[1], "rb") as file:
    mail = email.message_from_binary_file(file, policy=email.policy.default)
parts = [{"type": part.get_content_type(), "text": part.get_content()} for part in mail.iter_parts()]
print(json.dumps({"type": mail.get_content_type(), "headers": {name.lower(): str(value) for name, value in mail.items()},
                  "names": [name.lower() for name in mail.keys()], "parts": parts}))
