import { ORDER } from './child-environment';

/** What a forked service tells its parent once: that it serves, or why it cannot. */
export type Announcement<Details> = { readonly ready: Details } | { readonly failed: string };

function announce<Details>(announcement: Announcement<Details>): void {
  process.send?.(announcement);
}

/** Runs a forked service: starts it as the parent ordered, announces it, and stops it when asked, also while it starts. */
export function runForkedService<Order, Details>(
  start: (order: Order) => Promise<{ details: Details; stop: () => Promise<void> }>,
): void {
  const started = start(JSON.parse(process.env[ORDER] ?? '{}') as Order);
  started.then(
    ({ details }) => announce({ ready: details }),
    (error: unknown) => {
      announce({ failed: error instanceof Error ? error.message : String(error) });
      process.exitCode = 1;
      process.disconnect();
    },
  );
  const stop = (): void => {
    void started
      .then((service) => service.stop())
      .catch(() => undefined)
      .finally(() => process.exit());
  };
  process.once('SIGTERM', stop).once('SIGINT', stop);
}
