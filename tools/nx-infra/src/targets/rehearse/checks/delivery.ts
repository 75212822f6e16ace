import {
  GetOpenIDConnectProviderCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  type IAMClient,
  ListOpenIDConnectProvidersCommand,
  ListPoliciesCommand,
} from '@aws-sdk/client-iam';

import { keysIn } from '../../../simulated-aws/keys.ts';
import { type Check, unless, unlessSame } from '../check.ts';
import { type Described, textOf } from '../described.ts';

/** Workflows come in by the tokens of one issuer, and by no right beyond a boundary that they cannot change. */
export const workflows: Check = async ({ clients: { iam }, described }) =>
  (await Promise.all([issuers(iam, described), boundaries(iam, described), keys(iam, described)])).flat();

async function issuers(iam: IAMClient, described: Described): Promise<readonly string[]> {
  const { OpenIDConnectProviderList: all = [] } = await iam.send(new ListOpenIDConnectProvidersCommand({}));
  const found = await Promise.all(
    all.map(async ({ Arn: OpenIDConnectProviderArn }) => {
      const { Url, ClientIDList } = await iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }));
      return [Url?.replace(/^https:\/\//, ''), ClientIDList];
    }),
  );
  const wanted = described
    .all('aws_iam_openid_connect_provider')
    .map((provider) => [textOf(provider, 'url').replace(/^https:\/\//, ''), provider.body['client_id_list']]);
  return unlessSame('Whose tokens are believed, and for whom', found, wanted);
}

async function boundaries(iam: IAMClient, described: Described): Promise<readonly string[]> {
  const wanted = described.all('aws_iam_policy');
  const { Policies = [] } = await iam.send(new ListPoliciesCommand({ Scope: 'Local' }));
  const documents = await Promise.all(
    wanted.map(async (policy) => {
      const name = textOf(policy, 'name');
      const PolicyArn = Policies.find(({ PolicyName }) => PolicyName === name)?.Arn;
      if (PolicyArn === undefined) return [`There is no policy ${name}.`];
      const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
      const { PolicyVersion } = await iam.send(
        new GetPolicyVersionCommand({ PolicyArn, VersionId: Policy?.DefaultVersionId }),
      );
      const document = JSON.parse(decodeURIComponent(PolicyVersion?.Document ?? '{}')) as unknown;
      return unlessSame(`What ${name} allows at most`, document, JSON.parse(textOf(policy, 'policy')));
    }),
  );
  const bounded = await Promise.all(
    described
      .all('aws_iam_role')
      .filter(({ body }) => body['permissions_boundary'] !== undefined)
      .map(async (role) => {
        const RoleName = textOf(role, 'name');
        const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
        const boundary = Role?.PermissionsBoundary?.PermissionsBoundaryArn?.split('/').at(-1);
        const names = wanted.map((policy) => textOf(policy, 'name'));
        return unless(boundary !== undefined && names.includes(boundary), `${RoleName} has no boundary of the stacks.`);
      }),
  );
  return [...documents.flat(), ...bounded.flat()];
}

async function keys(iam: IAMClient, described: Described): Promise<readonly string[]> {
  const found = await keysIn(await iam.config.region());
  const named = found.flatMap(({ aliases, rotates }) => aliases.map((alias) => [alias, rotates]));
  const wanted = described.all('aws_kms_alias').map((alias) => [textOf(alias, 'name'), true]);
  return unlessSame('The keys, and whether they rotate', named, wanted);
}
