import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { errorCatalogue, problemDetails } from '../../social-auth';

const DESCRIPTION =
  'Post a token of an identity provider, get a token of this API, send it as `Authorization: Bearer <token>`. ' +
  'Errors are `application/problem+json`; switch on `code`, which is stable.';

type PathItem = OpenAPIObject['paths'][string];
type Operation = NonNullable<PathItem['get']>;

/** What every route may answer. */
const INTERNAL_ERROR = {
  description: `\`internal_error\`: ${errorCatalogue.internal_error.title}`,
  content: { 'application/problem+json': { example: problemDetails('internal_error') } },
};

/** Serves the description of the API: for people at /docs, for machines at /docs-json. */
export function serveDocs(app: NestFastifyApplication): void {
  const document = describeApi(app);
  SwaggerModule.setup('docs', app, document, {
    jsonDocumentUrl: 'docs-json',
    raw: ['json'],
    customSiteTitle: 'API',
  });
}

function describeApi(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Token exchange')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'opaque',
      description: 'The `token` of the answer of a sign-in',
    })
    .build();
  const document = SwaggerModule.createDocument(app, config, { autoTagControllers: false });
  for (const operation of Object.values(document.paths).flatMap(operationsOf)) {
    operation.responses['500'] ??= INTERNAL_ERROR;
  }
  return document;
}

function operationsOf(path: PathItem): Operation[] {
  return [path.get, path.post, path.put, path.patch, path.delete].filter((operation) => operation !== undefined);
}
