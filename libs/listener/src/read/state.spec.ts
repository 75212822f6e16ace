import { describe, expect, it } from '@jest/globals';
import { terraformOutput } from '../testdata/documents.ts';
import { readState } from './state.ts';

const listener = (attributes: object) => ({
  version: 4,
  resources: [{ mode: 'managed', type: 'aws_lb_listener', name: 'https', instances: [{ attributes }] }],
});

describe('readState', () => {
  it('finds the same in a state as it is shown and as it is stored', () => {
    const [shown, stored] = (['shown.state', 'stored.state'] as const).map((name) =>
      readState(terraformOutput(name)).toSorted((one, other) => (one.address < other.address ? -1 : 1)),
    );
    expect(shown?.map(({ address }) => address)).toEqual([
      'aws_lb.alb',
      'aws_lb_listener.http',
      'aws_lb_listener.https',
      'aws_lb_listener_certificate.more',
      'aws_lb_listener_rule.fixed',
      'aws_lb_listener_rule.public',
      'aws_lb_listener_rule.split',
      'aws_lb_target_group.app',
      'aws_lb_target_group.canary',
    ]);
    expect(stored).toEqual(shown);
  });

  it('finds resources of modules, of count and of for_each, and neither data sources nor what is deposed', () => {
    const instances = [{ index_key: 0 }, { index_key: 'a' }, { index_key: 1, deposed: 'b2c3' }];
    const stored = {
      version: 4,
      resources: [
        { module: 'module.web[0]', mode: 'managed', type: 'aws_alb', name: 'alb', instances },
        { mode: 'data', type: 'aws_lb', name: 'other', instances: [{}] },
        { mode: 'managed', type: 'aws_vpc', name: 'vpc', instances: [{}] },
      ],
    };
    expect(readState(stored)).toMatchObject([
      { type: 'aws_lb', address: 'module.web[0].aws_alb.alb[0]' },
      { type: 'aws_lb', address: 'module.web[0].aws_alb.alb["a"]' },
    ]);
    const shown = {
      format_version: '1.0',
      values: {
        root_module: {
          child_modules: [{ resources: [{ address: 'module.web.aws_lb.alb', mode: 'managed', type: 'aws_lb' }] }],
        },
      },
    };
    expect(readState(shown)).toMatchObject([{ address: 'module.web.aws_lb.alb' }]);
    expect(readState({ format_version: '1.0' })).toEqual([]);
  });

  it('leaves out what is left of the type that an action was of, and keeps what it does not know', () => {
    const was = { authenticate_cognito: [{ scope: 'openid' }], redirect: [{ port: '443' }] };
    const action = { ...was, type: 'forward', order: 1, target_group_arn: 'arn', something_new: [{}] };
    const known = { type: 'forward', order: 1, target_group_arn: 'arn', something_new: [{}] };
    expect(readState(listener({ default_action: [action] }))[0]?.body).toEqual({ default_action: [known] });
    const unknown = { ...was, type: 'authenticate-somehow' };
    expect(readState(listener({ default_action: [unknown] }))[0]?.body).toEqual({ default_action: [unknown] });
  });

  it("takes the provider's empty values for not written, but for the query of a redirect", () => {
    const action = {
      order: 0,
      target_group_arn: '',
      authenticate_cognito: [{ scope: '', session_timeout: 0 }],
      redirect: [{ query: '', host: '' }],
      forward: [{ target_group: [{ weight: 0 }] }],
    };
    expect(readState(listener({ default_action: [action], ssl_policy: '' }))[0]?.body).toEqual({
      default_action: [
        { authenticate_cognito: [{}], redirect: [{ query: '' }], forward: [{ target_group: [{ weight: 0 }] }] },
      ],
    });
  });

  it('knows that what is evaluated holds no template', () => {
    expect(readState(listener({ a: '${b}', c: ['%{d}'] }))[0]?.body).toEqual({ a: '$${b}', c: ['%%{d}'] });
  });
});
