import { type Measured } from './measure.ts';

/** What is asked for: seconds by resources, and megabytes of memory. */
const limits: ReadonlyMap<number, number> = new Map([
  [300, 1],
  [5000, 5],
]);
const MOST_MEGABYTES = 500;

export function render(rows: readonly Measured[], megabytes: number): string {
  return [
    '| resources | plans | review | of the processor | at most | findings |',
    '| --------- | ----- | ------ | ---------------- | ------- | -------- |',
    ...rows.map(({ resources, megabytes: size, seconds, processorSeconds, counts }) =>
      [
        '',
        ` ${resources} `,
        ` ${size.toFixed(1)} MB `,
        ` ${seconds.toFixed(2)} s `,
        ` ${processorSeconds.toFixed(2)} s `,
        ` ${limits.get(resources) ?? '–'} s `,
        ` ${counts.stop + counts.look + counts.note} `,
        '',
      ].join('|'),
    ),
    '',
    `Memory: ${Math.round(megabytes)} MB, at most ${MOST_MEGABYTES} MB.`,
  ].join('\n');
}
