/** What providers say will go away: heard in their answers, told of once, and shown with the connection. */
import { type DeprecationNotice, Deprecations } from '../../../graphql/guard/deprecations';
import { systemClock } from '../../../graphql/server/systemClock';
import type { Transport } from '../../../providers/transport/port';
import { connected } from '../support/connected';
import { Graph } from '../support/graph';

const SUNSET = 'Sun, 31 Jan 2027 23:59:59 GMT';

async function heard(...answers: readonly Record<string, string>[]) {
	const told: DeprecationNotice[] = [];
	const deprecations = new Deprecations(
		async () => ['Planted-Key-77c1'],
		(notice) => told.push(notice),
	);
	for (const headers of answers) await deprecations.look('bills', headers);
	return { told, all: deprecations.all };
}

it.each<readonly [string, Record<string, string>, Partial<DeprecationNotice>]>([
	['a date since when', { deprecation: '@1688169599' }, { since: '2023-06-30T23:59:59.000Z' as never, ends: null }],
	['a date of an earlier draft', { deprecation: SUNSET }, { since: '2027-01-31T23:59:59.000Z' as never }],
	['the mere fact', { deprecation: 'true' }, { since: null, ends: null, link: null }],
	['an end', { sunset: SUNSET }, { since: null, ends: '2027-01-31T23:59:59.000Z' as never }],
	['an end that is no date', { sunset: 'soon' }, { ends: null }],
	[
		'where to read more',
		{ sunset: SUNSET, link: '<https://a.example/next>; rel="next", <https://a.example/v5>; rel="deprecation"' },
		{ link: 'https://a.example/v5' },
	],
	[
		'a page whose address quotes a key',
		{
			sunset: SUNSET,
			link: '<https://Planted-Key-77c1.a.example/Planted-Key-77c1/v5?k=Planted-Key-77c1#top>; rel="deprecation"',
		},
		{ link: 'https://***.a.example/***/v5' },
	],
	['an address that is none', { sunset: SUNSET, link: '<https://[>; rel=sunset' }, { link: null }],
	['a link that is none', { sunset: SUNSET, link: '<javascript:alert(1)>; rel=sunset' }, { link: null }],
])('%s is understood', async (_what, headers, expected) => {
	expect((await heard(headers)).all).toMatchObject([{ operation: 'bills', ...expected }]);
});

it('an answer without a word of it says nothing', async () => {
	expect((await heard({ link: '<https://a.example/2>; rel="deprecation"' })).all).toEqual([]);
});

it('is told of once, and again when it changes; the last word stands', async () => {
	const { told, all } = await heard(
		{ deprecation: '@1' },
		{ deprecation: '@1' },
		{ deprecation: '@1', sunset: SUNSET },
		{},
	);
	expect(told).toHaveLength(2);
	expect(all).toEqual([told[1]]);
});

it('is shown with the connection', async () => {
	const transport: Transport = {
		request: async () => ({
			status: 200,
			headers: { 'x-total-count': '0', sunset: SUNSET },
			body: { kind: 'text', text: '[]' },
		}),
	};
	const brm = { id: 'brm', provider: 'ORACLE_BRM', baseUrl: 'https://brm.example.com/v4', auth: { kind: 'NONE' } };
	const graph = new Graph((await connected([brm], { transport, clock: systemClock })).all);
	const shown = '{ connections { deprecations { operation since ends link } } }';
	expect((await graph.ask(shown)).data).toEqual({ connections: [{ deprecations: [] }] });
	await graph.ask('{ bills { totalCount } }');
	expect((await graph.ask(shown)).data).toEqual({
		connections: [
			{ deprecations: [{ operation: 'bills', since: null, ends: '2027-01-31T23:59:59.000Z', link: null }] },
		],
	});
});
