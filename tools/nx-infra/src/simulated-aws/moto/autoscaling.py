"""What moto 5.2.1 lacks of Application Auto Scaling: tags, which the provider asks for again and again."""

import json
from typing import Any

from moto.applicationautoscaling.exceptions import AWSValidationException
from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse

from patch import adds, wraps


@wraps(ApplicationAutoScalingResponse, "register_scalable_target")
def register_with_tags(original: Any, self: Any) -> str:
    answer = original(self)
    tags = self._get_param("Tags")
    if tags:
        tags_of(self, json.loads(answer)["ScalableTargetARN"]).update(tags)
    return answer


@adds(ApplicationAutoScalingResponse, "list_tags_for_resource")
def list_tags_for_resource(self: Any) -> str:
    return json.dumps({"Tags": tags_of(self, self._get_param("ResourceARN"))})


@adds(ApplicationAutoScalingResponse, "tag_resource")
def tag_resource(self: Any) -> str:
    tags_of(self, self._get_param("ResourceARN")).update(self._get_param("Tags"))
    return json.dumps({})


@adds(ApplicationAutoScalingResponse, "untag_resource")
def untag_resource(self: Any) -> str:
    tags = tags_of(self, self._get_param("ResourceARN"))
    for key in self._get_param("TagKeys"):
        tags.pop(key, None)
    return json.dumps({})


def tags_of(response: Any, arn: str) -> dict[str, str]:
    for targets in response.applicationautoscaling_backend.targets.values():
        for target in targets.values():
            if target.arn == arn:
                return target.__dict__.setdefault("tags", {})
    raise AWSValidationException(f"No scalable target found: {arn}")
