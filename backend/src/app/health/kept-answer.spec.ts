import { KeptAnswer } from './kept-answer';

describe('KeptAnswer', () => {
  let now: number;
  let questions: { resolve: (answer: string) => void; reject: (error: Error) => void }[];
  let answer: KeptAnswer<string>;

  beforeEach(() => {
    now = 0;
    questions = [];
    const ask = () => new Promise<string>((resolve, reject) => questions.push({ resolve, reject }));
    answer = new KeptAnswer(ask, 1000, () => now);
  });

  it('asks once for all who want to know meanwhile, however long it takes', async () => {
    const first = answer.get();
    now = 5000;
    const second = answer.get();
    questions[0]?.resolve('a');
    expect([await first, await second, questions.length]).toEqual(['a', 'a', 1]);
  });

  it('gives the same answer for a while, counted from when it came, and then asks again', async () => {
    const first = answer.get();
    now = 5000;
    questions[0]?.resolve('a');
    await first;
    now = 5999;
    expect(await answer.get()).toBe('a');
    now = 6000;
    const next = answer.get();
    questions[1]?.resolve('b');
    expect([await next, questions.length]).toEqual(['b', 2]);
  });

  it('does not keep a failure', async () => {
    const first = answer.get();
    questions[0]?.reject(new Error('why'));
    await expect(first).rejects.toThrow('why');
    const next = answer.get();
    questions[1]?.resolve('b');
    expect(await next).toBe('b');
  });
});
