import { describe, expect, it } from '@jest/globals';
import { findingItem } from './finding-item.ts';

const finding = {
  section: 'access',
  severity: 'stop',
  kind: 'opens',
  stack: 'alb',
  address: 'aws_x.y',
  reading: 'It <opens>',
} as const;

describe('findingItem', () => {
  it('is a line with all there is', () => {
    const { text } = findingItem({
      ...finding,
      witness: { kind: 'connection', protocol: 'tcp', port: 22, from: '203.0.113.7', to: 'x' },
      source: { file: 'cdk.tf.json', construct: 'alb/y' },
      waived: { reason: 'Meant *so*', expires: '2026-12-31' },
    });
    expect(text).toBe(
      '- **stop** `alb/aws_x.y`: It &lt;opens&gt;. Witness: `tcp 22 from 203.0.113.7`. (construct `alb/y` in `cdk.tf.json`) Waived until 2026-12-31: Meant \\*so\\*.',
    );
  });

  it('has its details apart, as many as a reader bears', () => {
    const { text, more } = findingItem({ ...finding, details: Array.from({ length: 40 }, (_, index) => `<${index}>`) });
    expect(text).toBe('- **stop** `alb/aws_x.y`: It &lt;opens&gt;.');
    expect(more).toContain('<details><summary>all of it</summary>&lt;0&gt;<br>&lt;1&gt;<br>');
    expect(more).toContain('<br>and 10 more, in the artefact of this review</details>');
  });

  it('has a request that can be tried', () => {
    const request = {
      method: 'POST',
      host: 'app.example.com',
      path: '/a',
      query: 'b=c',
      headers: [['x-key', '1']],
      sourceIp: '192.0.2.1',
    } as const;
    const { text } = findingItem({
      ...finding,
      witness: { kind: 'request', protocol: 'HTTPS', port: 8443, request, before: 'login', after: 'open' },
    });
    expect(text).toContain('Witness: `POST https://app.example.com:8443/a?b=c with x-key: 1`.');
  });

  it('is the more important the worse it is', () => {
    const [stop = 0, look = 0, note = 0] = (['stop', 'look', 'note'] as const).map(
      (severity) => findingItem({ ...finding, severity }).importance,
    );
    expect(stop > look && look > note).toBe(true);
  });

  it('is about the whole where it has no place', () => {
    expect(findingItem({ ...finding, stack: '', address: '' }).text).toBe('- **stop** It &lt;opens&gt;.');
  });
});
