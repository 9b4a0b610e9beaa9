import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7, validate as isUuid } from 'uuid';
import { NotFoundError, SocialAuthDatabase, StatementFailedError } from '../../social-auth';
import type { NoteResponse } from './note.requests';

const LONGEST_LIST = 100;
const LONGEST_EXPORT = 1_000;

interface NoteRow {
  id: string;
  text: string;
  created_at: Date;
}

/** Keeps the notes of accounts. */
@Injectable()
export class NotesService {
  constructor(private readonly database: SocialAuthDatabase) {}

  /** The newest notes of an account. */
  async list(accountId: string): Promise<NoteResponse[]> {
    const rows = await this.database.query<NoteRow>({
      text: `SELECT id, text, created_at FROM note WHERE account_id = $1
        ORDER BY created_at DESC, id DESC LIMIT ${LONGEST_LIST}`,
      values: [accountId],
    });
    return rows.map(toResponse);
  }

  /** @throws NotFoundError if the account was deleted since the request was let in. */
  async create(accountId: string, text: string): Promise<NoteResponse> {
    try {
      const [row] = await this.database.query<NoteRow>({
        text: 'INSERT INTO note (id, account_id, text) VALUES ($1, $2, $3) RETURNING id, text, created_at',
        values: [uuidv7(), accountId, text],
      });
      return toResponse(row!);
    } catch (error) {
      if (error instanceof StatementFailedError && error.constraint === 'note_account') throw new NotFoundError();
      throw error;
    }
  }

  /**
   * Deletes a note of the account.
   *
   * @throws NotFoundError if there is none of that id, or it is somebody else's: a caller cannot tell the two apart.
   */
  async delete(accountId: string, id: string): Promise<void> {
    const deleted = isUuid(id)
      ? await this.database.query<{ id: string }>({
          text: 'DELETE FROM note WHERE id = $1 AND account_id = $2 RETURNING id',
          values: [id, accountId],
        })
      : [];
    if (deleted.length === 0) throw new NotFoundError();
  }

  /** What is kept of an account's notes, for its owner to take away: the newest thousand, and whether there are more. */
  static async exportOf(accountId: string, manager: EntityManager): Promise<{ notes: NoteResponse[]; more: boolean }> {
    const rows = await manager.query<NoteRow[]>(
      `SELECT id, text, created_at FROM note WHERE account_id = $1
        ORDER BY created_at DESC, id DESC LIMIT ${LONGEST_EXPORT + 1}`,
      [accountId],
    );
    return { notes: rows.slice(0, LONGEST_EXPORT).map(toResponse), more: rows.length > LONGEST_EXPORT };
  }

  /** Deletes what an account leaves behind, in the transaction in which it is deleted. */
  static async deleteAllOf(accountId: string, manager: EntityManager): Promise<void> {
    await manager.query('DELETE FROM note WHERE account_id = $1', [accountId]);
  }
}

function toResponse({ id, text, created_at }: NoteRow): NoteResponse {
  return { id, text, created_at: created_at.toISOString() };
}
