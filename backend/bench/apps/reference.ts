import { join } from 'node:path';
import { setting } from './serve';

/** The reference server as `npm run build:backend` leaves it. It says that it is ready when it is asked, and not before. */
process.stdout.write(`READY ${JSON.stringify({ port: Number(setting('PORT')), clients: [] })}\n`);
void import(join(__dirname, '../../../../dist/src/app/main.js'));
