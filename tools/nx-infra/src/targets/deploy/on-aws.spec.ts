import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';

import {
  CloudWatchLogsClient,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { CreateOpenIDConnectProviderCommand, CreatePolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import { expect, it } from '@jest/globals';

import { simulatedAws } from '../../testing/moto.ts';
import { needing } from '../../testing/needing.ts';
import { listening, type TestStack, type Workspace } from '../../testing/workspace.ts';
import { destroy } from '../destroy/destroy.ts';
import { drift } from '../drift/drift.ts';
import { deployed, rig, workspace } from './testing/rig.ts';

const ACCOUNT = '111111111111';
const REGION = 'eu-west-1';
const LONGEST_MS = 600_000;
const NAME = '/gatehouse/killed';

/** Makes a log group, and then takes its time. */
const logs = (command: string): Readonly<Record<string, TestStack>> => ({
  logs: {
    json: {
      terraform: {
        required_providers: { aws: { source: 'aws', version: '5.100.0' } },
        backend: { s3: { bucket: 'states', key: 'test/logs.tfstate', region: REGION, use_lockfile: true } },
      },
      provider: { aws: [{ region: REGION, allowed_account_ids: [ACCOUNT] }] },
      resource: {
        aws_cloudwatch_log_group: { logs: { name: NAME, retention_in_days: 14 } },
        terraform_data: {
          slow: {
            input: command,
            depends_on: ['aws_cloudwatch_log_group.logs'],
            provisioner: [{ 'local-exec': { command } }],
          },
        },
      },
    },
  },
});

const POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: 'iam:*', Resource: '*' }],
});

/** What is called by its account and its name, and bears no tags of the stack that anybody could look for. */
const PEOPLE: Readonly<Record<string, TestStack>> = {
  people: {
    json: {
      terraform: {
        required_providers: { aws: { source: 'aws', version: '5.100.0' } },
        backend: { local: { path: '../../state/people.tfstate' } },
      },
      provider: { aws: [{ region: REGION, allowed_account_ids: [ACCOUNT] }] },
      resource: {
        aws_iam_policy: {
          limits: { name: 'limits', path: '/team/', policy: POLICY },
        },
        aws_iam_openid_connect_provider: { github: { url: 'https://tokens.example.com', client_id_list: ['aws'] } },
      },
    },
  },
};

