/** One token for all instances, and none that a provider has refused. */
import { type Locks, Once } from '../../../graphql/cache/once';
import { sharedTokens } from '../../../graphql/cache/sharedTokens';
import { type CacheStore, MemoryStore } from '../../../graphql/cache/store';
import { TokenSource } from '../../../providers/transport/tokenSource';
import { systemClock } from '../../../graphql/server/systemClock';

/** Locks as Redis gives them, in one process. */
class TestLocks implements Locks {
	private readonly held = new Set<string>();

	async take(name: string): ReturnType<Locks['take']> {
		if (this.held.has(name)) return 'TAKEN';
		this.held.add(name);
		return async () => {
			this.held.delete(name);
		};
	}
}

let store: CacheStore;
let locks: TestLocks;
let fetched: number;

beforeEach(() => {
	store = new MemoryStore(100);
	locks = new TestLocks();
	fetched = 0;
});

function instance(lifeMs = 600_000, name = 'token of brm'): TokenSource {
	const share = sharedTokens({ store, once: new Once(locks, systemClock), clock: systemClock, name });
	const fetchToken = async () => {
		fetched += 1;
		const value = `token ${fetched}`;
		await new Promise((resolve) => setTimeout(resolve, 20));
		return { value, issuedAt: Date.now(), lifeMs };
	};
	return new TokenSource(share(fetchToken), systemClock);
}

it('is fetched once by instances that want it at the same time', async () => {
	const tokens = await Promise.all([instance(), instance(), instance()].map((source) => source.token()));
	expect(tokens).toEqual(['token 1', 'token 1', 'token 1']);
	expect(fetched).toBe(1);
});

it('that was refused is replaced once, for all', async () => {
	const [left, right] = [instance(), instance()];
	await Promise.all([left.token(), right.token()]);
	expect(await left.renew('token 1')).toBe('token 2');
	expect(await right.renew('token 1')).toBe('token 2');
	expect(fetched).toBe(2);
});

it('about to end is not handed on', async () => {
	await instance(0).token();
	expect(await instance().token()).toBe('token 2');
});

it('of another credential is another', async () => {
	await instance().token();
	expect(await instance(600_000, 'token of orange').token()).toBe('token 2');
});

it('that cannot be had lets the next one try', async () => {
	const share = sharedTokens({ store, once: new Once(locks, systemClock), clock: systemClock, name: 'token of brm' });
	await expect(share(() => Promise.reject(new Error('refused')))(null)).rejects.toThrow('refused');
	expect(await instance().token()).toBe('token 1');
});

it('is fetched without locks where there are none to be had', async () => {
	const noLocks: Locks = { take: async () => 'NO_LOCKS' };
	const share = sharedTokens({ store, once: new Once(noLocks, systemClock), clock: systemClock, name: 'x' });
	const token = { value: 't', issuedAt: Date.now(), lifeMs: 600_000 };
	expect(await share(async () => token)(null)).toEqual(token);
});
