import { ClosedLoop } from './closed-loop';
import type { LoadOrder, LoadReply, LoadResult } from './load-messages';

const targets = new Map<string, ClosedLoop>();

function targetOf(name: string): ClosedLoop {
  const target = targets.get(name);
  if (!target) throw new Error(`${name} is not open.`);
  return target;
}

async function obey(order: LoadOrder): Promise<LoadResult | undefined> {
  switch (order.kind) {
    case 'open':
      targets.set(order.target, new ClosedLoop(order.port, order.shape, order.requests));
      return undefined;
    case 'pass':
      return targetOf(order.target).pass();
    case 'run':
      return targetOf(order.target).run(order.milliseconds);
    case 'close':
      targetOf(order.target).close();
      targets.delete(order.target);
      return undefined;
  }
}

const reply = (message: LoadReply): void => void process.send?.(message);

process.on('message', (order: LoadOrder) => {
  obey(order).then(
    (result) => reply({ kind: 'done', result }),
    (error: unknown) => reply({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
  );
});
process.on('disconnect', () => process.exit());
