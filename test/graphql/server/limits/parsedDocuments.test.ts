/** Documents that are kept parsed take no more memory than they may, whatever a stranger writes into them. */
import { parse } from 'graphql';

import { parsedDocuments } from '../../../../graphql/server/limits/parsedDocuments';

const KIB = 1_024;
/** Little to parse, much to hold. */
const padded = (name: string, characters: number): ReturnType<typeof parse> =>
	parse(`query ${name} { __typename } #${'x'.repeat(characters)}`);

async function keptOf(store: ReturnType<typeof parsedDocuments>, names: readonly string[]): Promise<readonly string[]> {
	const found = await Promise.all(names.map(async (name) => ((await store.get(name)) === undefined ? [] : [name])));
	return found.flat();
}

describe('The documents that are kept', () => {
	it('are given to whoever asks the same again', async () => {
		const store = parsedDocuments();
		const document = padded('One', 10);
		await store.set('one', document);
		expect(await store.get('one')).toBe(document);
		expect(await store.get('two')).toBeUndefined();
		await store.delete('one');
		expect(await store.get('one')).toBeUndefined();
	});

	it('weigh what their text takes, comments and all', async () => {
		const store = parsedDocuments(500 * KIB);
		const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
		for (const name of names) await store.set(name, padded(name, 95_000));
		expect(await keptOf(store, names)).toEqual(['g', 'h']);
	});

	it('weigh what was parsed of a short text', async () => {
		const store = parsedDocuments(500 * KIB);
		const names = ['a', 'b', 'c', 'd'];
		for (const name of names) await store.set(name, parse(`query ${name} { ${'a '.repeat(400)} }`));
		expect(await keptOf(store, names)).toEqual(['c', 'd']);
	});

	it('keep what was asked for last, and nothing that is heavier than all may be', async () => {
		const store = parsedDocuments(500 * KIB);
		await store.set('a', padded('a', 95_000));
		await store.set('b', padded('b', 95_000));
		await store.get('a');
		await store.set('c', padded('c', 95_000));
		await store.set('huge', padded('huge', 300_000));
		expect(await keptOf(store, ['a', 'b', 'c', 'huge'])).toEqual(['a', 'c']);
	});
});
