import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { headerArguments } from './header-modification.ts';
import { readLoadBalancers } from './read-load-balancers.ts';

const page = readFileSync(new URL('../../../../docs/reference/listener.md', import.meta.url), 'utf8');
const cell = '`([^`]+)`';
const rows = [
  ...page.matchAll(new RegExp(`^\\| ${cell} +\\| ${cell} +\\| ${cell} +\\| (?:${cell}|–) +\\|$`, 'gm')),
].map(([, argument = '', example = '', property = '', otherwise]) => ({
  argument,
  property,
  example: JSON.parse(example) as unknown,
  otherwise: otherwise === undefined ? undefined : (JSON.parse(otherwise) as unknown),
}));

type Body = Readonly<Record<string, unknown>>;

/** The argument, in the block it stands in. */
function bodyOf(path: readonly string[], value: unknown): Body {
  const [name = '', ...inner] = path;
  return { [name]: inner.length === 0 ? value : bodyOf(inner, value) };
}

function read(type: string, body: Body, targetType: Body = {}): unknown {
  const [loadBalancer] = readLoadBalancers({
    resource: {
      aws_lb: { alb: type === 'aws_lb' ? body : {} },
      aws_lb_target_group: {
        web: { port: 80, protocol: 'HTTP', ...targetType, ...(type === 'aws_lb_target_group' ? body : {}) },
      },
      aws_lb_listener: {
        http: {
          load_balancer_arn: '${aws_lb.alb.arn}',
          port: 80,
          protocol: 'HTTP',
          default_action: { type: 'forward', target_group_arn: '${aws_lb_target_group.web.arn}' },
          ...(type === 'aws_lb_listener' ? body : {}),
        },
      },
    },
  });
  return { ...loadBalancer, targetGroups: loadBalancer?.targetGroups[0], listeners: loadBalancer?.listeners[0] };
}

function property(of: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => (value as Body | undefined)?.[name], of);
}

describe('the page of what is read', () => {
  it('has every argument that the readers read', () => {
    const names = (path: string, of: unknown): readonly string[] =>
      Object.entries(of as Body).flatMap(([name, value]) =>
        typeof value === 'object' ? names(`${path}${name}.`, value) : [`${path}${name}`],
      );
    const attributes = names('attributes.', property(read('aws_lb', {}), 'attributes'));
    expect(rows.map((row) => row.property)).toEqual(expect.arrayContaining([...attributes]));
    expect(rows.length).toBeGreaterThan(attributes.length);
    expect(rows.map(({ argument }) => argument)).toEqual(
      expect.arrayContaining(headerArguments.map((name) => `aws_lb_listener.${name}`)),
    );
  });

  it.each(rows)('says of $argument what is so', ({ argument, example, property: path, otherwise }) => {
    const [type = '', ...inside] = argument.split('.');
    const targetType = argument.includes('.lambda_') ? { target_type: 'lambda' } : {};
    expect(property(read(type, bodyOf(inside, example), targetType), path)).toEqual(example);
    expect(property(read(type, {}, targetType), path)).toEqual(otherwise);
  });
});