needing('terraform', 'moto_server')('infra:deploy, killed, on a state in S3', () => {
  it(
    'loses nothing: the lock is named, what was made is imported, and a drift is found',
    async () => {
      await using aws = await simulatedAws(ACCOUNT);
      Object.assign(process.env, aws.env);
      const region = `<CreateBucketConfiguration><LocationConstraint>${REGION}</LocationConstraint></CreateBucketConfiguration>`;
      await aws.request('s3', 'PUT', '/states', region);
      await using place = await workspace(logs('sleep 20'));
      const pid = join(place.root, 'cdktf.out', 'test', 'applies', 'logs', 'run', 'pid');
      const killed = rig(undefined, (line) => {
        if (line.endsWith('create terraform_data.slow')) process.kill(Number(readFileSync(pid, 'utf8')), 'SIGKILL');
      });
      const end = await deployed(place, killed, { yes: true }).then(
        () => undefined,
        (error: unknown) => error as { readonly code: string; readonly message: string },
      );
      const said = `${killed.lines.join('\n')}\n${end?.message ?? ''}`;
      if (!process.env['CI'] && /Failed to (query available provider packages|install provider)/.test(said)) {
        console.warn(`NOT CHECKED: a killed deployment: ${said}`);
        return;
      }
      expect(end).toMatchObject({ code: 'DEPLOY_STOPPED', message: expect.stringContaining('Terraform was killed.') });

      // Its lock is still there. It is not released, but the command that does is exact.
      await place.write(logs('true'));
      const locked = await deployed(place, rig(), { yes: true }).catch((error: unknown) => error as Error);
      expect(locked).toMatchObject({ code: 'STATE_LOCKED' });
      const [, folder = '', id = ''] =
        /terraform -chdir=(\S+) force-unlock (\S+)/.exec((locked as Error).message) ?? [];
      execFileSync('terraform', [`-chdir=${folder}`, 'force-unlock', '-force', id], {
        cwd: place.root,
        env: process.env,
        stdio: 'pipe',
      });

      const again = rig();
      await deployed(place, again, { yes: true });
      expect(again.lines.join('\n')).toContain('recover done: to import: aws_cloudwatch_log_group.logs');

      // What the stacks want anew is no drift.
      await place.write(logs('echo other'));
      const options = { root: place.root, env: 'test' };
      expect(await drift(options, listening().context)).toMatchObject({ message: 'No drift in test: logs.' });
      const client = new CloudWatchLogsClient({ region: REGION });
      await client.send(new DeleteRetentionPolicyCommand({ logGroupName: NAME }));
      const { context, lines } = listening();
      await expect(drift(options, context)).rejects.toMatchObject({ code: 'DRIFT_FOUND' });
      expect(lines.join('\n')).toMatch(/aws_cloudwatch_log_group\.logs was changed\n +retention_in_days: 14 -> 0/);

      const last = rig();
      await destroy({ ...options, yes: true, confirm: 'test' }, last.context, undefined);
      expect(last.lines.join('\n')).toContain('aws_cloudwatch_log_group.logs: logs');
      expect((await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: NAME }))).logGroups).toEqual([]);
      expect(await drift(options, listening().context)).toMatchObject({
        message: 'No drift in test: logs (not applied).',
      });
    },
    LONGEST_MS,
  );

  it(
    'imports a policy and an identity provider that were being made, which AWS would refuse to make again',
    async () => {
      await using aws = await simulatedAws(ACCOUNT);
      Object.assign(process.env, aws.env);
      await using place = await workspace(PEOPLE);
      const client = new IAMClient({ region: REGION });
      await client.send(new CreatePolicyCommand({ PolicyName: 'limits', Path: '/team/', PolicyDocument: POLICY }));
      await client.send(
        new CreateOpenIDConnectProviderCommand({ Url: 'https://tokens.example.com', ClientIDList: ['aws'] }),
      );
      await wereMaking(place);
      const again = rig();
      await deployed(place, again, { yes: true });
      expect(again.lines.join('\n')).toMatch(
        /recover done: to import: aws_iam_policy\.limits, aws_iam_openid_connect_provider\.github/,
      );
      expect((await deployed(place, rig(), { yes: true })).message).toContain('Nothing to change: people.');
    },
    LONGEST_MS,
  );

  it(
    'tries again without what is not there, also with a bundle of authorities, which a provider takes only once',
    async () => {
      await using aws = await simulatedAws(ACCOUNT);
      await using place = await workspace(PEOPLE);
      const bundle = join(place.root, 'authorities.pem');
      await writeFile(bundle, rootCertificates.join('\n'));
      Object.assign(process.env, aws.env, { AWS_CA_BUNDLE: bundle });
      const client = new IAMClient({ region: REGION });
      await client.send(new CreatePolicyCommand({ PolicyName: 'limits', Path: '/team/', PolicyDocument: POLICY }));
      await wereMaking(place);

      const again = rig();
      await deployed(place, again, { yes: true });
      expect(again.lines.join('\n')).toMatch(/recover done: to import: aws_iam_policy\.limits$/m);
      expect((await deployed(place, rig(), { yes: true })).message).toContain('Nothing to change: people.');
    },
    LONGEST_MS,
  );
});

/** An apply was killed while it made all of {@link PEOPLE}. */
async function wereMaking({ root }: Workspace): Promise<void> {
  const journal = ['aws_iam_policy.limits', 'aws_iam_openid_connect_provider.github'].map((address) => ({
    address,
    type: address.split('.')[0],
    action: 'create',
    state: 'started',
  }));
  const folder = join(root, 'cdktf.out', 'test', 'applies', 'people');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'journal.json'), JSON.stringify(journal));
}
