import { handleAccountForm } from '../../../../session/account.form.handler';

/** The forms of the account pages. */
export async function POST(request: Request, { params }: { params: Promise<{ form: string }> }): Promise<Response> {
  return handleAccountForm(request, (await params).form);
}
