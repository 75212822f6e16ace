import { describe, expect, it } from '@jest/globals';
import { compare } from '../compare/compare.ts';
import { documentWith } from '../testdata/documents.ts';
import { headerArguments } from './header-modification.ts';
import { readLoadBalancers } from './read-load-balancers.ts';
import { readTerraform } from './read-terraform.ts';

const response = (name: string) => `routing_http_response_${name}_header_value`;
const request = (name: string) => `routing_http_request_x_amzn_${name}_header_name`;

const reading = (listener: Readonly<Record<string, unknown>>) =>
  readLoadBalancers(documentWith({ listener }))[0]?.listeners[0]?.headerModification;

describe('the headers that a listener modifies', () => {
  it('are none unless it says so', () => {
    expect(headerArguments).toHaveLength(19);
    const unset = Object.fromEntries(headerArguments.map((name) => [name, name.endsWith('enabled') ? true : '']));
    expect(reading({})).toBeUndefined();
    expect(reading(unset)).toBeUndefined();
    expect(reading({ [request('tls_version')]: 'X-Amzn-Tls-Version' })).toBeUndefined();
  });

  it('are read by their names, numbers and booleans as text', () => {
    const listener = {
      [request('tls_version')]: 'X-Client-Tls',
      [response('access_control_max_age')]: 600,
      [response('access_control_allow_credentials')]: true,
      [response('content_security_policy')]: "default-src 'self'; object-src 'none'",
      routing_http_response_server_enabled: 'false',
    };
    expect(reading(listener)).toEqual({
      requestNames: { 'X-Amzn-Tls-Version': 'X-Client-Tls' },
      responseHeaders: {
        'Access-Control-Allow-Credentials': 'true',
        'Access-Control-Max-Age': '600',
        'Content-Security-Policy': "default-src 'self'; object-src 'none'",
      },
      serverHeader: false,
    });
  });

  it.each([
    [response('strict_transport_security'), 'max-age=31536000; includeSubDomains; preload'],
    [response('strict_transport_security'), 'includeSubDomains; max-age=0'],
    [response('x_frame_options'), 'ALLOW-FROM https://example.com'],
    [response('access_control_allow_origin'), '*'],
    [response('access_control_allow_methods'), 'GET,HEAD, DELETE'],
    [response('access_control_expose_headers'), '*'],
  ])('take for %s %s', (name, value) => {
    expect(Object.values(reading({ [name]: value })?.responseHeaders ?? {})).toEqual([value]);
  });

  it.each([
    [response('strict_transport_security'), '31536000;includeSubdomains', 'INVALID_FIELD'],
    [response('strict_transport_security'), 'max-age=1\r\nSet-Cookie: a=b', 'INVALID_FIELD'],
    [response('content_security_policy'), "default-src 'self'\nX-A: b", 'INVALID_FIELD'],
    [response('content_security_policy'), 'default-src ü', 'INVALID_FIELD'],
    [response('x_content_type_options'), 'sniff', 'INVALID_FIELD'],
    [response('x_frame_options'), 'ALLOW-FROM', 'INVALID_FIELD'],
    [response('access_control_allow_credentials'), false, 'INVALID_FIELD'],
    [response('access_control_allow_origin'), 'https://a.example, https://b.example', 'INVALID_FIELD'],
    [response('access_control_allow_methods'), 'GET POST', 'INVALID_FIELD'],
    [response('access_control_max_age'), '10m', 'INVALID_FIELD'],
    [response('content_security_policy'), 'default-src ${var.host}', 'UNRESOLVED_VALUE'],
    [request('tls_version'), 'X Tls', 'INVALID_FIELD'],
    [request('tls_version'), 'X-Amzn-Oidc-Data', 'INVALID_FIELD'],
    [request('tls_version'), 'cookie', 'INVALID_FIELD'],
    [request('tls_version'), 'x-amzn-tls-cipher-suite', 'INVALID_FIELD'],
    ['routing_http_response_server_enabled', 'no', 'INVALID_FIELD'],
  ])('are reported where %s is %j, and the rules are read on', (name, value, code) => {
    const { loadBalancers, problems } = readTerraform(documentWith({ listener: { [name]: value } }));
    expect(problems).toMatchObject([{ code, address: 'aws_lb_listener.https' }]);
    expect(problems[0]?.message).toContain('routing_http_');
    const [listener] = loadBalancers[0]?.listeners ?? [];
    expect(listener?.rules).toHaveLength(2);
    const [plain] = readLoadBalancers(documentWith())[0]?.listeners ?? [];
    expect(compare(plain, listener)).toEqual({ changes: [], undecided: [] });
  });
});
