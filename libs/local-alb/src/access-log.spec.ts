import { describe, expect, it } from '@jest/globals';

import { type AccessEntry, accessLogLine } from './access-log.ts';
import {
  authenticateAction,
  forwardAction,
  httpListener,
  httpsListener,
  loadBalancer,
  loginRule,
  pathRule,
  rule,
} from './testdata/load-balancer.ts';
import { openSession, readStream } from './testdata/http2-client.ts';
import { callbackOf, type Rig, startRig } from './testdata/rig.ts';

/**
 * How Athena reads the log: `input.regex` of the table that AWS gives, which has to match the whole line.
 * Source: https://docs.aws.amazon.com/athena/latest/ug/create-alb-access-logs-table.html
 */
const athena =
  /^([^ ]*) ([^ ]*) ([^ ]*) ([^ ]*):([0-9]*) ([^ ]*)[:-]([0-9]*) ([-.0-9]*) ([-.0-9]*) ([-.0-9]*) (|[-0-9]*) (-|[-0-9]*) ([-0-9]*) ([-0-9]*) "([^ ]*) (.*) (- |[^ ]*)" "([^"]*)" ([A-Z0-9-_]+) ([A-Za-z0-9.-]*) ([^ ]*) "([^"]*)" "([^"]*)" "([^"]*)" ([-.0-9]*) ([^ ]*) "([^"]*)" "([^"]*)" "([^ ]*)" "([^\s]+?)" "([^\s]+)" "([^ ]*)" "([^ ]*)" ?([^ ]*)?( .*)?$/;
const columns =
  'type time elb client_ip client_port target_ip target_port request_processing_time target_processing_time response_processing_time elb_status_code target_status_code received_bytes sent_bytes request_verb request_url request_proto user_agent ssl_cipher ssl_protocol target_group_arn trace_id domain_name chosen_cert_arn matched_rule_priority request_creation_time actions_executed redirect_url lambda_error_reason target_port_list target_status_code_list classification classification_reason conn_trace_id'.split(
    ' ',
  );

function parse(line: string): Readonly<Record<string, string>> {
  const values = athena.exec(line);
  if (values === null) throw new Error(`Athena cannot read: ${line}`);
  return Object.fromEntries(columns.map((column, index) => [column, values[index + 1] ?? '']));
}

const entry: AccessEntry = {
  type: 'https',
  endedAt: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
  createdAt: Date.UTC(2026, 0, 2, 3, 4, 5, 600),
  loadBalancer: 'arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/app/local/0123456789abcdef',
  client: '192.0.2.1:2817',
  status: 200,
  receivedBytes: 34,
  sentBytes: 366,
  method: 'GET',
  uri: 'https://app.localhost:443/a?b=c',
  httpVersion: '1.1',
  priority: 'none',
  actions: [],
  connectionId: 'TID_0123456789abcdef0123456789abcdef',
};

describe('accessLogLine', () => {
  it('has the fields of AWS in their order, and "-" or "-1" where there is nothing [B9.6 D]', () => {
    expect(accessLogLine(entry)).toBe(
      'https 2026-01-02T03:04:05.678000Z app/local/0123456789abcdef 192.0.2.1:2817 - -1 -1 -1 200 - 34 366 ' +
        '"GET https://app.localhost:443/a?b=c HTTP/1.1" "-" - - - "-" "-" "-" - 2026-01-02T03:04:05.600000Z ' +
        '"-" "-" "-" "-" "-" "-" "-" TID_0123456789abcdef0123456789abcdef',
    );
  });

  it('has them all [B9.6 D, A1.12 D]', () => {
    const line = accessLogLine({
      ...entry,
      target: '10.0.0.1:80',
      requestProcessing: 1,
      targetProcessing: 48,
      responseProcessing: 37,
      targetStatus: 200,
      userAgent: 'curl/7.46.0',
      tlsCipher: 'TLS_AES_128_GCM_SHA256',
      tlsProtocol: 'TLSv1.3',
      serverName: 'app.localhost',
      targetGroupArn: 'arn:tg',
      traceId: 'Root=1-58337281-1d84f3d73c47ec4e58577259',
      priority: 20,
      actions: ['authenticate', 'forward'],
      redirectUrl: 'https://b/',
      errorReason: 'AuthInvalidCookie',
      classification: { classification: 'Acceptable', reason: 'GetHeadZeroContentLength' },
    });
    expect(parse(line)).toMatchObject({
      target_ip: '10.0.0.1',
      target_port: '80',
      request_processing_time: '0.001',
      target_processing_time: '0.048',
      response_processing_time: '0.037',
      target_status_code: '200',
      request_verb: 'GET',
      request_proto: 'HTTP/1.1',
      user_agent: 'curl/7.46.0',
      ssl_protocol: 'TLSv1.3',
      matched_rule_priority: '20',
      actions_executed: 'authenticate,forward',
      redirect_url: 'https://b/',
      lambda_error_reason: 'AuthInvalidCookie',
      target_port_list: '10.0.0.1:80',
      classification: 'Acceptable',
    });
    expect(parse(accessLogLine({ ...entry, priority: 'default' }))['matched_rule_priority']).toBe('0');
  });

  it('lets no client write a field or a line of its own', () => {
    const line = accessLogLine({ ...entry, userAgent: 'a" "b\\\nhttps forged \u00e9' });
    expect(parse(line)['user_agent']).toBe('a\\x22 \\x22b\\x5C\\x0Ahttps forged \\xC3\\xA9');
    expect(line).not.toContain('\n');
  });
});

describe('the access log of a running load balancer', () => {
  let rig: Rig;
  let lines: string[];
  const start = async (...parameters: Parameters<typeof startRig>): Promise<void> => {
    lines = [];
    rig = await startRig(parameters[0], { accessLog: (line) => lines.push(line), ...parameters[1] });
  };
  const last = (): Readonly<Record<string, string>> => parse(lines.at(-1) ?? '');

  it('tells a login, and neither its code nor who it was [B2.9 R, B9.1 D, B9.2 D, B9.5 D, B9.6 D]', async () => {
    await start();
    const begun = await rig.fetch('/page?a=1', { headers: { 'User-Agent': 'test' } });
    expect(last()).toMatchObject({
      type: 'https',
      elb: 'app/gatehouse-local/0123456789abcdef',
      client_ip: '127.0.0.1',
      target_ip: '',
      elb_status_code: '302',
      request_url: `${rig.origin}/page?a=1`,
      user_agent: 'test',
      ssl_protocol: 'TLSv1.3',
      domain_name: 'app.localhost',
      matched_rule_priority: '0',
      actions_executed: 'authenticate',
    });
    await rig.fetch(callbackOf(begun));
    expect(last()).toMatchObject({
      matched_rule_priority: '-1',
      actions_executed: 'authenticate',
      elb_status_code: '302',
    });
    expect(last()['request_url']).toBe(`${rig.origin}/oauth2/idpresponse?-`);
    await rig.fetch(callbackOf(begun));
    expect(last()).toMatchObject({ matched_rule_priority: '-1', lambda_error_reason: 'AuthMissingAWSALBAuthNonce' });
    await rig.fetch('/page');
    expect(last()).toMatchObject({
      target_ip: '127.0.0.1',
      target_status_code: '200',
      target_group_arn: 'arn:tg',
      actions_executed: 'authenticate,forward',
    });
    expect(last()['trace_id']).toMatch(/^Root=1-/);
    expect(Number(last()['sent_bytes'])).toBeGreaterThan(100);
    const told = lines.join('\n');
    for (const secret of ['code-1', 'access-1', 'user-1', rig.jar.header.slice(-100)])
      expect(told).not.toContain(secret);
    await rig.stop();
  });

  it('tells the protocol, a redirect, and the bytes of both bodies [B9.6 D]', async () => {
    const away = {
      type: 'redirect',
      statusCode: 301,
      protocol: 'HTTPS',
      host: '#{host}',
      port: '443',
      path: '/x',
      query: '',
    } as const;
    await start(loadBalancer([httpListener(pathRule(7, '/away', away), rule('default', [forwardAction]))]));
    await rig.fetch('/away');
    expect(last()).toMatchObject({
      type: 'http',
      redirect_url: 'https://app.localhost:443/x',
      matched_rule_priority: '7',
    });
    await rig.fetch('/', { method: 'POST', body: 'x'.repeat(50_000) });
    expect(Number(last()['received_bytes'])).toBeGreaterThan(50_000);
    await rig.stop();
    await start(loadBalancer([httpsListener(rule('default', [forwardAction]))]));
    const session = openSession(rig.origin);
    await readStream(session.request({ ':path': '/' }));
    session.destroy();
    expect(last()).toMatchObject({ type: 'h2', request_proto: 'HTTP/2.0', domain_name: 'app.localhost' });
    await rig.stop();
  });

  it('is counted as CloudWatch does [B9.3 D, B9.4 D, B9.7 D]', async () => {
    const deny = pathRule(1, '/deny', { ...authenticateAction, onUnauthenticatedRequest: 'deny' }, forwardAction);
    await start(loadBalancer([httpsListener(deny, loginRule)]));
    await rig.fetch('/deny');
    await rig.login();
    await rig.fetch('/');
    rig.advance(901_000);
    await rig.fetch('/');
    rig.target.handler = (_request, response) => response.writeHead(503).end();
    await rig.fetch('/');
    rig.jar.set('AWSELBAuthSessionCookie-0', 'AAAA');
    await rig.fetch('/');
    expect(rig.alb.counts).toMatchObject({
      RequestCount: 7,
      HTTPCode_ELB_4XX_Count: 2,
      HTTPCode_ELB_3XX_Count: 2,
      HTTPCode_Target_2XX_Count: 2,
      HTTPCode_Target_5XX_Count: 1,
      ELBAuthSuccess: 4,
      ELBAuthRefreshTokenSuccess: 1,
      ELBAuthFailure: 1,
    });
    expect(rig.alb.counts).toHaveProperty('ELBAuthLatency');
    expect(rig.alb.counts).not.toHaveProperty('HTTPCode_ELB_5XX_Count');
    expect(rig.alb.counts['NewConnectionCount']).toBe(7);
    await rig.stop();
  });
});
