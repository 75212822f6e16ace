/**
 * Prints the library's figures for listeners at the quota, as Markdown.
 *
 *     node --conditions=@gatehouse/source --import tsx libs/listener/bench/main.ts
 *
 * `--runs` makes it shorter.
 */
import { parseArgs } from 'node:util';

import { shapes } from './listeners.ts';
import { measure } from './measure.ts';
import { render } from './table.ts';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '7' } } });

console.log(render(shapes.map((shape) => measure(shape, Number(values.runs)))));
