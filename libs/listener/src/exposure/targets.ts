import { type Login } from '../answer/answer.ts';
import { type Listener } from '../model.ts';
import { type Region } from './region.ts';

/** Who gets to a target group. It is never reached where all four are empty. */
export interface TargetExposure {
  /** The target group's ARN, or the expression that stands for it. */
  readonly arn: string;
  /** Anybody gets there, and the target is told nothing of who it is. */
  readonly withoutLogin: readonly Region[];
  /** Anybody gets there; who has logged in is named. */
  readonly withOptionalLogin: readonly Region[];
  /** Who has logged in gets there: by whom and as which client is in the region's answer. */
  readonly afterLogin: readonly Region[];
  /** Who brings a bearer token gets there: who looks at it, the load balancer or the target, is in the answer. */
  readonly withBearer: readonly Region[];
}

/** In the order in which the rules name them. A target group of weight 0 gets no requests. */
export function targetsOf(listener: Listener, regions: readonly Region[]): readonly TargetExposure[] {
  const named = listener.rules.flatMap(({ actions }) =>
    actions.flatMap((action) => (action.type === 'forward' ? action.targetGroups.map(({ arn }) => arn) : [])),
  );
  return [...new Set(named)].map((arn) => {
    const reaching = regions.filter(
      ({ answer: { outcome } }) =>
        outcome.kind === 'forward' && outcome.targetGroups.some((group) => group.arn === arn && group.weight > 0),
    );
    const by = (kind: Login['kind']) => reaching.filter(({ answer: { login } }) => login.kind === kind);
    return {
      arn,
      withoutLogin: by('none'),
      withOptionalLogin: by('optional'),
      afterLogin: by('required'),
      withBearer: by('bearer'),
    };
  });
}
