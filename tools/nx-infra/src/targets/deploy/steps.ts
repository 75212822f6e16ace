import { type TargetContext } from '../target.ts';
import { type Ask } from './ask.ts';

/** The service that runs what was deployed: the outputs of the ecs stack. */
export interface Service {
  readonly region: string;
  readonly cluster: string;
  readonly service: string;
}

/** What a deployment does beside applying plans, passed in by who starts it. */
export interface DeploySteps {
  /** Looks whether everything is there that is needed, and throws where it is not. */
  readonly check: (context: TargetContext) => Promise<unknown>;
  /** Builds the image and pushes it to the environment's repository. @returns its digest */
  readonly image: (context: TargetContext) => Promise<string>;
  /** Is told each stack that is as it should be: applied, or found unchanged. @default nobody is told */
  readonly applied?: (stack: string) => void;
  /** Waits until the service runs what was deployed. */
  readonly steady: (service: Service, context: TargetContext) => Promise<unknown>;
  /** Looks from outside whether the login works. */
  readonly verify: (context: TargetContext) => Promise<unknown>;
  /** Undefined where nobody can be asked. */
  readonly ask: Ask | undefined;
}
