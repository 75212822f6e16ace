"""What moto 5.2.1 lacks of Amazon Cognito user pools."""

import os
from typing import Any

from moto.cognitoidp.exceptions import InvalidParameterException
from moto.cognitoidp.models import CognitoIdpBackend, CognitoIdpUserPool, CognitoIdpUserPoolDomain
from moto.cognitoidp.responses import CognitoIdpResponse
from moto.core.responses import ActionResult, EmptyResult

from patch import adds, wraps

# CreateUserPool takes these and UpdateUserPool does not: they stay as they were made.
CREATE_ONLY = ("AliasAttributes", "UsernameAttributes", "UsernameConfiguration")


# moto replaces all settings by those of the update: Terraform would then want to replace the pool. Nor has it a tier.
@wraps(CognitoIdpUserPool, "update_extended_config", "extended_config")
def keep_create_only(original: Any, self: Any, extended_config: dict[str, Any]) -> None:
    before = getattr(self, "extended_config", {})
    original(self, extended_config)
    self.extended_config.update({name: before[name] for name in CREATE_ONLY if name in before})
    # The default of CreateUserPool, for which the provider therefore does not ask.
    self.extended_config.setdefault("UserPoolTier", "ESSENTIALS")


# moto stores the protection and deletes all the same.
@wraps(CognitoIdpBackend, "delete_user_pool", "user_pool_id")
def refuse_protected(original: Any, self: Any, user_pool_id: str) -> None:
    if self.describe_user_pool(user_pool_id).extended_config.get("DeletionProtection") == "ACTIVE":
        raise InvalidParameterException(
            "The user pool cannot be deleted because deletion protection is activated. "
            "Deletion protection must be inactivated first."
        )
    original(self, user_pool_id)


# moto drops ManagedLoginVersion, and keeps a certificate to itself: Terraform would want to set the one each time, and
# to replace the domain for the other.
@wraps(CognitoIdpResponse, "create_user_pool_domain")
def create_with_version(original: Any, self: Any) -> ActionResult:
    result = original(self)
    self.backend.user_pool_domains[self._get_param("Domain")].managed_login_version = (
        self._get_param("ManagedLoginVersion") or 1
    )
    return result


@wraps(CognitoIdpResponse, "update_user_pool_domain")
def update_with_version(original: Any, self: Any) -> ActionResult:
    result = original(self)
    version = self._get_param("ManagedLoginVersion")
    if version is not None:
        self.backend.user_pool_domains[self._get_param("Domain")].managed_login_version = version
    return result


@wraps(CognitoIdpUserPoolDomain, "to_json", "extended")
def show_version(original: Any, self: Any, extended: bool = True) -> dict[str, Any]:
    shown = original(self, extended)
    if extended:
        # Else another with each answer.
        shown["AWSAccountId"] = os.environ["MOTO_ACCOUNT_ID"]
        shown["ManagedLoginVersion"] = self.managed_login_version
        if self.custom_domain_config:
            shown["CustomDomainConfig"] = self.custom_domain_config
    return shown


# moto has neither of the two.
@adds(CognitoIdpResponse, "update_resource_server")
def update_resource_server(self: Any) -> ActionResult:
    server = described_resource_server(self)
    server.name = self._get_param("Name")
    server.scopes = self._get_param("Scopes")
    return ActionResult({"ResourceServer": server.to_json()})


@adds(CognitoIdpResponse, "delete_resource_server")
def delete_resource_server(self: Any) -> EmptyResult:
    server = described_resource_server(self)
    del self.backend.user_pools[server.user_pool_id].resource_servers[server.identifier]
    return EmptyResult()


def described_resource_server(response: Any) -> Any:
    return response.backend.describe_resource_server(
        response._get_param("UserPoolId"), response._get_param("Identifier")
    )
