"""What moto 5.2.1 lacks of AWS Certificate Manager."""

from typing import Any

from moto.acm.models import CertBundle
from moto.route53.models import route53_backends

from patch import wraps


# moto takes every certificate for validated after a while. Here it is when the record that it asks for is in a zone.
@wraps(CertBundle, "check")
def issue_when_proved(original: Any, self: Any) -> None:
    if self.type == "AMAZON_ISSUED" and self.status == "PENDING_VALIDATION":
        if all(is_published(self, option) for option in asked_for(self)):
            self.status = "ISSUED"
        return
    original(self)


def asked_for(certificate: Any) -> list[dict[str, Any]]:
    return [option["ResourceRecord"] for option in certificate.describe()["Certificate"]["DomainValidationOptions"]]


def is_published(certificate: Any, wanted: dict[str, Any]) -> bool:
    account = certificate.arn.split(":")[4]
    return any(
        record.name.strip(".") == wanted["Name"].strip(".")
        and record.type == wanted["Type"]
        and wanted["Value"] in record.records
        for zone in route53_backends[account]["aws"].zones.values()
        for record in zone.rrsets
    )
