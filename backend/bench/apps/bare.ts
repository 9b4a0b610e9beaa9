import 'reflect-metadata';
import { ResourceController } from './resource.controller';
import { nestApp, serve } from './serve';

/** The yardstick: the application without any guard. */
async function start(): Promise<void> {
  await serve(await nestApp({ controllers: [ResourceController] }));
}

void start();
