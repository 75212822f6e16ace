"""What moto 5.2.1 lacks of Amazon Route 53."""

from typing import Any

from moto.route53.models import Route53Backend

from patch import wraps


# moto takes the journal of all changes for the records: one that was deleted could not be made again.
@wraps(Route53Backend, "change_resource_record_sets", "zoneid", "change_list")
def forget_deleted(original: Any, self: Any, zoneid: str, change_list: list[dict[str, Any]]) -> None:
    original(self, zoneid, change_list)
    journal = self.get_hosted_zone(zoneid).rr_changes
    deleted = {record_of(change) for change in change_list if change["Action"] == "DELETE"}
    journal[:] = [change for change in journal if record_of(change) not in deleted]


def record_of(change: dict[str, Any]) -> tuple[str, str, str | None]:
    record = change["ResourceRecordSet"]
    return record["Name"].strip("."), record["Type"], record.get("SetIdentifier")
