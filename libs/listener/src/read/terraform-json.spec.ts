import { describe, expect, it } from '@jest/globals';
import { documentWith, shop } from '../testdata/documents.ts';
import { thrown } from '../testdata/thrown.ts';
import { readResources } from './terraform-json.ts';

describe('readResources', () => {
  it('takes the load balancer resources of a document and leaves the others', () => {
    const document = {
      resource: { aws_vpc: { vpc: {} }, aws_lb: { '//': 'comment', alb: { name: 'x' } } },
      locals: {},
    };
    expect(readResources(document)).toEqual([{ type: 'aws_lb', address: 'aws_lb.alb', body: { name: 'x' } }]);
  });

  it('finds every resource of a synthesized document', () => {
    expect(readResources(shop()).map(({ address }) => address)).toEqual([
      'aws_lb.alb',
      'aws_lb_listener.http',
      'aws_lb_listener.https',
      'aws_lb_listener_rule.api',
      'aws_lb_listener_rule.maintenance',
      'aws_lb_listener_rule.public',
      'aws_lb_target_group.app',
      'aws_lb_target_group.canary',
    ]);
  });

  it('knows the second names of the resource types', () => {
    expect(readResources({ resource: { aws_alb_listener_rule: { one: [{ priority: 1 }] } } })).toEqual([
      { type: 'aws_lb_listener_rule', address: 'aws_alb_listener_rule.one', body: { priority: 1 } },
    ]);
  });

  it('takes nulls, empty lists, comments and meta-arguments for not written, at any depth', () => {
    const written = { a: null, b: [], c: { '//': 1, d: null, e: [{ f: [], g: 0 }] }, lifecycle: {}, depends_on: ['x'] };
    expect(readResources({ resource: { aws_lb: { alb: written } } })[0]?.body).toEqual({ c: { e: [{ g: 0 }] } });
  });

  it('reads a document without resources as one without load balancers', () => {
    expect(readResources({ '//': {}, terraform: {} })).toEqual([]);
  });

  it.each([
    ['nothing', undefined],
    ['text', '{}'],
    ['a list', []],
    ['a plan', { format_version: '1.2', planned_values: {} }],
    ['a state', { version: 4, resources: [] }],
    ['resources as a list', { resource: [] }],
  ])('refuses %s', (_, document) => {
    expect(thrown(() => readResources(document)).code).toBe('NOT_TERRAFORM_JSON');
  });

  it.each([[[]], [[{}, {}]], ['text']])('refuses %j as the body of a resource', (body) => {
    const error = thrown(() => readResources({ resource: { aws_lb: { alb: body } } }));
    expect(error).toMatchObject({ code: 'NOT_TERRAFORM_JSON', address: 'aws_lb.alb' });
  });

  it.each(['count', 'for_each', 'dynamic'])('refuses %s, whose outcome only a plan knows', (argument) => {
    const error = thrown(() => readResources(documentWith({ rule: { [argument]: 2 } })));
    expect(error).toMatchObject({ code: 'UNSUPPORTED_FEATURE', address: 'aws_lb_listener_rule.one' });
  });

  it.each(['${aws_lb_listener.https.arn}', '${aws_alb_listener.https.arn}', '${aws_lb.alb.arn}'])(
    'refuses a module that is handed %s',
    (argument) => {
      const document = { ...documentWith(), module: { web: [{ input: [argument] }] } };
      expect(thrown(() => readResources(document))).toMatchObject({
        code: 'UNSUPPORTED_FEATURE',
        address: 'module.web',
      });
    },
  );

  it('leaves a module that is handed neither', () => {
    const document = {
      ...documentWith(),
      module: { web: { vpc: '${aws_vpc.vpc.id}', group: '${aws_lb_target_group.app.arn}' } },
    };
    expect(readResources(document)).toEqual(readResources(documentWith()));
  });
});
