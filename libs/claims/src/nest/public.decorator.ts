import { SetMetadata } from '@nestjs/common';

export const PUBLIC = 'gatehouse:public';

/** Opens a route, or all routes of a controller, to anybody. Without it a route needs a verified user. */
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(PUBLIC, true);
