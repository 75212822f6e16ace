import { type Growth } from './memory.ts';
import { row, verdict } from './table.ts';

const LIMIT_MB = 100;

/** A Markdown table of what a verifier grew by. */
export function renderMemory({ users, heap, held, resident }: Growth): string {
  const megabytes = (value: number): string => `${value.toFixed(0)} MB`;
  const rows = [
    ['heap', megabytes(heap), ''],
    ['heap and buffers', megabytes(held), `< ${LIMIT_MB} MB: ${verdict(held < LIMIT_MB)}`],
    ['resident', megabytes(resident), `< ${LIMIT_MB} MB: ${verdict(resident < LIMIT_MB)}`],
  ];
  const head = [`${users.toLocaleString('en-US')} distinct users, cached`, 'grew by', 'limit'];
  return [row(head), row(['---', '---', '---']), ...rows.map(row)].join('\n');
}
