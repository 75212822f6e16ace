import { HttpException } from '@nestjs/common';
import { type ClaimsError, type ClaimsErrorCode } from '../error.ts';

/** A refusal as a client sees it: `{ "code": "TOKEN_EXPIRED", "statusCode": 401 }` and no detail. */
export class ClaimsException extends HttpException {
  readonly code: ClaimsErrorCode;

  constructor(error: ClaimsError) {
    super({ code: error.code, statusCode: error.status }, error.status, { cause: error });
    this.code = error.code;
  }
}
