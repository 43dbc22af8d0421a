/** Every regular expression of what ships, tried by recheck: none takes exponential time, and those slower than linear see short texts only. */
import { check } from 'recheck';

import { readConfigText } from '../../graphql/server/configText';
import { documentFileName, safeName } from '../../providers/documents/fileName';
import { toDecimal } from '../../providers/model/decimal';
import { parseJson } from '../../providers/transport/json';
import { saysTokenSpent } from '../../providers/transport/spentToken';
import { checkedBaseUrl, joinUrl } from '../../providers/transport/url';
import { regexesOfWhatShips } from './regexes';

/** Quadratic on texts made for it; how such a text comes to it, and why that is no harm. By place without the line. */
const BOUNDED: Readonly<Record<string, { readonly why: string; readonly tried: () => unknown }>> = {
	'providers/transport/spentToken.ts /\\b(?:token|session)\\b.*\\b(?:expired|invalid)\\b|\\b(?:expired|invalid)\\b.*\\b(?:token|session)\\b/i':
		{ why: 'the first 2,000 characters of a refusal', tried: () => saysTokenSpent('token '.repeat(LONG)) },
	'graphql/server/configText.ts /\\$\\{(file:)?([^}]*)\\}/g': {
		why: 'the text up to the last brace, so that each beginning finds its end',
		tried: () =>
			[`"${'${'.repeat(LONG)}"`, `"${'${'.repeat(LONG)}}${'${'.repeat(LONG)}"`].map((text) =>
				readConfigText(text, { env: {}, readFile: () => '' }),
			),
	},
};

/** What else reads a carrier's texts of any length by expressions with a repetition before an end. */
const READERS: Readonly<Record<string, () => unknown>> = {
	'an address': () => joinUrl(`https://x/${'/'.repeat(LONG)}a`, `a${'/'.repeat(LONG)}a`),
	'a base URL': () => checkedBaseUrl(`https://x/${'/'.repeat(LONG)}a`),
	'a file name': () => [safeName(`a${'. '.repeat(LONG)}a`), safeName(`a${'\t'.repeat(LONG)}a`)],
	'a part of a file name': () =>
		documentFileName({
			provider: 'LUMEN',
			account: `a${'.'.repeat(LONG)}a`,
			number: `${'.-'.repeat(LONG)}a`,
			date: null,
			extension: 'pdf',
		}),
	'a number': () => [`[1${'0'.repeat(LONG)}1]`, `[1e1${'0'.repeat(LONG)}1]`, `["${'e'.repeat(LONG)}\n`].map(parsed),
	'an amount': () => [toDecimal(`1${'0'.repeat(LONG)}x`), toDecimal(`1.${'0'.repeat(LONG)}`)],
};

/** Times that a sign is repeated: enough for seconds, should anything go over it again and again. */
const LONG = 50_000;
/** Of the processor's time, which does not depend on what else runs. */
const MOST_MS = 1_000;

function parsed(text: string): unknown {
	try {
		return parseJson(text);
	} catch (error) {
		return error;
	}
}

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

it.each([
	...Object.entries(BOUNDED).map(([name, { why, tried }]) => [`${name} sees ${why}`, tried] as const),
	...Object.entries(READERS).map(([name, tried]) => [`${name} of any length is read`, tried] as const),
])('%s: within a second', (_what, tried) => {
	const before = process.cpuUsage();
	tried();
	const { user, system } = process.cpuUsage(before);
	expect((user + system) / 1_000).toBeLessThan(MOST_MS);
});
