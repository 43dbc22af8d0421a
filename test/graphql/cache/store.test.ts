/** Memory that is bounded, secrets that stay secret. */
import { BoundedMap } from '../../../graphql/cache/boundedMap';
import { CacheSecret } from '../../../graphql/cache/secret';
import { MemoryStore } from '../../../graphql/cache/store';

describe('memory', () => {
	it('holds no more than its weight; what was used least recently makes room', () => {
		const map = new BoundedMap<number>(10, (weight) => weight);
		map.set('a', 4).set('b', 4);
		map.get('a');
		map.set('c', 4);
		expect([...map.keys()]).toEqual(['a', 'c']);
		map.set('a', 1).set('d', 5);
		expect([...map.keys()]).toEqual(['c', 'a', 'd']);
		map.set('too big', 11);
		expect([...map.keys()]).toEqual(['c', 'a', 'd']);
		map.clear();
		expect([...map.set('e', 10).keys()]).toEqual(['e']);
	});

	it('forgets in time', async () => {
		const store = new MemoryStore(10);
		await store.write('a', { bills: [] }, { forMs: 20, records: 0 });
		expect(await store.read('a')).toEqual({ bills: [] });
		await new Promise((resolve) => setTimeout(resolve, 30));
		expect(await store.read('a')).toBeUndefined();
	});
});

describe('the secret of a cache', () => {
	const secret = new CacheSecret('a key that nobody else has');

	it('opens what it sealed, and seals the same thing differently each time', () => {
		const sealed = secret.seal('Müller owes 25.90');
		expect(secret.open(sealed)).toBe('Müller owes 25.90');
		expect(sealed).not.toBe(secret.seal('Müller owes 25.90'));
		expect(Buffer.from(sealed, 'base64').toString('latin1')).not.toContain('owes');
	});

	it('opens nothing that was changed, or sealed with another key', () => {
		const bytes = Buffer.from(secret.seal('25.90'), 'base64');
		for (let at = 0; at < bytes.length; at += 1) {
			const changed = Buffer.from(bytes);
			changed[at] = (changed[at] ?? 0) ^ 1;
			expect(() => secret.open(changed.toString('base64'))).toThrow();
		}
		expect(() => new CacheSecret('another key').open(secret.seal('25.90'))).toThrow();
		expect(() => secret.open('')).toThrow();
	});

	it('names things alike that are alike, and tells nothing of them', () => {
		expect(secret.fingerprint({ token: 'hush' }, 1)).toBe(secret.fingerprint({ token: 'hush' }, 1));
		expect(secret.fingerprint({ token: 'hush' }, 1)).not.toBe(secret.fingerprint({ token: 'hush' }, 2));
		expect(new CacheSecret('another key').fingerprint('a')).not.toBe(secret.fingerprint('a'));
		expect(secret.fingerprint('a', 'bc')).not.toBe(secret.fingerprint('ab', 'c'));
	});
});
