import { z } from 'zod';
import { type Certificate } from '../model.ts';
import { parse, reference, unread } from './field.ts';
import { type TerraformResource } from './terraform-json.ts';

/** Source: `aws_lb_listener_certificate` of the AWS provider 5.100. */
const body = z.strictObject({
  listener_arn: reference,
  certificate_arn: reference,
  ...unread('id', 'region'),
});

/** A certificate beside the default one. @throws ListenerError `INVALID_FIELD`, `UNKNOWN_FIELD` */
export function readCertificate(resource: TerraformResource): Certificate {
  return { address: resource.address, arn: parse(body, resource.body, resource).certificate_arn };
}
