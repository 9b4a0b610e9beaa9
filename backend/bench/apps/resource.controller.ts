import { Controller, Get } from '@nestjs/common';

/** The route that every guarded application has: a constant, so that what differs is the guard. */
@Controller('resource')
export class ResourceController {
  private readonly answer = { ok: true };

  @Get()
  read(): object {
    return this.answer;
  }
}
