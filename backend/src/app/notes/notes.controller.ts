import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { ApiGuarded, CurrentAccount, type PrincipalAccount, RequireScopes, ValidatedBody } from '../../social-auth';
import { NewNoteRequest, NoteListResponse, NoteResponse } from './note.requests';
import { NotesService } from './notes.service';

/**
 * Notes of the signed-in person: nothing here says so, every route is guarded unless it says otherwise. The scopes let
 * personal tokens in; those of a sign-in need none.
 */
@ApiTags('notes')
@ApiBearerAuth()
@Controller('notes')
export class NotesController {
  constructor(private readonly notes: NotesService) {}

  @Get()
  @RequireScopes('notes:read')
  @ApiOperation({ summary: 'List the newest hundred of your notes' })
  @ApiOkResponse({ type: NoteListResponse })
  @ApiGuarded()
  async list(@CurrentAccount() account: PrincipalAccount): Promise<NoteListResponse> {
    return { notes: await this.notes.list(account.id) };
  }

  @Post()
  @RequireScopes('notes:write')
  @ApiOperation({ summary: 'Make a note' })
  @ApiCreatedResponse({ type: NoteResponse })
  @ApiGuarded('payload_too_large', 'unsupported_media_type')
  create(
    @CurrentAccount() account: PrincipalAccount,
    @Body(ValidatedBody) { text }: NewNoteRequest,
  ): Promise<NoteResponse> {
    return this.notes.create(account.id, text);
  }

  @Delete(':id')
  @RequireScopes('notes:write')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a note of yours' })
  @ApiNoContentResponse()
  @ApiGuarded('not_found')
  delete(@CurrentAccount() account: PrincipalAccount, @Param('id') id: string): Promise<void> {
    return this.notes.delete(account.id, id);
  }
}
