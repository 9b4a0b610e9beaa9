import { IncomingMessage, ServerResponse } from 'node:http';
import { Answer, send } from '../endpoints/answer';
import { readFields } from '../endpoints/request-fields';
import { errors, Provider } from '../oidc/oidc-library';
import { Directory } from '../people/directory';
import { IssuerTwin } from '../twins/issuer-twin';
import { errorPage } from './error.page';
import { peoplePage } from './people.page';

/** Shows the people in the middle of a sign-in, and takes the choice. */
export class PeopleController {
  constructor(
    private readonly provider: Provider,
    private readonly twin: IssuerTwin,
    private readonly directory: Directory,
  ) {}

  /** Answers `GET` with the page and `POST` with the redirect that ends the interaction. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      if (request.method === 'POST') await this.choose(request, response);
      else send(response, await this.show(request, response));
    } catch (error) {
      if (!(error instanceof errors.SessionNotFound)) throw error;
      send(response, errorPage(this.twin, error.error_description ?? error.message));
    }
  }

  private async show(request: IncomingMessage, response: ServerResponse): Promise<Answer> {
    const { params } = await this.provider.interactionDetails(request, response);
    const client = await this.provider.Client.find(String(params.client_id));
    const application = client?.clientName ?? String(params.client_id);
    const redirectUri = typeof params.redirect_uri === 'string' ? params.redirect_uri : undefined;
    return peoplePage(this.twin, this.directory.all(), application, redirectUri);
  }

  private async choose(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const fields = await readFields(request);
    const person = this.directory.find(fields.get('person') ?? '');
    const result = person
      ? { login: { accountId: person.subject, remember: false }, consent: {}, select_account: {} }
      : { error: 'access_denied', error_description: 'The person cancelled the sign-in.' };
    await this.provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  }
}
