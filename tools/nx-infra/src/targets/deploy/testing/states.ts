import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { z } from 'zod';

import { type Clients } from '../../rehearse/clients.ts';

const stateSchema = z.object({
  resources: z.array(
    z.object({
      mode: z.string(),
      type: z.string(),
      name: z.string(),
      instances: z.array(
        z.object({
          status: z.string().optional(),
          deposed: z.string().optional(),
          attributes: z.record(z.string(), z.unknown()),
        }),
      ),
    }),
  ),
});

/** A resource that a state remembers. */
export interface Remembered {
  readonly address: string;
  readonly type: string;
  /** Under which AWS lists it. */
  readonly id: string;
  /** Whether Terraform means to make it anew, or to delete it. */
  readonly isSound: boolean;
}

/** What lies in the bucket of the states. */
export interface Bucket {
  readonly keys: readonly string[];
  /** By key. */
  readonly states: ReadonlyMap<string, readonly Remembered[]>;
}

/** Whose id in a state is not that under which AWS lists it: the attribute that is. */
const LISTED_AS: Readonly<Record<string, (attributes: Readonly<Record<string, unknown>>) => string>> = {
  aws_ecs_task_definition: ({ arn }) => String(arn),
};

export async function bucketOf({ s3 }: Pick<Clients, 's3'>, name: string): Promise<Bucket> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: name }));
  const keys = Contents.map(({ Key = '' }) => Key);
  const states = new Map<string, readonly Remembered[]>();
  for (const Key of keys.filter((key) => key.endsWith('.tfstate'))) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: name, Key }));
    states.set(Key, remembered(JSON.parse((await Body?.transformToString()) ?? '')));
  }
  return { keys, states };
}

function remembered(json: unknown): readonly Remembered[] {
  return stateSchema
    .parse(json)
    .resources.filter(({ mode }) => mode === 'managed')
    .flatMap(({ type, name, instances }) =>
      instances.map(({ status, deposed, attributes }) => ({
        address: `${type}.${name}`,
        type,
        id: (LISTED_AS[type] ?? (({ id }) => String(id)))(attributes),
        isSound: status === undefined && deposed === undefined,
      })),
    );
}
