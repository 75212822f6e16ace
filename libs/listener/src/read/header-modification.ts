import { z } from 'zod';
import { ListenerError } from '../errors.ts';
import { type HeaderModification } from '../model.ts';
import { flag, literal, parse } from './field.ts';
import { type TerraformResource } from './terraform-json.ts';

/** Terraform converts numbers and booleans. */
const text = z.preprocess(
  (value) => (typeof value === 'number' || typeof value === 'boolean' ? String(value) : value),
  literal,
);

/** A text that may be empty, as in a state where it is not set. */
function textOf(form: RegExp, what: string): z.ZodType<string | undefined> {
  const valid = text.refine((value) => value === '' || form.test(value), { error: `expected ${what}` });
  return valid.transform((value) => (value === '' ? undefined : value)).optional();
}

// RFC 9110 section 5.6.2.
const token = "[-!#$%&'*+.^_`|~0-9A-Za-z]+";
const tokens = new RegExp(`^${token}(?: *, *${token})*$`);
const headerName = textOf(new RegExp(`^${token}$`), 'the name of a header field');

/** What the load balancer says of the client's connection, by the names it has unless it is renamed. */
const requestArguments = {
  routing_http_request_x_amzn_mtls_clientcert_header_name: 'X-Amzn-Mtls-Clientcert',
  routing_http_request_x_amzn_mtls_clientcert_issuer_header_name: 'X-Amzn-Mtls-Clientcert-Issuer',
  routing_http_request_x_amzn_mtls_clientcert_leaf_header_name: 'X-Amzn-Mtls-Clientcert-Leaf',
  routing_http_request_x_amzn_mtls_clientcert_serial_number_header_name: 'X-Amzn-Mtls-Clientcert-Serial-Number',
  routing_http_request_x_amzn_mtls_clientcert_subject_header_name: 'X-Amzn-Mtls-Clientcert-Subject',
  routing_http_request_x_amzn_mtls_clientcert_validity_header_name: 'X-Amzn-Mtls-Clientcert-Validity',
  routing_http_request_x_amzn_tls_cipher_suite_header_name: 'X-Amzn-Tls-Cipher-Suite',
  routing_http_request_x_amzn_tls_version_header_name: 'X-Amzn-Tls-Version',
} as const;

const responseArguments = {
  routing_http_response_access_control_allow_credentials_header_value: 'Access-Control-Allow-Credentials',
  routing_http_response_access_control_allow_headers_header_value: 'Access-Control-Allow-Headers',
  routing_http_response_access_control_allow_methods_header_value: 'Access-Control-Allow-Methods',
  routing_http_response_access_control_allow_origin_header_value: 'Access-Control-Allow-Origin',
  routing_http_response_access_control_expose_headers_header_value: 'Access-Control-Expose-Headers',
  routing_http_response_access_control_max_age_header_value: 'Access-Control-Max-Age',
  routing_http_response_content_security_policy_header_value: 'Content-Security-Policy',
  routing_http_response_strict_transport_security_header_value: 'Strict-Transport-Security',
  routing_http_response_x_content_type_options_header_value: 'X-Content-Type-Options',
  routing_http_response_x_frame_options_header_value: 'X-Frame-Options',
} as const;

/** Source: `aws_lb_listener` of the AWS provider 5.100 and its documentation of the values; MDN for their forms. */
const attributes = z.object({
  ...(Object.fromEntries(Object.keys(requestArguments).map((name) => [name, headerName])) as Record<
    keyof typeof requestArguments,
    typeof headerName
  >),
  routing_http_response_access_control_allow_credentials_header_value: textOf(/^true$/, 'true'),
  routing_http_response_access_control_allow_headers_header_value: textOf(tokens, 'names of headers, or *'),
  routing_http_response_access_control_allow_methods_header_value: textOf(tokens, 'methods, or *'),
  routing_http_response_access_control_allow_origin_header_value: textOf(
    /^(?:\*|null|[a-z][-a-z0-9+.]*:\/\/[!-+\--~]+)$/i,
    'one origin, or *',
  ),
  routing_http_response_access_control_expose_headers_header_value: textOf(tokens, 'names of headers, or *'),
  routing_http_response_access_control_max_age_header_value: textOf(/^\d+$/, 'a number of seconds'),
  routing_http_response_content_security_policy_header_value: textOf(/^[!-~](?:[ -~]*[!-~])?$/, 'visible ASCII'),
  routing_http_response_server_enabled: flag.default(true),
  // RFC 6797 section 6.1: without max-age a browser passes over it.
  routing_http_response_strict_transport_security_header_value: textOf(
    /^(?=(?:.*;)? *max-age *= *"?\d+"? *(?:;|$))[!-~](?:[ -~]*[!-~])?$/i,
    'max-age in seconds, and what else there is',
  ),
  routing_http_response_x_content_type_options_header_value: textOf(/^nosniff$/, 'nosniff'),
  routing_http_response_x_frame_options_header_value: textOf(
    /^(?:DENY|SAMEORIGIN|ALLOW-FROM [!-~]+)$/,
    'DENY, SAMEORIGIN or ALLOW-FROM with an address',
  ),
});

/** The arguments that {@link readHeaderModification} reads. */
export const headerArguments = Object.keys(attributes.shape);

/** A target that gets one of these by another's meaning would believe what nobody checked. */
const taken =
  /^(?:host|cookie|connection|keep-alive|te|trailer|upgrade|expect|content-length|transfer-encoding|authorization|proxy-.*|x-forwarded-.*|x-amzn-(?!tls-|mtls-).*)$/i;

/**
 * How a listener modifies headers; undefined where it leaves them as they are.
 *
 * @throws ListenerError `INVALID_FIELD`, `UNRESOLVED_VALUE`
 */
export function readHeaderModification({ body, address }: TerraformResource): HeaderModification | undefined {
  const read = parse(attributes, body, { address });
  const requestNames = named(requestArguments, read);
  refuseTakenNames(requestNames, address);
  const responseHeaders = named(responseArguments, read);
  const serverHeader = read.routing_http_response_server_enabled;
  const nothing = serverHeader && [requestNames, responseHeaders].every((part) => Object.keys(part).length === 0);
  return nothing ? undefined : { requestNames, responseHeaders, serverHeader };
}

function named(
  headers: Readonly<Record<string, string>>,
  read: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string>> {
  const set = Object.entries(headers).map(([argument, header]) => [header, read[argument]] as const);
  return Object.fromEntries(
    set.filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== entry[0]),
  );
}

function refuseTakenNames(names: Readonly<Record<string, string>>, address: string): void {
  const used = new Set<string>();
  for (const header of Object.values(requestArguments)) {
    const name = (names[header] ?? header).toLowerCase();
    if (!taken.test(name) && !used.has(name)) {
      used.add(name);
      continue;
    }
    throw new ListenerError('INVALID_FIELD', address, {
      field: Object.entries(requestArguments).find(([, usual]) => usual === header)?.[0] ?? '',
      what: `${header} is renamed to ${name}, which has a meaning already`,
      why: 'The target would take the one for the other',
      mend: 'Choose a name of its own',
    });
  }
}
