import { noticeMessage } from '../messages/notice.messages';
import { Alert } from './alert';
import { RefusalAlert } from './refusal.alert';

/** The query of a page, as Next hands it over. */
export type PageQuery = Promise<Record<string, string | string[] | undefined>>;

/** The value of a parameter that is there once. */
export function single(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** What the last form of a page came to, if its address says so. */
export async function Outcome({ query }: { query: PageQuery }) {
  const { error, notice: code } = await query;
  const notice = noticeMessage(single(code));
  const refusalCode = single(error);
  if (refusalCode) return <RefusalAlert code={refusalCode} />;
  if (!notice) return null;
  return (
    <Alert tone={notice.warning ? 'warning' : 'success'}>
      <p>{notice.text}</p>
    </Alert>
  );
}
