import { type Dimensions, NAMESPACE, watched } from './metrics.ts';

const WIDTH = 12;
const HEIGHT = 6;
const PER_ROW = 2;

/** What a graph shows: metrics by name, with their statistic. */
interface Graph {
  readonly title: string;
  readonly metrics: readonly (readonly [metric: string, statistic: string])[];
  readonly ofTargets: boolean;
}

/**
 * The body of the dashboard, as JSON (CloudWatch API, "Dashboard body structure"): logins and requests first, then a
 * graph for each metric that has an alarm.
 */
export function dashboardBody(region: string, dimensions: Dimensions, latencySeconds: number): string {
  const graphs: readonly Graph[] = [
    {
      title: 'Logins',
      ofTargets: false,
      metrics: [
        ['ELBAuthSuccess', 'Sum'],
        ['ELBAuthFailure', 'Sum'],
        ['ELBAuthError', 'Sum'],
      ],
    },
    { title: 'Requests', ofTargets: false, metrics: [['RequestCount', 'Sum']] },
    ...watched(latencySeconds).map(({ title, metric, statistic, ofTargets }) => ({
      title,
      ofTargets,
      metrics: [[metric, statistic]] as const,
    })),
  ];
  return JSON.stringify({
    widgets: graphs.map(({ title, metrics, ofTargets }, index) => ({
      type: 'metric',
      x: (index % PER_ROW) * WIDTH,
      y: Math.floor(index / PER_ROW) * HEIGHT,
      width: WIDTH,
      height: HEIGHT,
      properties: {
        title,
        region,
        view: 'timeSeries',
        period: 300,
        metrics: metrics.map(([metric, stat]) => [
          NAMESPACE,
          metric,
          'LoadBalancer',
          dimensions.loadBalancer,
          ...(ofTargets ? ['TargetGroup', dimensions.targetGroup] : []),
          { stat },
        ]),
      },
    })),
  });
}
