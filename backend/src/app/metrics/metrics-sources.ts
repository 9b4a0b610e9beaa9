import { Injectable, Optional } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import {
  AcceptedSignIns,
  GuardRefusals,
  KeyStores,
  LookupFigures,
  RefusalCounter,
  RevocationFigures,
  SignInFigures,
} from '../../social-auth';
import { RedisConnection } from '../limits/redis.connection';

/** Where the figures come from: parts of the server that count anyway. */
@Injectable()
export class MetricsSources {
  constructor(
    readonly accepted: AcceptedSignIns,
    readonly refusals: RefusalCounter,
    readonly batchedSignIns: SignInFigures,
    readonly guardRefusals: GuardRefusals,
    readonly lookups: LookupFigures,
    readonly revocations: RevocationFigures,
    readonly keys: KeyStores,
    @InjectDataSource() readonly dataSource: DataSource,
    @Optional() readonly redis?: RedisConnection,
  ) {}
}
