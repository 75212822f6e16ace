import { expect, it } from '@jest/globals';

import { renderApplication, renderSteady, renderStreaming, renderThroughput, renderWebSockets } from './table.ts';

const load = (perSecond: number, p99 = 10) => ({ perSecond, p50: 1, p99, perProcessorSecond: perSecond });

it('takes ratios within a round, and shows what is met', () => {
  const contenders = [
    { name: 'the target, direct', rounds: [load(100), load(1000), load(300)] },
    { name: 'local ALB', rounds: [load(60), load(400), load(180)] },
    { name: 'Apache, mod_auth_openidc', rounds: [load(60), load(500), load(200)] },
  ];
  const table = renderThroughput({ contenders, steady: [] });
  expect(table).toContain('| the target, direct | 300 | 300 | 1 | 10 | 0.60 |  |');
  expect(table).toContain('| Apache, mod_auth_openidc | 200 | 200 | 1 | 10 | 0.90 | ≥ 1.00: **missed** |');
});

it('holds the application against itself, round by round', () => {
  const table = renderApplication({
    direct: [load(100), load(900), load(200)],
    through: [load(50), load(90), load(120)],
  });
  expect(table).toContain('| the application, direct | 200 | 200 | 1 | 10 |  |  |');
  expect(table).toContain('| **through the local ALB** | 90 | 90 | 1 | 10 | 0.50 | ≥ 0.50: met |');
});

it('judges what is added, what is held, and what grows', () => {
  const steady = [{ direct: load(1, 3), through: load(1, 8) }];
  expect(renderSteady({ contenders: [], steady })).toContain('| added at p99 |  | 5.0 | ≤ 5 ms: met |');
  const sockets = { wanted: 1000, count: 1000, megabytes: 400, megabytesBefore: 100 };
  expect(renderWebSockets(sockets)).toContain('| 1,000 | 400 MB | 300.0 KB | 400 MB | < 400 MB: **missed** |');
  const fewer = renderWebSockets({ ...sockets, count: 900, megabytes: 370 });
  expect(fewer).toContain('| with 1,000 |');
  expect(fewer).toContain('| 900: the system allows no more open files | 370 MB | 300.0 KB | 400 MB |');
  const stream = { direction: 'upload', bytes: 1e9, seconds: 2, grewMegabytes: 20 } as const;
  expect(renderStreaming([stream])).toContain('| upload | 1000 | 500 | 20 MB | < 100 MB: met |');
});
