"""What moto 5.2.1 lacks of Amazon ECS."""

from typing import Any

from moto.core.responses import ActionResult
from moto.ecs.models import EC2ContainerServiceBackend
from moto.ecs.responses import EC2ContainerServiceResponse

from patch import wraps

# CreateService takes these, and moto drops them: Terraform would want to set them each time. UpdateService keeps them.
DROPPED = {
    "availabilityZoneRebalancing": "availability_zone_rebalancing",
    "deploymentConfiguration": "deployment_configuration",
    "enableECSManagedTags": "enable_ecs_managed_tags",
    "enableExecuteCommand": "enable_execute_command",
    "healthCheckGracePeriodSeconds": "health_check_grace_period_seconds",
}


@wraps(EC2ContainerServiceResponse, "create_service")
def create_with_all(original: Any, self: Any) -> ActionResult:
    result = original(self)
    service = result.result["service"]
    for parameter, attribute in DROPPED.items():
        value = self._get_param(parameter)
        if value is not None:
            setattr(service, attribute, value)
    become_steady(service)
    return result


# moto changes the service and leaves its deployment as it was.
@wraps(EC2ContainerServiceBackend, "update_service", "service_properties")
def update_deployment(original: Any, self: Any, service_properties: dict[str, Any]) -> Any:
    service = original(self, service_properties)
    become_steady(service)
    return service


def become_steady(service: Any) -> None:
    """Nothing runs here; so that one can wait for a service, what was asked for counts as running."""
    service.running_count = service.desired_count
    service.pending_count = 0
    for deployment in service.deployments:
        deployment.update(
            desiredCount=service.desired_count,
            runningCount=service.desired_count,
            pendingCount=0,
            taskDefinition=service.task_definition,
            rolloutState="COMPLETED",
            rolloutStateReason=f"ECS deployment {deployment['id']} completed.",
        )
