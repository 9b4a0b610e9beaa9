import { createParamDecorator, type ExecutionContext } from '@nestjs/common';

/** The request of either HTTP adapter, for a pipe that reads something out of it. */
export const RequestItself = createParamDecorator<unknown>((_data, context: ExecutionContext): unknown =>
  context.switchToHttp().getRequest(),
);
