/** Every regular expression of what ships, tried by recheck: none takes exponential time, and those slower than linear see short texts only. */
import { check } from 'recheck';

import { regexesOfWhatShips } from './regexes';

/** Quadratic on texts made for it; why such a text does not reach it. By place without the line. */
const BOUNDED: Readonly<Record<string, string>> = {
	'providers/documents/fileName.ts /[-.]+$/': 'a part of a name, cut to 60 characters',
	'providers/documents/fileName.ts /^[.\\s]+|[.\\s]+$/g': 'a name, cut to 1,000 characters',
	'providers/transport/json.ts /[eE].*$/': 'one number, of 400 characters at most',
	'providers/transport/json.ts /0+$/': 'one number, of 400 characters at most',
	'providers/transport/spentToken.ts /\\b(?:token|session)\\b.*\\b(?:expired|invalid)\\b|\\b(?:expired|invalid)\\b.*\\b(?:token|session)\\b/i':
		'the first 2,000 characters of a refusal',
	'providers/transport/url.ts /^\\/+|\\/+$/g': 'paths of our own, with ids whose slashes are encoded',
	'providers/transport/url.ts /\\/+$/': 'addresses of the configuration',
	'graphql/server/configText.ts /\\$\\{(file:)?([^}]*)\\}/g': 'the configuration',
};

const SECONDS = 20;

const all = regexesOfWhatShips().map(
	({ place, source, flags }) => [`${place.replace(/:\d+$/, '')} /${source}/${flags}`, source, flags] as const,
);

it('there are some, and every exception is still there', () => {
	expect(all.length).toBeGreaterThan(100);
	const known = new Set<string>(all.map(([name]) => name));
	expect(Object.keys(BOUNDED).filter((name) => !known.has(name))).toEqual([]);
});

it.each(all)(
	'%s takes linear time',
	async (name, source, flags) => {
		const found = await check(source, flags, { timeout: SECONDS * 1_000 });
		if (found.status === 'vulnerable') expect(found.complexity.type).not.toBe('exponential');
		// A regex too large to be decided in time must see short texts, too.
		if (found.status !== 'safe') expect(Object.keys(BOUNDED)).toContain(name);
	},
	2 * SECONDS * 1_000,
);
