import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import { expect, it } from '@jest/globals';

import { type SimulatedAws, simulatedAws } from '../../testing/moto.ts';
import { needing } from '../../testing/needing.ts';
import { listening, workspace } from '../../testing/workspace.ts';
import { doctor } from './doctor.ts';

const ACCOUNT = '111111111111';
const LONGEST_MS = 180_000;

const stack = (zone: string, bucket: string, account: string) => ({
  json: {
    terraform: {
      required_providers: { aws: { source: 'aws', version: '5.100.0' } },
      backend: { s3: { bucket, key: 'k', region: 'eu-west-1' } },
    },
    provider: { aws: [{ region: 'eu-west-1', allowed_account_ids: [account] }] },
    resource: {
      aws_route53_record: { domain: { name: 'app.example.com', zone_id: zone, type: 'A' } },
      aws_vpc: { main: {} },
      aws_eip: { a: {} },
    },
  },
});

needing('terraform', 'moto_server')('infra:doctor', () => {
  it(
    'finds what is there and what is not, and says how to mend it',
    async () => {
      await using aws = await simulatedAws(ACCOUNT);
      await using quotas = await serviceQuotas({ 'L-F678F1CE': 5 });
      Object.assign(process.env, aws.env, { AWS_ENDPOINT_URL_SERVICE_QUOTAS: quotas.url });
      await aws.request('s3', 'PUT', '/states', location('eu-west-1'));
      const zone = await hostedZone(aws, 'example.com');
      const elsewhere = await hostedZone(aws, 'ample.com');

      await using house = await workspace({ alb: stack(zone, 'states', ACCOUNT) });
      const options = { root: house.root, env: 'test' };
      const first = listening();
      const ready = await doctor(options, first.context).catch((error: unknown) => {
        const said = first.lines.join('\n');
        if (process.env['CI'] || !/failed +provider/.test(said)) throw new Error(said, { cause: error });
        console.warn(`NOT CHECKED: infra:doctor: ${said}`);
      });
      if (ready === undefined) return;
      const { findings } = ready.data as {
        readonly findings: readonly { readonly check: string; readonly state: string }[];
      };
      const states = Object.fromEntries(findings.map(({ check, state }) => [check, state]));
      expect(states).toMatchObject({
        Terraform: 'ok',
        'AWS account': 'ok',
        'state bucket': 'ok',
        'hosted zone': 'ok',
        'provider lock': 'warning',
        'quota: VPCs': 'ok',
        // May not be read here, which stops nothing.
        'quota: Elastic IPs': 'warning',
      });
      expect(first.lines.join('\n')).toMatch(/ok +quota: VPCs +1 wanted, 5 allowed, 1 in use\./);

      await house.write({ alb: stack(elsewhere, 'no-such-bucket', '999999999999') });
      const second = listening();
      await expect(doctor(options, second.context)).rejects.toMatchObject({
        code: 'NOT_READY',
        message: expect.stringContaining('AWS account, state bucket, hosted zone'),
      });
      const said = second.lines.join('\n');
      expect(said).toMatch(/failed +AWS account .*belongs to account 999999999999.*\n +Mend: /);
      expect(said).toMatch(/failed +state bucket .*\n +Mend: .*infra:bootstrap/);
      expect(said).toMatch(/failed +hosted zone .* is the zone of ample\.com.*\n +Mend: /);
    },
    LONGEST_MS,
  );
});

async function hostedZone(aws: SimulatedAws, name: string): Promise<string> {
  const answer = await aws.request(
    'route53',
    'POST',
    '/2013-04-01/hostedzone',
    `<CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Name>${name}</Name><CallerReference>${name}</CallerReference></CreateHostedZoneRequest>`,
  );
  return /<Id>\/hostedzone\/(\w+)<\/Id>/.exec(answer)?.[1] ?? '';
}

/** Service Quotas, of which the simulated AWS has a part: limits by their codes, and no permission to read others. */
async function serviceQuotas(
  limits: Readonly<Record<string, number>>,
): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { QuotaCode, ServiceCode } = JSON.parse(body) as {
        readonly QuotaCode: string;
        readonly ServiceCode: string;
      };
      const Value = limits[QuotaCode];
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      response.statusCode = Value === undefined ? 400 : 200;
      const refused = { __type: 'AccessDeniedException', Message: 'not authorized' };
      const QuotaArn = `arn:aws:servicequotas:eu-west-1:${ACCOUNT}:${ServiceCode}/${QuotaCode}`;
      const Quota = { QuotaCode, ServiceCode, QuotaArn, Value, Adjustable: true, QuotaName: 'q', ServiceName: 's' };
      response.end(JSON.stringify(Value === undefined ? refused : { Quota }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function location(region: string): string {
  return `<CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><LocationConstraint>${region}</LocationConstraint></CreateBucketConfiguration>`;
}
