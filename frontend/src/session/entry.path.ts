const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The address of one entry of a list at the backend, or undefined where a form names none. An id that is anything else
 * could make it the address of something larger: `..` below `/accounts/me/identities` is the account itself.
 */
export function entryPath(list: string, id: string | undefined): string | undefined {
  return id !== undefined && ID.test(id) ? `${list}/${id}` : undefined;
}
