/** What a person types to delete their account. */
export const DELETE_CONFIRMATION = 'delete my account';

/** Whether somebody has typed it; capitals and spaces around are telephones' doing. */
export function isDeletionConfirmed(text: string | undefined): boolean {
  return text?.trim().toLowerCase() === DELETE_CONFIRMATION;
}
