"""What moto 5.2.1 lacks of bucket policies."""

from typing import Any

from moto.iam.access_control import IAMPolicyStatement, PermissionResult

from patch import wraps


# moto does not know the operator Bool, and takes a condition of it for fulfilled: a bucket that refuses plain HTTP
# would refuse everybody. A key that a request does not have, as aws:SecureTransport here, fulfils no Bool (IAM User
# Guide, "IAM JSON policy elements: Condition operators").
@wraps(IAMPolicyStatement, "is_action_permitted", "action", "resource", "principal", "incoming_condition_values")
def skip_unmet(
    original: Any,
    self: Any,
    action: str,
    resource: str = "*",
    principal: str | None = None,
    incoming_condition_values: dict[str, str] | None = None,
) -> PermissionResult:
    asked_for = self._statement.get("Condition", {}).get("Bool", {})
    if any(key not in (incoming_condition_values or {}) for key in asked_for):
        return PermissionResult.NEUTRAL
    return original(self, action, resource, principal, incoming_condition_values)
