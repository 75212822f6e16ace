import { appendFile } from 'node:fs/promises';

/** Lets the steps after this one, and other jobs, know. Outside of a workflow nobody asks. */
export async function tellWorkflow(outputs: Readonly<Record<string, string>>, env: NodeJS.ProcessEnv): Promise<void> {
  const file = env['GITHUB_OUTPUT'];
  if (file === undefined || file === '') return;
  for (const [name, value] of Object.entries(outputs)) {
    // A further line would be a further output.
    if (/[\r\n]/.test(value)) throw new RangeError(`Output ${name} has more than one line.`);
    await appendFile(file, `${name}=${value}\n`);
  }
}
