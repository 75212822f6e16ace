import { SetMetadata } from '@nestjs/common';

export const UNLIMITED = 'gatehouse:unlimited';

/** Takes a route, or all routes of a controller, out of the rate limit. */
export const Unlimited = (): MethodDecorator & ClassDecorator => SetMetadata(UNLIMITED, true);
