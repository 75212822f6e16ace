import { describe, expect, it } from '@jest/globals';
import { createPlans } from '../testdata/world.ts';
import { thrown } from '../testdata/thrown.ts';
import { parsePlan } from './parse-plan.ts';

const real = (): Record<string, unknown> => createPlans().ecr as unknown as Record<string, unknown>;
const refused = (text: string): { readonly code: string; readonly message: string } =>
  thrown(() => parsePlan(text, 'x.json'));

describe('parsePlan', () => {
  it('reads a plan, also with a byte order mark, and what it does not know in it', () => {
    const plan = { ...real(), something_new: { in: '1.9' }, format_version: '1.9' };
    expect(parsePlan(`\uFEFF${JSON.stringify(plan)}`, 'x.json').resource_changes).toHaveLength(2);
  });

  it('reads the formats before 1.0', () => {
    const { resource_changes, planned_values, configuration } = real();
    const old = { format_version: '0.1', resource_changes, planned_values, configuration };
    expect(parsePlan(JSON.stringify(old), 'x.json').complete).toBe(true);
  });

  it.each([
    ['PK\u0003\u0004rest', 'NOT_JSON', /form that Terraform applies/],
    ['\u00ff\u00fe{\u0000', 'NOT_JSON', /UTF-8/],
    ['Terraform will perform', 'NOT_JSON', /not JSON/],
    ['', 'TRUNCATED', /empty/],
    [' \n', 'TRUNCATED', /empty/],
    ['{"format_version":"1.2","planned_values":{"root', 'TRUNCATED', /does not end/],
    ['{"@level":"info"}\n{"@level":"info"}', 'NOT_A_PLAN', /one message a line/],
    ['{"@level":"info"}', 'NOT_A_PLAN', /message of terraform plan/],
    ['{"version":4,"serial":1,"lineage":"x","resources":[]}', 'NOT_A_PLAN', /stored state/],
    ['{"format_version":"1.0","values":{}}', 'NOT_A_PLAN', /a state/],
    ['{"format_version":"1.0","provider_schemas":{}}', 'NOT_A_PLAN', /schemas/],
    ['{"resource":{}}', 'NOT_A_PLAN', /configuration/],
    ['[]', 'NOT_A_PLAN', /something else/],
    ['null', 'NOT_A_PLAN', /something else/],
    ['{"format_version":"2.0","planned_values":{}}', 'FORMAT_TOO_NEW', /format 2/],
    ['{"format_version":"10.1","planned_values":{}}', 'FORMAT_TOO_NEW', /format 10/],
    ['{"format_version":"new","planned_values":{}}', 'PLAN_MALFORMED', /no version/],
    [
      '{"format_version":"1.2","planned_values":{},"resource_changes":[{"address":"a"}]}',
      'PLAN_MALFORMED',
      /resource_changes/,
    ],
    ['{"format_version":"1.2","planned_values":{},"errored":true}', 'PLAN_ERRORED', /ended with an error/],
  ])('refuses %j as %s', (text, code, message) => {
    expect(refused(text)).toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it('refuses a plan cut off at any place', () => {
    const text = JSON.stringify(real());
    for (let end = 1; end < text.length; end += 97) expect(refused(text.slice(0, end)).code).toBe('TRUNCATED');
  });

  it('quotes nothing of what it cannot read', () => {
    const secret = 'canary-of-a-secret';
    const malformed = {
      ...real(),
      resource_changes: [{ [secret]: secret, address: 5 }],
      variables: { [secret]: secret },
    };
    for (const text of [
      `{"a":"${secret}`,
      `"${secret}" x`,
      JSON.stringify(malformed),
      `{"format_version":"${secret}"}`,
    ]) {
      expect(refused(text).message).not.toContain(secret);
    }
  });
});
