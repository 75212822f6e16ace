import { EnvironmentError, loadEnvironment } from './environments/index.ts';
import { InvariantError } from './invariants/index.ts';
import { synthesize } from './synth.ts';

// The CDKTF application as a program. GATEHOUSE_ENV names the environment; CDKTF_OUTDIR, which `cdktf` sets too, the
// folder to write. Silent when all is well. A problem is one line on the standard error, and the exit code is 1.
try {
  const environment = loadEnvironment(process.env['GATEHOUSE_ENV'] ?? 'local');
  synthesize(environment, process.env['CDKTF_OUTDIR'] ?? 'cdktf.out');
} catch (error) {
  if (!(error instanceof EnvironmentError || error instanceof InvariantError)) throw error;
  process.stderr.write(`${error.problems.join('\n')}\n`);
  process.exitCode = 1;
}
