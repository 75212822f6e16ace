"""What moto 5.2.1 lacks of Service Quotas: the default, and the quotas of other services than VPC."""

import json
from typing import Any

from moto.servicequotas.models import ServiceQuotasBackend
from moto.servicequotas.responses import ServiceQuotasResponse

from patch import adds, wraps

# AWS's defaults for what the stacks make, as its own pages of each service name them.
DEFAULTS = {
    ("cognito-idp", "L-66E6DF30"): ("User pools per account", 1000.0),
    ("ec2", "L-0263D0A3"): ("EC2-VPC Elastic IPs", 5.0),
    ("elasticloadbalancing", "L-53DA6B97"): ("Application Load Balancers per Region", 50.0),
    ("elasticloadbalancing", "L-7EED9B64"): ("Rules per Application Load Balancer", 100.0),
    ("fargate", "L-3032A538"): ("Fargate On-Demand vCPU resource count", 6.0),
}


@wraps(ServiceQuotasBackend, "get_service_quota", "service_code", "quota_code")
def of_other_services(original: Any, self: Any, service_code: str, quota_code: str) -> dict[str, Any]:
    found = DEFAULTS.get((service_code, quota_code))
    if found is None:
        return original(self, service_code=service_code, quota_code=quota_code)
    name, value = found
    arn = f"arn:{self.partition}:servicequotas:{self.region_name}:{self.account_id}:{service_code}/{quota_code}"
    return {
        "ServiceCode": service_code,
        "QuotaArn": arn,
        "QuotaCode": quota_code,
        "QuotaName": name,
        "Value": value,
        "Unit": "None",
        "Adjustable": True,
        "GlobalQuota": False,
    }


@adds(ServiceQuotasResponse, "get_aws_default_service_quota")
def default_quota(self: Any) -> str:
    asked = json.loads(self.body)
    # Nobody has been granted more: what is in force is the default.
    return json.dumps({"Quota": self.backend.get_service_quota(asked["ServiceCode"], asked["QuotaCode"])})
