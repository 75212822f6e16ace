/**
 * Prints what a review costs, as Markdown: five stacks of 300 resources, and of 5,000.
 *
 *     node --conditions=@gatehouse/source --import tsx libs/plan-review/bench/main.ts
 *
 * `--runs` makes it shorter. The memory is the most that the process had, plans and tables included.
 */
import { parseArgs } from 'node:util';

import { measure } from './measure.ts';
import { render } from './table.ts';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '5' } } });

const measured = [300, 5000].map((resources) => measure(resources, Number(values.runs)));
console.log(render(measured, process.resourceUsage().maxRSS / 1000));
