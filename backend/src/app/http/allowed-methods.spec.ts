import { RouteTable } from './allowed-methods';

describe('RouteTable', () => {
  const routes = new RouteTable();
  routes.add('/notes', ['GET', 'HEAD']);
  routes.add('/notes', ['POST']);
  routes.add('/notes/:id', ['DELETE']);
  routes.add('/docs/*', ['GET']);
  routes.add('*', ['OPTIONS']);

  it.each([
    ['/notes', ['GET', 'HEAD', 'POST']],
    ['/notes/1', ['DELETE']],
    ['/notes/', []],
    ['/notes/1/2', []],
    ['/NOTES', []],
    ['/nope', []],
    ['/docs/anything', []],
    ['', []],
  ])('knows the methods at %j', (path, methods) => {
    expect(routes.methodsAt(path)).toEqual(methods);
  });
});
