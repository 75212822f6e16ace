import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, it } from '@jest/globals';

import { committed, git } from '../../testing/committed.ts';
import { needing } from '../../testing/needing.ts';
import { listening, type TestStack, type Workspace } from '../../testing/workspace.ts';
import { deployed, rig } from '../deploy/testing/rig.ts';
import { review, type ReviewOptions } from './review.ts';

const OUT = 'cdktf.out/test/review';
const READ = ['review.full.md', 'review.json', 'review.md'];
const CANARIES = ['canary-of-a-resource', 'canary-of-an-output', 'canary-of-a-variable', 'canary-in-the-state'];

const reviewed = (place: Workspace, more: Partial<ReviewOptions> = {}): ReturnType<typeof review> =>
  review({ root: place.root, env: 'test', today: '2026-11-22', ...more }, listening().context);
const read = ({ root }: Workspace, name: string): Promise<string> => readFile(join(root, OUT, name), 'utf8');
const files = async ({ root }: Workspace): Promise<readonly string[]> =>
  (await readdir(join(root, OUT))).filter((name) => name.includes('.')).toSorted();

const one = (input: string): TestStack => ({
  json: {
    resource: { terraform_data: { it: { input, triggers_replace: input, '//': { metadata: { path: 'one/it' } } } } },
  },
});

/** A stack with an output that is kept back, or is not. */
const told = (value: string, sensitive: boolean): TestStack => ({
  json: { resource: { terraform_data: { it: { input: value } } }, output: { word: { value, sensitive } } },
});

needing('terraform', 'git')('infra:review', () => {
  it('writes one review of all stacks, beside the manifest of their plans', async () => {
    await using place = await committed({ one: one('a'), two: one('b') });
    const { message, data } = await reviewed(place);
    expect(message).toMatch(/^Safe\. .* It is in cdktf\.out\/test\/review\/review\.md\.\nReviewed test at /);
    expect(data).toMatchObject({ verdict: 'safe', counts: { stop: 0, look: 0, note: 0 } });
    expect(await files(place)).toEqual(['manifest.json', ...READ]);
    const [markdown, json] = await Promise.all([read(place, 'review.md'), read(place, 'review.json')]);
    expect(markdown).toMatch(/^# Plan review\n\n\*\*Safe\.\*\*/);
    expect(JSON.parse(json)).toMatchObject({ verdict: 'safe', stacks: [{ stack: 'one' }, { stack: 'two' }] });
    await reviewed(place);
    expect(await read(place, 'review.json')).toBe(json);
  }, 60_000);

  it('fails from the verdict on that it is told, after all is written', async () => {
    await using place = await committed({ one: told('a', true) });
    await deployed(place, rig(), { yes: true });
    await place.write({ one: told('a', false) });
    git(place, 'commit', '-qam', 'Next');
    await expect(reviewed(place, { failOn: 'look' })).rejects.toMatchObject({
      code: 'REVIEW_FAILED',
      message: expect.stringMatching(/^Look\. .*1 disclosed/),
    });
    expect(await files(place)).toEqual(['manifest.json', ...READ]);
    await expect(reviewed(place)).resolves.toMatchObject({ data: { verdict: 'look' } });
    await deployed(place, rig(), { plans: OUT });
  }, 120_000);

  it('says where something is written, and which waivers it found', async () => {
    await using place = await committed({ one: one('a') });
    await deployed(place, rig(), { yes: true });
    await place.write({ one: one('b') });
    const waiver = { address: 'terraform_data.it', action: 'replace', reason: 'Meant', expires: '2026-11-22' };
    await mkdir(join(place.root, 'stacks', 'environments'));
    await writeFile(
      join(place.root, 'stacks', 'environments', 'test.waivers.json'),
      JSON.stringify({ waivers: [waiver] }),
    );
    await reviewed(place);
    const markdown = await read(place, 'review.md');
    expect(markdown).toMatch(/terraform_data\.it`: It is replaced.*construct `one\/it`/);
    // A replacement that loses nothing needs no waiver.
    expect(markdown).toContain('covers nothing that is planned');
    await reviewed(place, { today: '2026-11-23' });
    expect(await read(place, 'review.md')).toContain('expired on 2026-11-22');
  }, 120_000);

  it('reviews nothing with waivers that it cannot read, and leaves no review of before', async () => {
    await using place = await committed({ one: one('a') });
    await reviewed(place);
    await mkdir(join(place.root, 'stacks', 'environments'));
    await writeFile(join(place.root, 'stacks', 'environments', 'test.waivers.json'), '{"waivers": [{}]}');
    await expect(reviewed(place)).rejects.toMatchObject({
      code: 'REVIEW_REFUSED',
      message: expect.stringMatching(/WAIVERS_MALFORMED.*environments\/test\.waivers\.json/),
    });
    expect(await files(place)).toEqual([]);
  }, 60_000);

  it('refuses another word for when to fail', async () => {
    await using place = await committed({ one: one('a') });
    await expect(reviewed(place, { failOn: 'safe' as never })).rejects.toMatchObject({ code: 'OPTION_INVALID' });
  });

  it('lets no secret out, wherever a plan holds it', async () => {
    const [resource = '', output = '', variable = '', state = ''] = CANARIES;
    const secrets = (more: object): TestStack => ({
      json: {
        variable: { key: { type: 'string', sensitive: true, default: variable } },
        resource: {
          terraform_data: {
            it: { input: { marked: `\${sensitive("${resource}")}`, copied: `{"deep": "${resource}"}`, ...more } },
            of_variable: { input: '${var.key}' },
            in_state: { input: `\${sensitive("${state}")}` },
          },
        },
        output: { shown: { value: `\${sensitive("${output}")}`, sensitive: true, '//': { kind: 'url' } } },
      },
    });
    const upper: TestStack = {
      dependencies: ['lower'],
      json: {
        data: {
          terraform_remote_state: { lower: { backend: 'local', config: { path: '../../state/lower.tfstate' } } },
        },
        resource: {
          terraform_data: {
            derived: {
              input: 'x-${nonsensitive(data.terraform_remote_state.lower.outputs.shown)}',
              triggers_replace: '1',
            },
          },
        },
      },
    };
    await using place = await committed({ lower: secrets({}), upper });
    const all = async (): Promise<string> => {
      const { message, data } = await reviewed(place, { failOn: 'never' });
      const written = await Promise.all([...READ, 'manifest.json'].map((name) => read(place, name)));
      return [message, JSON.stringify(data), ...written].join('\n');
    };
    const none = (text: string): void => {
      for (const canary of CANARIES) expect(text).not.toContain(canary);
    };
    none(await all());
    await deployed(place, rig(), { yes: true });
    const { resource: resources, ...rest } = secrets({ added: `and ${output}, ${state}` }).json;
    const { terraform_data: data } = resources as { readonly terraform_data: Record<string, object> };
    const kept = Object.fromEntries(Object.entries(data).filter(([name]) => name !== 'of_variable'));
    await place.write({ lower: { json: { ...rest, resource: { terraform_data: kept } } }, upper });
    git(place, 'commit', '-qam', 'Next');
    const text = await all();
    none(text);
    // It is about what holds them.
    expect(text).toMatch(/destroyed[^]*lower\/terraform_data\.of_variable/);
    expect(text).toContain('hidden-');
    await rm(join(place.root, OUT), { recursive: true });
  }, 120_000);
});
