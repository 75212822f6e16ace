"""What moto 5.2.1 lacks of the rules of security groups."""

from typing import Any

from moto.ec2.models.security_groups import SecurityGroupRule

from patch import replaces_property


# moto reads the description of a range alone, and drops that of a rule which names a group.
@replaces_property(SecurityGroupRule, "description")
def description(self: Any) -> str | None:
    return self.ip_range.get("Description") or self.source_group.get("Description")
