"""A real SMTP server (aiosmtpd) on loopback that files every mail in a Maildir and forwards nothing, for tests/mail.rs.

usage: mail_sink.py DIR [--auth USER:PASSWORD] [--starttls | --tls]

Prints the port it listens on, then serves until its input ends. Recipients that test the unhappy paths: reject@ -> 550,
greylist@ -> 451, full@ -> 552. The certificate is DIR/cert.pem, for 127.0.0.1 and localhost, made with openssl.
Exits with 77 where aiosmtpd or openssl is missing (Debian: python3-aiosmtpd, openssl).
"""

import asyncio
import os
import ssl
import subprocess
import sys

try:
    from aiosmtpd.handlers import Mailbox
    from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
except ImportError:
    sys.exit(77)

REFUSED = {
    "reject": "550 5.1.1 No such mailbox here",
    "greylist": "451 4.7.1 Try again later",
    "full": "552 5.2.2 Mailbox full",
}


class Sink(Mailbox):
    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        refused = REFUSED.get(address.split("@")[0].lower())
        if refused:
            return refused
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"


def context(folder):
    key, cert = folder + "/key.pem", folder + "/cert.pem"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=localhost".split()
    command += ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-addext", "basicConstraints=critical,CA:FALSE"]
    try:
        subprocess.run(command + ["-keyout", key, "-out", cert], check=True, stderr=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError):
        sys.exit(77)
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    made.load_cert_chain(cert, key)
    return made


async def main():
    folder, arguments = sys.argv[1], sys.argv[2:]
    options = {"hostname": "localhost", "enable_SMTPUTF8": False}
    listen = {}
    encrypted = "--starttls" in arguments or "--tls" in arguments
    if "--starttls" in arguments:
        options.update(tls_context=context(folder), require_starttls=True)
    if "--tls" in arguments:
        listen.update(ssl=context(folder))
    if "--auth" in arguments:
        user, _, word = arguments[arguments.index("--auth") + 1].partition(":")

        def check(server, session, envelope, mechanism, data):
            right = isinstance(data, LoginPassword) and (data.login, data.password) == (user.encode(), word.encode())
            return AuthResult(success=right, handled=False)

        starttls = encrypted and "--tls" not in arguments
        options.update(authenticator=check, auth_required=True, auth_require_tls=starttls)
    box = Sink(folder + "/Maildir")
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(box, loop=loop, **options), "127.0.0.1", 0, **listen)
    print(server.sockets[0].getsockname()[1], flush=True)
    # Whoever started it holds the other end: it goes when they do.
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()
    os._exit(0)


asyncio.run(main())
