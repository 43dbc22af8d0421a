import { type IssuedToken, TokenSource, tokenLifeMillis } from '../../../providers/transport/tokenSource';
import { fakeClock } from '../support/scriptedTransport';

const MINUTE = 60_000;

/** A source whose nth token is `token-n`, living `lifeMs`. */
function counting(lifeMs: number) {
	const clock = fakeClock(0);
	let fetched = 0;
	const source = new TokenSource(() => {
		fetched += 1;
		return Promise.resolve({ value: `token-${fetched}`, issuedAt: clock.now(), lifeMs });
	}, clock);
	return { clock, source, fetched: () => fetched };
}

describe('tokenLifeMillis', () => {
	it.each([
		[3600, 3_600_000],
		['3599', 3_599_000],
		[' 1800 ', 1_800_000],
		[0.5, 500],
	])('reads expires_in %p as seconds', (expiresIn, life) => {
		expect(tokenLifeMillis(expiresIn)).toBe(life);
	});

	it.each([
		[undefined],
		[null],
		[0],
		[-1],
		['0'],
		['-1'],
		[''],
		['soon'],
		[Number.NaN],
		['1e999'],
		[{}],
		[[5]],
		[true],
	])('assumes 30 minutes where expires_in is %p', (expiresIn) => {
		expect(tokenLifeMillis(expiresIn)).toBe(30 * MINUTE);
	});
});

describe('TokenSource', () => {
	it('fetches one token for all who ask at once', async () => {
		const { source, fetched } = counting(60 * MINUTE);
		expect(await Promise.all([source.token(), source.token(), source.token()])).toEqual(Array(3).fill('token-1'));
		expect(fetched()).toBe(1);
	});

	it.each([
		['60 s before the end of a long token', 60 * MINUTE, 59 * MINUTE],
		['in the last tenth of a short one', 100_000, 90_000],
	])('renews %s', async (_, lifeMs, renewedAt) => {
		const { clock, source } = counting(lifeMs);
		await source.token();
		clock.advance(renewedAt - 1);
		expect(await source.token()).toBe('token-1');
		clock.advance(1);
		expect(await source.token()).toBe('token-2');
	});

	it('counts life from before the request, however long the answer took', async () => {
		const clock = fakeClock(0);
		let fetched = 0;
		const source = new TokenSource(() => {
			const issuedAt = clock.now();
			fetched += 1;
			clock.advance(95_000);
			return Promise.resolve({ value: `token-${fetched}`, issuedAt, lifeMs: 100_000 });
		}, clock);
		await source.token();
		expect(await source.token()).toBe('token-2');
	});

	it('does not keep a failure', async () => {
		const clock = fakeClock();
		const answers = [
			Promise.reject<IssuedToken>(new Error('down')),
			Promise.resolve({ value: 'up', issuedAt: clock.now(), lifeMs: MINUTE }),
		];
		const source = new TokenSource(() => answers.shift()!, clock);
		const [first, second] = [source.token(), source.token()];
		await expect(first).rejects.toThrow('down');
		await expect(second).rejects.toThrow('down');
		expect(await source.token()).toBe('up');
	});

	it('renews a spent token once, however many saw it refused', async () => {
		const { source, fetched } = counting(60 * MINUTE);
		const spent = await source.token();
		expect(await Promise.all([source.renew(spent), source.renew(spent)])).toEqual(['token-2', 'token-2']);
		expect(await source.renew(spent)).toBe('token-2');
		expect(fetched()).toBe(2);
	});

	it('hands out a dropped token no more, and keeps another that has come since', async () => {
		const { source, fetched } = counting(60 * MINUTE);
		source.drop(await source.token());
		expect(await source.token()).toBe('token-2');
		source.drop('token-1');
		expect(await source.token()).toBe('token-2');
		expect(fetched()).toBe(2);
	});
});
