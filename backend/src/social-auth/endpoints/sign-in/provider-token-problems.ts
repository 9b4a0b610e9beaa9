import { errorCatalogue, type ErrorCode } from '../../errors/error-catalogue';

/** The codes with which any provider's token is refused, as far as no provider has them for itself. */
export const PROVIDER_TOKEN_PROBLEMS = (Object.keys(errorCatalogue) as ErrorCode[]).filter((code) =>
  code.startsWith('provider_token_'),
);
