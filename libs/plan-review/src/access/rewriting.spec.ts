import { describe, expect, it } from '@jest/globals';
import { review } from '../review.ts';
import { type Body, World } from '../testdata/world.ts';

const access = (world: World) =>
  review(world.inputs(), { today: '2026-11-22' }).findings.filter(({ section }) => section === 'access');
const RULE = 'aws_lb_listener_rule.public_1';
const GUARDED = 'aws_lb_listener_rule.api_1';

const url =
  (regex: string, replace: string) =>
  (rule: Body): void => {
    rule['transform'] = [{ type: 'url-rewrite', url_rewrite_config: [{ rewrite: [{ regex, replace }] }] }];
  };
const host =
  (replace: string) =>
  (rule: Body): void => {
    const rewrite = [{ regex: '^.*$', replace }];
    rule['transform'] = [{ type: 'host-header-rewrite', host_header_rewrite_config: [{ rewrite }] }];
  };
const told = (world: World): readonly string[] =>
  access(world).map(({ severity, kind, address }) => `${severity} ${kind} ${address}`);

describe('a transform of a rule that lets everybody through', () => {
  it('opens what the application is asked for then, with the request that shows it', () => {
    const [finding, ...others] = access(new World().update('alb', RULE, url('^/(.*)', '/admin/$1')));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ severity: 'stop', kind: 'rewritten', address: RULE });
    const { witness } = finding ?? {};
    const { path = '', host: name = '' } = witness?.kind === 'request' ? witness.request : {};
    expect(path).not.toBe('');
    expect(finding?.reading).toContain(
      `Other addresses of the application become reachable without a login, such as ${name}/admin${path}, which was ${name}${path}`,
    );
  });

  it('does so by another host as well', () => {
    expect(told(new World().update('alb', RULE, host('admin.example.com')))).toEqual([`stop rewritten ${RULE}`]);
  });

  it('does so outside of Terraform, where the plan leaves it', () => {
    expect(told(new World().drift('alb', RULE, url('^/(.*)', '/admin/$1')))).toEqual([`stop rewritten ${RULE}`]);
  });

  it('does so when it goes: what it led elsewhere is reached again', () => {
    const world = new World().drift('alb', RULE, url('^/(.*)', '/safe/$1'));
    expect(told(world.update('alb', RULE, (rule) => void (rule['transform'] = [])))).toEqual([
      `stop rewritten ${RULE}`,
    ]);
  });

  it('does not where a login is asked for, which is to be looked at', () => {
    expect(told(new World().update('alb', GUARDED, url('^/api', '/admin')))).toEqual([
      `look answers-differently ${GUARDED}`,
    ]);
  });

  it('may be waived as what is opened', () => {
    const world = new World().update('alb', RULE, url('^/(.*)', '/admin/$1'));
    const waivers = [{ stack: 'alb', address: RULE, action: 'open', reason: 'meant', expires: '2026-12-31' }] as const;
    const [finding] = review(world.inputs(), { today: '2026-11-22', waivers }).findings.filter(
      ({ kind }) => kind === 'rewritten',
    );
    expect(finding?.waived?.reason).toBe('meant');
  });
});
