import { formOf } from './form';
import { redirectOf, Visitor } from './visitor';

/** How connecting a television went: every page, in the order in which it was shown. */
export interface DeviceApproval {
  readonly pages: readonly string[];
}

/** Enters a television's code, confirms it and picks a person, as somebody with a browser but without scripts would. */
export async function approveDevice(
  address: string,
  userCode: string,
  choice: Record<string, string>,
): Promise<DeviceApproval> {
  const visitor = new Visitor();
  const input = await (await visitor.open(address)).text();
  const asked = formOf(input, address);
  const confirm = await (await visitor.submit(asked.action, { ...asked.fields, user_code: userCode })).text();
  const confirmed = formOf(confirm, asked.action);
  const people = await redirectOf(await visitor.submit(confirmed.action, { ...confirmed.fields, confirm: 'yes' }));
  const picker = await (await visitor.open(people)).text();
  const done = await visitor.open(await redirectOf(await visitor.submit(people, choice)));
  return { pages: [input, confirm, picker, await done.text()] };
}
