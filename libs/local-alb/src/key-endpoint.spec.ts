import { createPublicKey, verify } from 'node:crypto';

import { afterEach, describe, expect, it } from '@jest/globals';

import { fetchOnce } from './testdata/client.ts';
import { type Echo } from './testdata/fake-target.ts';
import { httpsListener, loadBalancer, loginRule } from './testdata/load-balancer.ts';
import { ca, type Rig, startRig } from './testdata/rig.ts';

const arnIn = (region: string): string =>
  `arn:aws-us-gov:elasticloadbalancing:${region}:000000000000:loadbalancer/app/gatehouse-local/0123456789abcdef`;

describe('the key endpoint of a load balancer in GovCloud', () => {
  let rig: Rig;
  afterEach(() => rig.stop());

  it.each(['us-gov-west-1', 'us-gov-east-1'])(
    'has the key that signs its logins below the bucket of %s, and nothing elsewhere [B5.13 D]',
    async (region) => {
      rig = await startRig(loadBalancer([httpsListener(loginRule)], { arn: arnIn(region) }));
      const url = rig.alb.publicKeysUrl;
      expect(new URL(url).pathname).toBe(`/aws-elb-public-keys-prod-${region}`);

      await rig.login();
      const { headers } = JSON.parse((await rig.fetch('/')).body) as Echo;
      const [header = '', payload = '', signature = ''] = (headers['x-amzn-oidc-data'] ?? '').split('.');
      const { kid, signer } = JSON.parse(Buffer.from(header, 'base64url').toString()) as Record<string, string>;
      expect(signer).toBe(arnIn(region));

      const pem = await fetchOnce(`${url}/${kid}`, { ca });
      expect(pem.status).toBe(200);
      const key = { key: createPublicKey(pem.body), dsaEncoding: 'ieee-p1363' } as const;
      const signed = Buffer.from(`${header}.${payload}`);
      expect(verify('sha256', signed, key, Buffer.from(signature, 'base64url'))).toBe(true);
      expect(verify('sha256', Buffer.from(`${header}.x`), key, Buffer.from(signature, 'base64url'))).toBe(false);

      const { origin, pathname } = new URL(url);
      const other = pathname.replace(/west|east/, (side) => (side === 'west' ? 'east' : 'west'));
      for (const path of [`/${kid}`, '/', pathname, `${pathname}/`, `${other}/${kid}`, `${pathname}/${kid}/`]) {
        const answer = await fetchOnce(`${origin}${path}`, { ca });
        expect([path, answer.status, answer.body]).toEqual([path, 403, 'Forbidden']);
      }
    },
  );
});
