/** Lists by account that hold a bill of the same id twice: two bills where they differ, one where they do not. */
import { TelecomBill } from '../../nodes/TelecomBill/TelecomBill.node';
import { executeContext } from '../nodes/support/fakeContext';
import { asked } from './support/graphqlFace';
import { AMPLE_MS } from './support/matrix';
import { hurry, nodeCredentials } from './support/nodeFace';
import { FaultStand, aimedAt } from './support/stand';
import { CONNECTION_OF, targetOf } from './support/targets';

const ID = '4711';

let stand: FaultStand;
beforeAll(async () => {
	hurry();
	stand = await FaultStand.start();
});
afterEach(() => stand.heal());
afterAll(() => stand.close());

type ByAccount = 'LUMEN' | 'FLOLIVE';

/** Of the first bill of the first account, and of the first one of the second. */
async function rewriteFirstBills(provider: ByAccount, member: readonly string[], json: string): Promise<void> {
	const { list, page } = targetOf(provider);
	const path = [...list, '0', ...member].join('.');
	const rules = ([1, 2] as const).map((number) => ({
		path: page(number),
		effect: 'rewrite',
		with: { path, json },
	}));
	await stand.break(rules.map((rule) => aimedAt(provider, rule)));
}

/** Keys of the bills with that id, and what was said of the list. */
interface Told {
	readonly keys: readonly string[];
	readonly words: string;
}

interface Answer {
	readonly data: {
		readonly bills: {
			readonly nodes: readonly { readonly id: string; readonly remoteId: string }[];
			readonly sources: readonly { readonly complete: boolean; readonly notices: readonly string[] }[];
		};
	};
}

async function readByGraphql(provider: ByAccount): Promise<Told> {
	const query = `{ bills(first: 500, filter: { connections: ["${CONNECTION_OF[provider]}"] }) {
		nodes { id remoteId } sources { complete notices }
	} }`;
	const { answer } = await asked<Answer>(query, stand.sandbox, { requestTimeoutMs: AMPLE_MS, baseUrls: {} });
	const { nodes, sources } = answer.data.bills;
	expect(sources.map(({ complete }) => complete)).toEqual([true]);
	return {
		keys: nodes.flatMap(({ id, remoteId }) => (remoteId === ID ? [id] : [])),
		words: sources.flatMap(({ notices }) => notices).join('\n'),
	};
}

async function readByNode(provider: ByAccount): Promise<Told> {
	const providers = [provider === 'LUMEN' ? 'lumen' : 'floLive'];
	const node = new TelecomBill();
	const context = executeContext({
		node,
		parameters: { providers, resource: 'bill', operation: 'getAll', returnAll: true, simplify: false },
		credentials: nodeCredentials(stand.sandbox),
	});
	const [items = []] = await node.execute.call(context);
	return {
		keys: items.flatMap(({ json }) => (json.id === ID ? [json.key as string] : [])),
		words: JSON.stringify(context.recorded),
	};
}

const FACES = { GraphQL: readByGraphql, 'a node': readByNode } as const;

describe.each(['LUMEN', 'FLOLIVE'] as const)('%s', (provider) => {
	it.each(Object.entries(FACES))(
		'%s shows bills of one id in two accounts as two, if they differ',
		async (_face, read) => {
			await rewriteFirstBills(provider, ['id'], JSON.stringify(ID));
			const { keys } = await read(provider);
			expect(new Set(keys).size).toBe(2);
			expect(keys).toHaveLength(2);
		},
	);

	it.each(Object.entries(FACES))('%s shows one bill in two accounts once, and says so', async (_face, read) => {
		await rewriteFirstBills(provider, [], JSON.stringify({ id: ID }));
		const { keys, words } = await read(provider);
		expect(keys).toHaveLength(1);
		expect(words).toMatch(/Bill 4711 came for account \S+ and for \S+; it is shown for/);
	});
});
