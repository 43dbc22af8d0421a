/** Waiting, but not for ever. */

/** What the work gives, or `late` where that takes longer. Nobody stops the work itself. */
export async function within<T>(ms: number, work: Promise<T>, late: () => Error): Promise<T> {
	const deadline = AbortSignal.timeout(ms);
	let giveUp = (): void => undefined;
	const givenUp = new Promise<never>((_resolve, reject) => {
		giveUp = () => reject(late());
		deadline.addEventListener('abort', giveUp);
	});
	try {
		return await Promise.race([work, givenUp]);
	} finally {
		// A signal that is listened to lives until its time has come; with it the race, and what won it.
		deadline.removeEventListener('abort', giveUp);
	}
}
