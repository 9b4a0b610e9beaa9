import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { DatabaseSettings } from '../settings/settings';
import { dataSourceOptions } from './data-source-options';
import { DatabaseConnector } from './database.connector';

/** The data source of the host, opened by {@link DatabaseConnector}. */
@Module({})
export class DatabaseModule {
  static forRoot(settings: DatabaseSettings): DynamicModule {
    const connector = new DatabaseConnector(settings);
    return {
      module: DatabaseModule,
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: () => ({
            ...dataSourceOptions(settings),
            manualInitialization: true,
            // Without attempts alone it would still log that it retries.
            retryAttempts: 0,
            toRetry: () => false,
          }),
          dataSourceFactory: (options) => connector.connect(new DataSource(options as DataSourceOptions)),
        }),
      ],
      providers: [{ provide: DatabaseConnector, useValue: connector }],
    };
  }
}
