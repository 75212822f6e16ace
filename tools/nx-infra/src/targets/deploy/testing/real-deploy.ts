// `infra:deploy` on the stacks of an environment and a simulated AWS, as a process that can be killed:
// `real-deploy.ts <workspace> <environment>`. What it says is JSON, a line an event.
import { synthesize } from '../../../synth/synthesize.ts';
import { doctor } from '../../doctor/doctor.ts';
import { clientsOf } from '../../rehearse/clients.ts';
import { Described } from '../../rehearse/described.ts';
import { pushImage } from '../../rehearse/use.ts';
import { readNeeds } from '../../doctor/needs.ts';
import { target } from '../../target.ts';
import { deploy } from '../deploy.ts';
import { steady } from '../steady.ts';
import { type DeploySteps } from '../steps.ts';
import { pushedImage } from './pushed-image.ts';

const [, , root = '', env = ''] = process.argv;

const { success } = await target(true, async (context) => {
  const { stacks } = await synthesize({ root, environment: env });
  const described = new Described(stacks);
  using clients = clientsOf(readNeeds(stacks).region);
  const steps: DeploySteps = {
    check: () => doctor({ root, env }, context),
    image: async () => (await pushedImage(clients, described)) ?? pushImage(clients, described),
    steady: (service) => steady(service, context, { client: clients.ecs }),
    // Nobody answers under the environment's name.
    verify: () => Promise.resolve(),
    ask: undefined,
  };
  return deploy({ root, env, yes: true }, context, steps);
});
process.exitCode = success ? 0 : 1;
