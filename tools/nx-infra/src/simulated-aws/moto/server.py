"""
Starts a simulated AWS: moto, with what it lacks for the stacks. Listens on 127.0.0.1 alone.

    python3 server.py --account 111111111111 --port 5000 [--hosted-zone ID=NAME ...]

Ends when its standard input does, so that it does not outlive who started it.
"""

import argparse
import os
import sys
import threading

NOT_LOADED = 3
NOT_AS_EXPECTED = 4

# Read by moto when it is imported: the policies of AWS's own that roles may name.
os.environ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true"

try:
    from moto.server import DomainDispatcherApplication, create_backend_app
    from werkzeug.serving import run_simple
except ImportError as error:
    print(error)
    sys.exit(NOT_LOADED)

import patch
from repeated import Repeated


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--account", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--hosted-zone", action="append", default=[], metavar="ID=NAME")
    options = parser.parse_args()
    os.environ["MOTO_ACCOUNT_ID"] = options.account
    # moto speaks to itself through it.
    os.environ["MOTO_PORT"] = str(options.port)
    try:
        extend()
    except (patch.MotoDiffers, ImportError) as error:
        print(error)
        sys.exit(NOT_AS_EXPECTED)
    for zone in options.hosted_zone:
        make_hosted_zone(options.account, *zone.split("=", 1))
    threading.Thread(target=end_with_input, daemon=True).start()
    application = Repeated(DomainDispatcherApplication(create_backend_app))
    run_simple("127.0.0.1", options.port, application, threaded=True)


def extend() -> None:
    patch.require_version()
    # Each patches when it is loaded.
    import autoscaling  # noqa: F401
    import bucket_policies  # noqa: F401
    import certificates  # noqa: F401
    import cognito  # noqa: F401
    import ecs  # noqa: F401
    import load_balancers  # noqa: F401
    import quotas  # noqa: F401
    import security_groups  # noqa: F401
    import tagging  # noqa: F401
    import zones  # noqa: F401


def make_hosted_zone(account: str, zone_id: str, name: str) -> None:
    """A zone that the account has already: the API gives ids of its own choice, and the stacks name one."""
    from moto.route53.models import HostedZoneIdentifier, route53_backends
    from moto.utilities.id_generator import moto_id_manager

    name = f"{name}."
    moto_id_manager.set_custom_id(HostedZoneIdentifier(account, name, None), zone_id)
    route53_backends[account]["aws"].create_hosted_zone(name, private_zone=False)


def end_with_input() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    main()
