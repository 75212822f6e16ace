"""What moto 5.2.1 lacks of Elastic Load Balancing."""

from typing import Any

from moto.elbv2.exceptions import ELBClientError
from moto.elbv2.models import ELBv2Backend

from patch import wraps


# moto stores the protection and deletes all the same.
@wraps(ELBv2Backend, "delete_load_balancer", "arn")
def refuse_protected(original: Any, self: Any, arn: str) -> None:
    balancer = self.load_balancers.get(arn)
    if balancer is not None and balancer.attrs.get("deletion_protection.enabled") == "true":
        raise ELBClientError(
            "OperationNotPermitted",
            f"Load balancer '{arn}' cannot be deleted because deletion protection is enabled",
        )
    original(self, arn)


# The default of CreateLoadBalancer, for which the provider therefore does not ask; moto leaves it out.
@wraps(
    ELBv2Backend,
    "create_load_balancer",
    "name",
    "security_groups",
    "subnet_ids",
    "subnet_mappings",
    "scheme",
    "loadbalancer_type",
    "ip_address_type",
    "tags",
)
def create_with_scheme(original: Any, self: Any, *args: Any, **kwargs: Any) -> Any:
    balancer = original(self, *args, **kwargs)
    balancer.scheme = balancer.scheme or "internet-facing"
    return balancer
