import { Controller, Get } from '@nestjs/common';
import { google, LookupFigures, Public } from 'nest-token-exchange';
import { oursApp } from './ours';
import { ResourceController } from './resource.controller';
import { serve } from './serve';

/** What came of the tokens that were presented. */
@Controller('figures')
class FiguresController {
  constructor(private readonly figures: LookupFigures) {}

  @Get()
  @Public()
  read(): object {
    const { cached, hits, misses } = this.figures;
    return { cached, hits, misses };
  }
}

/** The application behind the guard of the module, over tokens that are there already. */
async function start(): Promise<void> {
  const providerSettings = { google: { clientIds: ['bench'] } };
  const app = await oursApp([google], { providerSettings }, [ResourceController, FiguresController]);
  await app.init();
  await serve(app);
}

void start();
