import { expect, it } from '@jest/globals';

import { simulatedAws } from '../../testing/moto.ts';
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
    resource: { aws_route53_record: { domain: { name: 'app.example.com', zone_id: zone, type: 'A' } } },
  },
});

needing('terraform', 'moto_server')('infra:doctor', () => {
  it(
    'finds what is there and what is not, and says how to mend it',
    async () => {
      await using aws = await simulatedAws(ACCOUNT);
      Object.assign(process.env, aws.env);
      await request(aws.endpoint, 's3', 'PUT', '/states', location('eu-west-1'));
      const zone = await hostedZone(aws.endpoint, 'example.com');
      const elsewhere = await hostedZone(aws.endpoint, 'ample.com');

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
      });

      await house.write({ alb: stack(elsewhere, 'no-such-bucket', '999999999999') });
      const second = listening();
      await expect(doctor(options, second.context)).rejects.toMatchObject({
        code: 'NOT_READY',
        message: expect.stringContaining('AWS account, state bucket, hosted zone'),
      });
      const said = second.lines.join('\n');
      expect(said).toMatch(/failed +AWS account .*belongs to account 999999999999.*\n +Mend: /);
      expect(said).toMatch(/failed +state bucket .*\n +Mend: .*create it/);
      expect(said).toMatch(/failed +hosted zone .* is the zone of ample\.com.*\n +Mend: /);
    },
    LONGEST_MS,
  );
});

async function hostedZone(endpoint: string, name: string): Promise<string> {
  const answer = await request(
    endpoint,
    'route53',
    'POST',
    '/2013-04-01/hostedzone',
    `<CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Name>${name}</Name><CallerReference>${name}</CallerReference></CreateHostedZoneRequest>`,
  );
  return /<Id>\/hostedzone\/(\w+)<\/Id>/.exec(answer)?.[1] ?? '';
}

function location(region: string): string {
  return `<CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><LocationConstraint>${region}</LocationConstraint></CreateBucketConfiguration>`;
}

/** The simulator reads the service from the credential scope, and checks no signature. */
async function request(endpoint: string, service: string, method: string, path: string, body: string): Promise<string> {
  const scope = `test/20250101/eu-west-1/${service}/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;
  const answer = await fetch(`${endpoint}${path}`, { method, headers: { authorization }, body });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.text();
}
