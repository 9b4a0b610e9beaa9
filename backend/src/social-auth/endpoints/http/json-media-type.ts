const JSON_MEDIA_TYPE = /^application\/json\s*(;|$)/i;

/** Whether a Content-Type says that the body is plain JSON, which a page of another site cannot post unasked. */
export const isJsonMediaType = (contentType: string | string[] | undefined): boolean =>
  typeof contentType === 'string' && JSON_MEDIA_TYPE.test(contentType);
