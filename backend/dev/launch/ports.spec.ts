import { once } from 'node:events';
import { AddressInfo, createServer, Server } from 'node:net';
import { checkPorts } from './ports';

const mend = 'set PORT=<another port>';

async function listening(host: string): Promise<{ server: Server; port: number }> {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

it.each(['127.0.0.1', '0.0.0.0'])('names a port that is taken on %s, and how to choose another', async (host) => {
  const { server, port } = await listening(host);
  await expect(checkPorts([{ port, who: 'backend', mend }])).rejects.toThrow(
    `Port ${port} (backend) is taken: stop the program that has it, or set PORT=<another port>.`,
  );
  server.close();
  await once(server, 'close');
  await expect(checkPorts([{ port, who: 'backend', mend }])).resolves.toBeUndefined();
});

it('names a port that two parts want', async () => {
  const wanted = { port: 1, who: 'frontend', mend };
  await expect(checkPorts([wanted, wanted])).rejects.toThrow('wanted twice');
});
