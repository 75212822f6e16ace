import { readdirSync, readFileSync } from 'node:fs';

/** How often a second the kernel counts: sysconf(_SC_CLK_TCK), 100 on every Linux that Node runs on. */
const ticksPerSecond = 100;

/**
 * The seconds of processor time that a process and its children have had so far; `undefined` where there is no /proc. On
 * a machine that others load too, it tells more than the time on the wall.
 */
export function processorSeconds(pid: number): number | undefined {
  const own = read(pid);
  if (own === undefined) return undefined;
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => read(Number(name)))
    .filter((one) => one?.parent === pid);
  return [own, ...children].reduce((sum, one) => sum + (one?.ticks ?? 0), 0) / ticksPerSecond;
}

/** Source: proc_pid_stat(5); the name of the program may hold blanks, and stands in brackets. */
function read(pid: number): { readonly parent: number; readonly ticks: number } | undefined {
  try {
    const [, rest = ''] = /^\d+ \(.*\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    const fields = rest.split(' ');
    return { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
  } catch {
    return undefined;
  }
}
