import { CreateNote1764000000000 } from './create-note.migration';
import { Note } from './note.entity';

export { NotesModule } from './notes.module';
export { NotesService } from './notes.service';

/** The entities of this folder, for the data source. */
export const noteEntities = [Note];

/** The migrations of this folder, in order. */
export const noteMigrations = [CreateNote1764000000000];
