import { readFileSync } from 'node:fs';

/** A load balancer with every condition and action, as CDKTF 0.21 synthesizes it. A fresh copy each time. */
export function shop(): unknown {
  return JSON.parse(readFileSync(new URL('./shop.cdk.tf.json', import.meta.url), 'utf8')) as unknown;
}
