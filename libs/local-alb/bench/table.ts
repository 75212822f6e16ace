import { type ApplicationLoads } from './application.ts';
import { type Streaming } from './streaming.ts';
import { type Contender, type Throughput } from './throughput.ts';
import { type WebSockets } from './websockets.ts';

/** Through the load balancer, at least this share of what the application answers directly. */
const atLeastOfDirect = 0.5;
/** And at least as much as Apache. */
const atLeastOfApache = 1;
/** Milliseconds that the slowest hundredth may wait longer. */
const addedAtMost = 5;
const socketsMegabytes = 400;
/** What a process that does nothing but pass bytes on may hold more: buffers in flight, garbage not yet collected. */
const streamMegabytes = 100;

/** The middle value; of an even number, the upper of the two. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Rates, and the ratio of the load balancer to each, taken within a round. */
export function renderThroughput({ contenders }: Throughput): string {
  const subject = contenders.find(({ name }) => name === 'local ALB');
  const rows = contenders.map(({ name, rounds }) => {
    const ratio = median(rounds.map(({ perSecond }, index) => rate(subject, index) / perSecond));
    const limit = name.startsWith('Apache') ? atLeastOfApache : undefined;
    return row([
      name === subject?.name ? `**${name}**` : name,
      Math.round(median(rounds.map(({ perSecond }) => perSecond))).toLocaleString('en-US'),
      Math.round(median(rounds.map((one) => one.perProcessorSecond))).toLocaleString('en-US'),
      median(rounds.map(({ p50 }) => p50)).toFixed(0),
      median(rounds.map(({ p99 }) => p99)).toFixed(0),
      name === subject?.name ? '' : ratio.toFixed(2),
      limit === undefined ? '' : `≥ ${limit.toFixed(2)}: ${verdict(ratio >= limit)}`,
    ]);
  });
  return table(['', 'a second', 'a second of its processor', 'p50, ms', 'p99, ms', 'local ALB ÷ it', 'limit'], rows);
}

/** A page that needs a user, with the application of this workspace as the target. */
export function renderApplication({ direct, through }: ApplicationLoads): string {
  const ratio = median(through.map(({ perSecond }, index) => perSecond / (direct[index]?.perSecond ?? Number.NaN)));
  const cells = (loads: ApplicationLoads['direct']): readonly string[] => [
    Math.round(median(loads.map(({ perSecond }) => perSecond))).toLocaleString('en-US'),
    Math.round(median(loads.map((one) => one.perProcessorSecond))).toLocaleString('en-US'),
    median(loads.map(({ p50 }) => p50)).toFixed(0),
    median(loads.map(({ p99 }) => p99)).toFixed(0),
  ];
  return table(
    ['', 'a second', 'a second of its processor', 'p50, ms', 'p99, ms', 'through ÷ direct', 'limit'],
    [
      row(['the application, direct', ...cells(direct), '', '']),
      row([
        '**through the local ALB**',
        ...cells(through),
        ratio.toFixed(2),
        `≥ ${atLeastOfDirect.toFixed(2)}: ${verdict(ratio >= atLeastOfDirect)}`,
      ]),
    ],
  );
}

export function renderSteady({ steady }: Throughput): string {
  const added = median(steady.map(({ direct, through }) => through.p99 - direct.p99));
  const p = (side: 'direct' | 'through', which: 'p50' | 'p99'): string =>
    median(steady.map((round) => round[side][which])).toFixed(1);
  return table(
    ['', 'p50, ms', 'p99, ms', 'limit'],
    [
      row(['the target, direct', p('direct', 'p50'), p('direct', 'p99'), '']),
      row(['through the local ALB', p('through', 'p50'), p('through', 'p99'), '']),
      row(['added at p99', '', added.toFixed(1), `≤ ${addedAtMost} ms: ${verdict(added <= addedAtMost)}`]),
    ],
  );
}

/** Judged by as many as were wanted: where fewer could be opened, by what those that are missing would take. */
export function renderWebSockets({ wanted, count, megabytes, megabytesBefore }: WebSockets): string {
  const each = (megabytes - megabytesBefore) / count;
  const ofAll = megabytes + each * (wanted - count);
  const numeral = (value: number): string => value.toLocaleString('en-US');
  return table(
    ['open', 'resident memory of the local ALB', 'each', `with ${numeral(wanted)}`, 'limit'],
    [
      row([
        count < wanted ? `${numeral(count)}: the system allows no more open files` : numeral(count),
        `${megabytes.toFixed(0)} MB`,
        `${(each * 1000).toFixed(1)} KB`,
        `${ofAll.toFixed(0)} MB`,
        `< ${socketsMegabytes} MB: ${verdict(ofAll < socketsMegabytes)}`,
      ]),
    ],
  );
}

export function renderStreaming(streams: readonly Streaming[]): string {
  return table(
    ['', 'MB', 'MB a second', 'memory grew by', 'limit'],
    streams.map(({ direction, bytes, seconds, grewMegabytes }) =>
      row([
        direction,
        (bytes / 1e6).toFixed(0),
        (bytes / 1e6 / seconds).toFixed(0),
        `${grewMegabytes.toFixed(0)} MB`,
        `< ${streamMegabytes} MB: ${verdict(grewMegabytes < streamMegabytes)}`,
      ]),
    ),
  );
}

function rate(contender: Contender | undefined, round: number): number {
  return contender?.rounds[round]?.perSecond ?? Number.NaN;
}

function table(head: readonly string[], rows: readonly string[]): string {
  return [row(head), row(head.map(() => '---')), ...rows].join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function verdict(met: boolean): string {
  return met ? 'met' : '**missed**';
}
