import { Module } from '@nestjs/common';
import { NotesController } from './notes.controller';
import { NotesService } from './notes.service';

/** A small example of what an application adds. */
@Module({ controllers: [NotesController], providers: [NotesService] })
export class NotesModule {}
