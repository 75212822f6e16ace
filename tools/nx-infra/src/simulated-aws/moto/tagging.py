"""What moto 5.2.1 lacks of the Resource Groups Tagging API: most of what a killed deployment has to be found by."""

from collections.abc import Iterator
from typing import Any

from moto.cognitoidp.models import cognitoidp_backends
from moto.resourcegroupstaggingapi.models import ResourceGroupsTaggingAPIBackend
from moto.wafv2.models import wafv2_backends

from patch import wraps

# By the prefix of their ids: what moto does not list, and how their ARNs are called.
EC2 = {"eipalloc": "elastic-ip", "fl": "vpc-flow-log", "sgr": "security-group-rule", "vpce": "vpc-endpoint"}


@wraps(ResourceGroupsTaggingAPIBackend, "_get_resources_generator", "tag_filters", "resource_type_filters")
def list_more(
    original: Any,
    self: Any,
    tag_filters: list[dict[str, Any]] | None = None,
    resource_type_filters: list[str] | None = None,
) -> Iterator[dict[str, Any]]:
    for resource in original(self, tag_filters=tag_filters, resource_type_filters=resource_type_filters):
        # moto calls them otherwise than AWS does.
        if ":flow-logs/" not in resource["ResourceARN"]:
            yield resource
    if resource_type_filters:
        return
    for arn, tags in [*of_ec2(self), *of_load_balancers(self), *of_pools(self), *of_firewall(self)]:
        if all(bears(tags, wanted) for wanted in tag_filters or []):
            yield {"ResourceARN": arn, "Tags": [{"Key": key, "Value": value} for key, value in tags.items()]}


def bears(tags: dict[str, str], wanted: dict[str, Any]) -> bool:
    values = wanted.get("Values", [])
    return wanted["Key"] in tags and (not values or tags[wanted["Key"]] in values)


def of_ec2(tagging: Any) -> Iterator[tuple[str, dict[str, str]]]:
    for resource, tags in tagging.ec2_backend.tags.items():
        kind = EC2.get(resource.split("-")[0])
        if kind and tags:
            yield f"arn:{tagging.partition}:ec2:{tagging.region_name}:{tagging.account_id}:{kind}/{resource}", tags


def of_load_balancers(tagging: Any) -> Iterator[tuple[str, dict[str, str]]]:
    backend = tagging.elbv2_backend
    for balancer in backend.load_balancers.values():
        for listener in balancer.listeners.values():
            for each in [listener, *listener._non_default_rules.values()]:
                yield each.arn, backend.tagging_service.get_tag_dict_for_resource(each.arn)


def of_pools(tagging: Any) -> Iterator[tuple[str, dict[str, str]]]:
    for pool in cognitoidp_backends[tagging.account_id][tagging.region_name].user_pools.values():
        yield pool.arn, pool.extended_config.get("UserPoolTags") or {}


def of_firewall(tagging: Any) -> Iterator[tuple[str, dict[str, str]]]:
    backend = wafv2_backends[tagging.account_id][tagging.region_name]
    for acl in backend.wacls.values():
        yield acl.arn, backend.tagging_service.get_tag_dict_for_resource(acl.arn)
