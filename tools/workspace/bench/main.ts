/** `npm run bench`: the figures of the README, measured on this machine, side by side with their limits. */
import { measureNoOp } from './no-op.ts';
import { type Figure, renderTable } from './figure.ts';
import { measureServe } from './serve.ts';
import { measureSynth } from './synth.ts';

const figures: Figure[] = [];
for (const measure of [measureSynth, measureServe, measureNoOp]) figures.push(...(await measure()));
console.log(renderTable(figures));
