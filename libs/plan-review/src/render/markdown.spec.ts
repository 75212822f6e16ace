import { describe, expect, it } from '@jest/globals';
import { review } from '../review.ts';
import { createInputs, World } from '../testdata/world.ts';
import { renderJson } from './json.ts';
import { LIMIT, renderMarkdown, verdictLine } from './markdown.ts';

const today = '2026-11-22';

describe('renderMarkdown', () => {
  it('has the sections in the order a reviewer needs', () => {
    const headings = [...renderMarkdown(review(createInputs(), { today })).matchAll(/^#+ (.*)$/gm)].map(
      ([, heading]) => heading,
    );
    expect(headings).toEqual(['Plan review', 'Access', 'Loss', 'Widening', 'Changes', 'Cost']);
  });

  it('says what there is not', () => {
    const text = renderMarkdown(review(new World().inputs(), { today }));
    expect(text).toContain('**Safe.** Nothing here opens, loses or permits anything.');
    for (const said of [
      'Nobody gets anywhere',
      'Nothing is destroyed',
      'no protection goes',
      'no difference in what is billed',
    ]) {
      expect(text).toContain(said);
    }
  });

  it('shows many notes on a click, and what has to be looked at in front of them', () => {
    const text = renderMarkdown(review(createInputs(), { today }));
    const [, access = ''] = /## Access\n([^]*?)## Loss/.exec(text) ?? [];
    const [before = '', notes = ''] = access.split(/<details><summary>\d+ notes<\/summary>/);
    expect(before).toContain('- **look**');
    expect(before).not.toContain('- **note**');
    expect(notes).toMatch(/\n\n- \*\*note\*\*[^]*\n\n<\/details>/);
  });

  it('shows attributes as old and new, and counts what is folded', () => {
    const world = new World().update('alb', 'aws_lb.alb', (alb) => {
      Object.assign(alb, { idle_timeout: 120, tags_all: { team: 'x' } });
    });
    expect(renderMarkdown(review(world.inputs(), { today }))).toMatch(
      /\| change \| `aws_lb\.alb` \| `idle_timeout`: `60` → `120`<br>\d folded \(tags, computed\) \|/,
    );
  });

  it('shows what a stack hands on, and stops hiding', () => {
    const world = new World();
    Object.assign(world.plans.alb.output_changes['publicUrl'] ?? {}, {
      actions: ['update'],
      after: 'https://b.example.com',
      // As Terraform writes it: what it will be is in the configuration alone.
      before_sensitive: true,
      after_sensitive: true,
    });
    const text = renderMarkdown(review(world.inputs(), { today }));
    expect(text).toContain('alb: 1 of its outputs');
    expect(text).toMatch(/\| output \| `publicUrl` \| `hidden-\d` → `hidden-\d` \|/);
    expect(text).toContain('`alb/output.publicUrl`: What was sensitive is so no more');
  });

  it('names assumptions, and drift apart from what is intended', () => {
    const world = new World();
    const alb = world.find('alb', 'aws_lb.alb');
    world.plans.alb.resource_drift = [
      {
        ...alb,
        change: {
          ...alb.change,
          actions: ['update'],
          after: { ...alb.change.before, desync_mitigation_mode: 'monitor' },
        },
      },
    ];
    const text = renderMarkdown(review(world.inputs(), { today }));
    expect(text).toMatch(
      /No changes in `alb`, [\s\S]*alb: 1 changed outside of Terraform since the last apply[\s\S]*→ `monitor`/,
    );
    expect(renderMarkdown(review(createInputs(), { today }))).toContain(
      '`cognito.userPoolArn` (unknown until applied)',
    );
  });

  it('is no longer than a comment may be, and keeps what stops', () => {
    const world = new World();
    for (let index = 0; index < 1500; index++) {
      world.create(
        'ecs',
        `aws_vpc_security_group_ingress_rule.r${index}`,
        'aws_vpc_security_group_ingress_rule.alb',
        (rule) => {
          Object.assign(rule, {
            cidr_ipv4: index === 700 ? '0.0.0.0/0' : `10.${index % 250}.${Math.floor(index / 250)}.0/24`,
            referenced_security_group_id: null,
          });
        },
      );
    }
    const result = review(world.inputs(), { today });
    const text = renderMarkdown(result);
    expect(text.length).toBeLessThanOrEqual(LIMIT);
    expect(text).toMatch(/\*\*stop\*\* `ecs\/aws_vpc_security_group_ingress_rule\.r700`/);
    expect(text).toMatch(/_\d+ more are left out here/);
    expect(renderMarkdown(result, Infinity).length).toBeGreaterThan(LIMIT);
  }, 60_000);
});

describe('verdictLine', () => {
  it('counts each kind of finding', () => {
    const world = new World()
      .destroy('ecr', 'aws_ecr_repository.app')
      .destroy('cognito', 'aws_cognito_user_group.users');
    expect(verdictLine(review(world.inputs(), { today }))).toBe(
      '**Stop.** This must not pass as it is: stop 1 (1 destroyed); look 1 (1 destroyed).',
    );
  });
});

describe('renderJson', () => {
  it('is the review', () => {
    const result = review(createInputs(), { today });
    expect(JSON.parse(renderJson(result))).toEqual(JSON.parse(JSON.stringify(result)));
  });
});
