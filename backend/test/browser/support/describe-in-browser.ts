import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { findBrowser, type BrowserProgram } from './browser-program';
import { Product, type ProductOptions } from './product';

const LACK = 'no Chromium: set CHROME_PATH or install one';
const START_MS = 480_000;

/** What a suite in the browser works with. */
export class Stage {
  private started?: { product: Product; browser: Browser };
  private contexts: BrowserContext[] = [];

  /** The running product. */
  get product(): Product {
    if (!this.started) throw new Error('The stage is not set.');
    return this.started.product;
  }

  /** Where people find the site. */
  get site(): string {
    return this.product.addresses.site;
  }

  /** Builds and starts everything. */
  async set(program: BrowserProgram | undefined, options: ProductOptions): Promise<void> {
    if (!program) throw new Error(`There is ${LACK}.`);
    const product = await Product.start(options);
    try {
      this.started = { product, browser: await launch(program) };
    } catch (error) {
      await product.stop();
      throw error;
    }
  }

  /** A browser of its own for one person: nothing is shared with the others. */
  async newPage(options: BrowserContextOptions = {}): Promise<Page> {
    if (!this.started) throw new Error('The stage is not set.');
    const context = await this.started.browser.newContext(options);
    this.contexts.push(context);
    context.setDefaultTimeout(25_000);
    return context.newPage();
  }

  /** Closes what a test opened. */
  async closePages(): Promise<void> {
    await Promise.all(this.contexts.splice(0).map((context) => context.close()));
  }

  /** Stops everything. */
  async clear(): Promise<void> {
    await this.started?.browser.close();
    await this.started?.product.stop();
  }
}

/** A suite that drives the built product with a real browser; skipped, visibly, where there is none, and fails in CI. */
export function describeInBrowser(name: string, options: ProductOptions, suite: (stage: Stage) => void): void {
  const program = findBrowser();
  const stage = new Stage();
  if (!program && process.env.CI !== 'true') return describe.skip(`${name} [${LACK}]`, () => suite(stage));
  return describe(name, () => {
    beforeAll(() => stage.set(program, options), START_MS);
    afterEach(() => stage.closePages());
    afterAll(() => stage.clear(), 60_000);
    suite(stage);
  });
}

function launch({ executablePath, environment }: BrowserProgram): Promise<Browser> {
  // Nothing that loosens the rules of the web: the policies of the site are what is tested.
  const args = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-zygote'];
  return chromium.launch({ executablePath, args, env: { ...process.env, ...environment } });
}
