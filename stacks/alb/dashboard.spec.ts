import { describe, expect, it } from '@jest/globals';

import { dashboardBody } from './dashboard.ts';
import { watched } from './metrics.ts';

interface Widget {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: { readonly title: string; readonly metrics: readonly (readonly unknown[])[] };
}

describe('dashboardBody', () => {
  const dimensions = { loadBalancer: 'app/a/1', targetGroup: 'targetgroup/b/2' };
  const { widgets } = JSON.parse(dashboardBody('eu-west-1', dimensions, 1)) as { widgets: readonly Widget[] };

  it('has a graph for every metric with an alarm, and for what went well', () => {
    const metrics = widgets.flatMap(({ properties }) => properties.metrics.map(([, name]) => name));
    expect(metrics).toEqual(
      expect.arrayContaining(['ELBAuthSuccess', 'RequestCount', ...watched(1).map(({ metric }) => metric)]),
    );
  });

  it('lays them out side by side, none over another', () => {
    const places = widgets.map(({ x, y }) => `${x},${y}`);
    expect(new Set(places).size).toBe(widgets.length);
    for (const { x, width } of widgets) expect(x + width).toBeLessThanOrEqual(24);
  });

  it('asks for the targets’ metrics by both dimensions', () => {
    const metrics = widgets.flatMap(({ properties }) => properties.metrics);
    expect(metrics).toContainEqual([
      'AWS/ApplicationELB',
      'UnHealthyHostCount',
      'LoadBalancer',
      'app/a/1',
      'TargetGroup',
      'targetgroup/b/2',
      { stat: 'Maximum' },
    ]);
  });
});
