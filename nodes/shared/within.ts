/** Waiting, but not for ever. */

/**
 * What the work gives, or `late` where that takes longer than so many milliseconds. Nobody stops the work itself: it may look
 * at the signal that it is given, which is then aborted.
 */
export async function within<T>(
	ms: number,
	work: (deadline: AbortSignal) => Promise<T>,
	late: () => Error,
): Promise<T> {
	const deadline = AbortSignal.timeout(ms);
	let giveUp = (): void => undefined;
	const givenUp = new Promise<never>((_resolve, reject) => {
		giveUp = () => reject(late());
		deadline.addEventListener('abort', giveUp);
	});
	try {
		return await Promise.race([work(deadline), givenUp]);
	} finally {
		// A signal that is listened to lives until its time has come; with it the race, and what won it.
		deadline.removeEventListener('abort', giveUp);
	}
}

const OVER = { done: true, value: undefined } as const;

/** What comes until the signal fires. Nobody waits for work that goes on in spite of it, nor hears of its failing then. */
export async function* untilAborted<T>(
	work: AsyncIterable<T>,
	signal: AbortSignal,
): AsyncGenerator<T, void, undefined> {
	if (signal.aborted) return;
	let stop = (): void => undefined;
	const aborted = new Promise<typeof OVER>((resolve) => {
		stop = () => resolve(OVER);
		signal.addEventListener('abort', stop);
	});
	const steps = work[Symbol.asyncIterator]();
	const next = async (): Promise<IteratorResult<T>> =>
		steps.next().catch((error: unknown) => (signal.aborted ? OVER : Promise.reject(error as Error)));
	try {
		for (;;) {
			const step = await Promise.race([next(), aborted]);
			if (step.done === true) return;
			yield step.value;
		}
	} finally {
		signal.removeEventListener('abort', stop);
		// What is under way is not waited for.
		void steps.return?.().catch(() => undefined);
	}
}
