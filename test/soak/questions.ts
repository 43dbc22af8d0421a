/** The mixed load: what readers ask, good and bad, and what each answer must be. */
import type { Answer, Client } from './client';
import { type Source, type Verdict, dataOf, demand, healthyIn, judgePage, judgeRows, judgeTree } from './judge';
import { BILL, COUNTS, CONNECTION_IDS, FLAGSHIP, type Right, type Row, SOURCES, SPEND } from './truth';

export type Question = (client: Client, right: Right) => Promise<Verdict>;

interface BillPage {
	readonly bills: {
		readonly nodes: readonly Row[];
		readonly sources: readonly Source[];
		readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
	};
}

const PAGE = `query ($first: Int, $after: String) { bills(first: $first, after: $after) {
	nodes { ${BILL} } ${SOURCES} pageInfo { hasNextPage endCursor } } }`;

async function page(client: Client, right: Right): Promise<Verdict> {
	const first = 1 + Math.floor(Math.random() * 60);
	const headers = Math.random() < 0.3 ? { 'cache-control': 'no-cache' } : {};
	const answer = await client.ask(PAGE, { first }, headers);
	const data = dataOf(answer) as BillPage | null;
	if (data === null) return 'REFUSED';
	return judgePage(data.bills.nodes, first, right, healthyIn(data.bills.sources, answer.errors));
}

/** Every page; where one is not whole, the walk ends as a reader's would. */
async function walk(client: Client, right: Right): Promise<Verdict> {
	const rows: Row[] = [];
	for (let after: string | null = null; ;) {
		const answer: Answer = await client.ask(PAGE, { first: 25, after });
		const data = dataOf(answer) as BillPage | null;
		if (data === null) return 'REFUSED';
		const { nodes, sources, pageInfo }: BillPage['bills'] = data.bills;
		rows.push(...nodes);
		const isWhole = healthyIn(sources, answer.errors).size === CONNECTION_IDS.length;
		if (!isWhole) return 'NAMED';
		demand(rows.length <= right.bills.length, 'A walk without end', rows.length);
		if (!pageInfo.hasNextPage) return judgeRows(rows, right.bills, new Set(CONNECTION_IDS));
		after = pageInfo.endCursor;
	}
}

async function flagship(client: Client, right: Right): Promise<Verdict> {
	const answer = await client.ask(`{ bills(first: 20) { nodes { ${FLAGSHIP} } ${SOURCES} } }`);
	const data = dataOf(answer) as { bills: { nodes: readonly Row[]; sources: readonly Source[] } } | null;
	if (data === null) return 'REFUSED';
	const healthy = healthyIn(data.bills.sources, answer.errors);
	const verdicts = data.bills.nodes.map((node, at) =>
		judgeTree(node, right.flagships.get(node.id), ['bills', 'nodes', at], answer.errors),
	);
	return healthy.size === CONNECTION_IDS.length && verdicts.every((verdict) => verdict === 'RIGHT') ? 'RIGHT' : 'NAMED';
}

async function nodes(client: Client, right: Right): Promise<Verdict> {
	const ids = Array.from({ length: 15 }, () => anyOf(right.bills).id);
	const answer = await client.ask(`query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Bill { ${BILL} } } }`, { ids });
	const data = dataOf(answer) as { nodes: readonly (Row | null)[] } | null;
	if (data === null) return 'REFUSED';
	const wanted = ids.map((id) => right.billsById.get(id));
	return judgeTree(data.nodes, wanted, ['nodes'], answer.errors);
}

async function rates(client: Client, right: Right): Promise<Verdict> {
	const { id } = anyOf(right.bills);
	const answer = await client.ask(`query ($id: ID!) { bill(id: $id) { ${FLAGSHIP} } }`, { id });
	const data = dataOf(answer) as { bill: Row | null } | null;
	return data === null ? 'REFUSED' : judgeTree(data.bill, right.flagships.get(id), ['bill'], answer.errors);
}

async function spend(client: Client, right: Right): Promise<Verdict> {
	const answer = await client.ask(SPEND);
	const data = dataOf(answer) as { spend: { rows: readonly Row[]; sources: readonly Source[] } } | null;
	if (data === null) return 'REFUSED';
	return judgeRows(data.spend.rows, right.spend, healthyIn(data.spend.sources, answer.errors));
}

interface Count extends Row {
	readonly source: { readonly state: string; readonly complete: boolean; readonly error: unknown };
}

async function counts(client: Client, right: Right): Promise<Verdict> {
	const answer = await client.ask(COUNTS);
	const data = dataOf(answer) as { billCounts: readonly Count[] } | null;
	if (data === null) return 'REFUSED';
	const isWhole = ({ source }: Count): boolean => source.state === 'OK' && source.complete;
	for (const row of data.billCounts)
		demand(isWhole(row) || row.source.state === 'OK' || row.source.error !== null, 'No reason', row);
	const troubled = new Set(data.billCounts.filter((row) => !isWhole(row)).map(({ connection }) => connection.id));
	return judgeRows(data.billCounts, right.counts, new Set(CONNECTION_IDS.filter((id) => !troubled.has(id))));
}

async function file(client: Client, { files }: Right): Promise<Verdict> {
	const [path, hash] = anyOf([...files]);
	const answer = await client.file(path);
	if (answer.hash !== null) {
		demand(answer.hash === hash, 'Another file', path);
		return 'RIGHT';
	}
	demand(answer.status === 503 || (answer.error ?? '') !== '', 'A file is missing without a word', path, answer);
	return 'NAMED';
}

const BAD_QUERIES = [
	'{',
	'{ nothing }',
	'{ bills(first: -1) { nodes { id } } }',
	'{ bills(after: "x") { nodes { id } } }',
	'mutation { a }',
];

async function mistake(client: Client): Promise<Verdict> {
	const { status, errors } = await client.ask(anyOf(BAD_QUERIES));
	demand(
		(status === 200 || status === 400 || status === 503) && errors.length > 0,
		'A mistake is not told',
		status,
		errors,
	);
	demand(
		errors.every(({ extensions }) => extensions?.code !== 'INTERNAL_SERVER_ERROR'),
		'Not its own mistake',
		errors,
	);
	return status === 503 ? 'REFUSED' : 'RIGHT';
}

async function tooLarge(client: Client): Promise<Verdict> {
	const { status } = await client.post(
		JSON.stringify({ query: '{ connections { id } }', variables: { a: 'x'.repeat(150_000) } }),
	);
	demand(status === 413, 'A large body is let in', status);
	return 'RIGHT';
}

/** With how often each is asked, of the sum of all. */
export const QUESTIONS: Readonly<Record<string, { readonly ask: Question; readonly weight: number }>> = {
	'page of bills': { ask: page, weight: 30 },
	'walk of all pages': { ask: walk, weight: 5 },
	'bills with accounts and rates': { ask: flagship, weight: 15 },
	'15 bills by id': { ask: nodes, weight: 15 },
	'a bill and its rates': { ask: rates, weight: 10 },
	spend: { ask: spend, weight: 5 },
	counts: { ask: counts, weight: 5 },
	file: { ask: file, weight: 8 },
	mistake: { ask: mistake, weight: 5 },
	'too large': { ask: tooLarge, weight: 2 },
};

/** Names of questions, each as often as it weighs. */
const MIX = Object.entries(QUESTIONS).flatMap(([name, { weight }]) => Array.from({ length: weight }, () => name));

export function anyQuestion(): string {
	return anyOf(MIX);
}

export function anyOf<T>(values: readonly T[]): T {
	return values[Math.floor(Math.random() * values.length)] as T;
}
