import { EXPECTED_PARENT } from './child-environment';

// Loaded into every child before its own code. The channel to the parent closes however the parent ends, SIGKILL included.
// A grandchild inherits this file from its parent's arguments, and has its own ways.
if (process.env[EXPECTED_PARENT] === String(process.ppid)) {
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  // The listener would keep a child alive that has nothing left to do.
  process.channel?.unref();
}
