import { applyDecorators, Injectable, type PipeTransform } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { ADMIN_ROLE } from '../../accounts/administration/account-change';
import { AccountDirectory } from '../../accounts/administration/account-directory';
import type { ErrorCode } from '../../errors/error-catalogue';
import { RequireIssuedToken, RequireRoles } from '../../guard/route-access';
import type { EventContext } from '../../security-log/security-event';
import type { Principal } from '../../tokens/principal';
import { ApiGuarded } from '../http/api-problems.decorator';
import { ClientResolver, type ClientSource } from '../http/client-of-request';
import { RequestItself } from '../http/request-itself.decorator';

/** Marks a controller whose every route is for administrators alone. */
export const ForAdministrators = (): ClassDecorator =>
  applyDecorators(RequireRoles(ADMIN_ROLE), RequireIssuedToken(), ApiTags('administration'), ApiBearerAuth());

/** Documents what a route for administrators answers to everybody else, beside errors of its own. */
export const ApiAdministered = (...codes: ErrorCode[]): MethodDecorator =>
  ApiGuarded('role_required', 'token_exchange_required', ...codes);

/** Lets ids of accounts through that there are; all others are not found. */
@Injectable()
export class AccountIdPipe implements PipeTransform<string, Promise<string>> {
  constructor(private readonly accounts: AccountDirectory) {}

  transform(id: string): Promise<string> {
    return this.accounts.idOf(id);
  }
}

/** Makes of a request who does what it asks for, and from where. */
@Injectable()
export class AdministratorPipe implements PipeTransform<ClientSource & { user: Principal }, EventContext> {
  constructor(private readonly clients: ClientResolver) {}

  transform(request: ClientSource & { user: Principal }): EventContext {
    const { address, userAgent } = this.clients.resolve(request);
    return { actorId: request.user.account.id, client: { address, userAgent } };
  }
}

/** The administrator behind the request, as the log keeps them, for a handler's parameter. */
export const Administrator = (): ParameterDecorator => RequestItself(AdministratorPipe);
