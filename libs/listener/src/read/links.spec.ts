import { describe, expect, it } from '@jest/globals';
import { thrown } from '../testdata/thrown.ts';
import { arnOf, linksTo } from './links.ts';
import { Problems } from './problems.ts';
import { readResources } from './terraform-json.ts';

const from = { address: 'aws_lb_listener.https', field: 'load_balancer_arn' };

function links(bodies: Readonly<Record<string, unknown>>, problems = new Problems()) {
  return linksTo('aws_lb', readResources({ resource: { aws_lb: bodies } }), problems);
}

describe('linksTo', () => {
  it.each(['${aws_lb.a.arn}', '${aws_lb.a.id}', '${ aws_lb.a.arn }', 'arn:a'])('finds by %s', (value) => {
    expect(links({ a: { arn: 'arn:a' }, b: { arn: 'arn:b' } }).find(value, from).address).toBe('aws_lb.a');
  });

  it.each([
    'arn:c',
    '${aws_lb.c.arn}',
    '${aws_lb.a.dns_name}',
    '${aws_lb_listener.a.arn}',
    '${aws_lb.a.arn}x',
    '${aws_lb.a[0].arn}',
    '${data.aws_lb.a.arn}',
    '${var.on ? aws_lb.a.arn : aws_lb.b.arn}',
    '',
  ])('finds nothing by %j', (value) => {
    const error = thrown(() => links({ a: { arn: 'arn:a' } }).find(value, from));
    expect(error).toMatchObject({ code: 'UNKNOWN_REFERENCE', address: 'aws_lb_listener.https' });
    expect(error.message).toContain('load_balancer_arn');
  });

  it('reports an ARN that two resources have', () => {
    const problems = new Problems();
    links({ a: { arn: 'arn:a' }, b: { arn: 'arn:a' } }, problems);
    expect(problems.all).toMatchObject([{ code: 'DUPLICATE_ARN', address: 'aws_lb.b' }]);
  });
});

describe('arnOf', () => {
  it('is the literal, or else the expression', () => {
    const resources = readResources({ resource: { aws_lb: { a: { arn: 'arn:a' }, b: {} } } });
    expect(resources.map(arnOf)).toEqual(['arn:a', '${aws_lb.b.arn}']);
  });
});
