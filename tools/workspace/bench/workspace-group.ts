import { type Figure, renderTable } from './figure.ts';
import { measureNoOp } from './no-op.ts';
import { measureServe } from './serve.ts';
import { measureSynth } from './synth.ts';

/** What a person waits for at work: a Markdown table. */
export async function measureWorkspace(): Promise<string> {
  const figures: Figure[] = [];
  for (const task of [measureSynth, measureServe, measureNoOp]) figures.push(...(await task()));
  return renderTable(figures);
}
