import { All, Controller, NotFoundException } from '@nestjs/common';

/**
 * Every path that no other controller has. A router answers 404 for those before any guard runs, and so tells a
 * stranger which paths exist; as a route behind the guard, an unknown path answers them 401 like any other.
 */
@Controller()
export class UnknownController {
  @All('*')
  unknown(): never {
    throw new NotFoundException();
  }
}
