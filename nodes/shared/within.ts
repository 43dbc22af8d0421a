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
