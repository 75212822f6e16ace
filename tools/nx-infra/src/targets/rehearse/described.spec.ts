import { describe, expect, it } from '@jest/globals';

import { type SynthesizedStacks } from '../../synth/manifest.ts';
import { terraformJson } from '../../terraform/json.ts';
import { accountOf } from './account.ts';
import { blocksOf, Described, textOf } from './described.ts';

function stacksOf(json: object): SynthesizedStacks {
  return new Map([['one', { name: 'one', dependencies: [], terraform: terraformJson.parse(json) }]]);
}

const resource = {
  aws_lb: { alb: { name: 'door', arn: '${aws_lb.other.arn}' } },
  aws_lb_listener: { http: {}, https: {} },
};

describe('Described', () => {
  const described = new Described(stacksOf({ resource }));

  it('finds resources by type', () => {
    expect(described.one('aws_lb')).toEqual({ address: 'aws_lb.alb', stack: 'one', body: resource.aws_lb.alb });
    expect(described.all('aws_lb_listener').map(({ address }) => address)).toEqual([
      'aws_lb_listener.http',
      'aws_lb_listener.https',
    ]);
    expect(described.all('aws_lb_')).toEqual([]);
  });

  it('takes none for no more than one', () => {
    expect(() => described.one('aws_lb_listener')).toThrow('more than one');
    expect(() => described.one('aws_vpc')).toThrow('no aws_vpc');
  });

  it('reads texts, and no references', () => {
    expect(textOf(described.one('aws_lb'), 'name')).toBe('door');
    expect(() => textOf(described.one('aws_lb'), 'arn')).toThrow('aws_lb.alb: arn');
    expect(() => textOf(described.one('aws_lb'), 'vpc')).toThrow('aws_lb.alb: vpc');
  });

  it('reads a block that stands alone, several, and none', () => {
    expect(blocksOf({ rule: { a: 1 } }, 'rule')).toEqual([{ a: 1 }]);
    expect(blocksOf({ rule: [{ a: 1 }, { a: 2 }] }, 'rule')).toEqual([{ a: 1 }, { a: 2 }]);
    expect(blocksOf({}, 'rule')).toEqual([]);
  });
});

describe('accountOf', () => {
  const provider = { aws: [{ region: 'eu-west-1', allowed_account_ids: ['111111111111'] }] };
  const s3 = { terraform: { backend: { s3: { bucket: 'states' } } } };
  const records = {
    app: { zone_id: 'Z1', name: 'app.example.com' },
    login: { zone_id: 'Z1', name: 'login.example.com' },
    proof: { zone_id: 'Z1', name: '${one([])}' },
    other: { zone_id: 'Z2', name: 'www.example.org' },
  };

  it('is what has to be there before', () => {
    expect(accountOf(stacksOf({ provider, ...s3, resource: { aws_route53_record: records } }), 'dev')).toEqual({
      account: '111111111111',
      region: 'eu-west-1',
      bucket: 'states',
      hostedZones: { Z1: 'example.com', Z2: 'example.org' },
    });
  });

  it('is not that of an environment which is served alone', () => {
    expect(() => accountOf(stacksOf({ provider }), 'local')).toThrow(
      expect.objectContaining({ code: 'OPTION_INVALID', message: expect.stringContaining('local') }),
    );
  });
});
