/** What is right: the answers of a server that nothing troubles, held against the sandbox's own truth before they count. */
import type { Truth } from '../../sandbox/control/truth';
import type { Client, File } from './client';

export const CONNECTIONS = { 'lumen-us': 'lumen', brm: 'oracleBrm', fleet: 'floLive', orange: 'orange' } as const;
export const CONNECTION_IDS = Object.keys(CONNECTIONS) as readonly (keyof typeof CONNECTIONS)[];

const MONEY = '{ amount currency }';
export const BILL = `id remoteId number billDate net ${MONEY} total ${MONEY} connection { id }`;
export const SOURCES = 'sources { connection { id } state complete notices error { kind } }';
export const FLAGSHIP = `${BILL} billingAccount { id name } rates(first: 5) { nodes { id name net ${MONEY} } complete reasons }`;

export interface Row {
	readonly id: string;
	readonly connection: { readonly id: string };
}

export interface Right {
	/** In the order of the list. */
	readonly bills: readonly Row[];
	readonly billsById: ReadonlyMap<string, Row>;
	/** Bills with account and rates. */
	readonly flagships: ReadonlyMap<string, Row>;
	/** Hashes by path. */
	readonly files: ReadonlyMap<string, File['hash']>;
	/** Rows of sums and of counts, each by connection. */
	readonly spend: readonly Row[];
	readonly counts: readonly Row[];
}

export const SPEND = `{ spend(groupBy: [CONNECTION]) {
	rows { connection { id } currency documents net { amount ${MONEY} missing } total { amount ${MONEY} missing } } ${SOURCES}
} }`;
export const COUNTS =
	'{ billCounts(groupBy: TYPE) { connection { id } key bills source { state complete error { kind } } } }';

export async function learn(client: Client, sandboxUrl: string): Promise<Right> {
	const bills = await walk(client, BILL);
	await holdAgainstTruth(bills as readonly ShownBill[], sandboxUrl);
	const flagships = await walk(client, FLAGSHIP);
	const paths = await walk(client, 'id connection { id } documents { path }');
	const files = new Map<string, File['hash']>();
	for (const { documents } of paths as readonly { documents?: readonly { path: string }[] | null }[]) {
		const path = documents?.[0]?.path;
		if (path !== undefined && files.size < 20) files.set(path, (await client.file(path)).hash);
	}
	const { spend } = await sound<{ spend: { rows: readonly Row[] } }>(client, SPEND);
	const { billCounts } = await sound<{ billCounts: readonly Row[] }>(client, COUNTS);
	return {
		bills,
		billsById: new Map(bills.map((bill) => [bill.id, bill])),
		flagships: new Map(flagships.map((bill) => [bill.id, bill])),
		files,
		spend: spend.rows,
		counts: billCounts,
	};
}

async function sound<Data>(client: Client, query: string, variables: object = {}): Promise<Data> {
	const { data, errors } = await client.ask(query, variables);
	if (data === null || errors.length > 0) throw new Error(`Not even calm is answered: ${JSON.stringify(errors)}`);
	return data as Data;
}

async function walk(client: Client, fields: string): Promise<readonly Row[]> {
	const query = `query ($after: String) { bills(first: 40, after: $after) {
		nodes { ${fields} } pageInfo { hasNextPage endCursor } } }`;
	const rows: Row[] = [];
	for (let after: string | null = null; ;) {
		const { bills }: Page = await sound<Page>(client, query, { after });
		rows.push(...bills.nodes);
		if (!bills.pageInfo.hasNextPage) return rows;
		after = bills.pageInfo.endCursor;
	}
}

interface Page {
	readonly bills: {
		readonly nodes: readonly Row[];
		readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
	};
}

interface ShownBill extends Row {
	readonly remoteId: string;
	readonly billDate: string;
	readonly total: { readonly amount: string; readonly currency: string };
}

/** @throws Error where the calm server's bills are not the sandbox's, which lists floLIVE's of twelve months only */
async function holdAgainstTruth(bills: readonly ShownBill[], sandboxUrl: string): Promise<void> {
	const { providers, today } = (await (await fetch(`${sandboxUrl}/__sandbox/truth`)).json()) as Truth;
	const yearAgo = `${Number(today.slice(0, 4)) - 1}${today.slice(4)}`;
	const written = (id: string, remoteId: string, date: string, total: string, currency: string): string =>
		[id, remoteId, date, total.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, ''), currency].join(' ');
	const shown = bills.map(({ connection, remoteId, billDate, total }) =>
		written(connection.id, remoteId, billDate, total.amount, total.currency),
	);
	const true_ = CONNECTION_IDS.flatMap((id) =>
		(providers[CONNECTIONS[id]]?.accounts ?? []).flatMap((account) =>
			account.bills
				.filter(({ billDate }) => id !== 'fleet' || billDate >= yearAgo)
				.map((bill) => written(id, bill.id, bill.billDate, bill.total, bill.currency)),
		),
	);
	const unlike = [...shown.filter((row) => !true_.includes(row)), ...true_.filter((row) => !shown.includes(row))];
	if (unlike.length > 0 || shown.length === 0)
		throw new Error(`The calm server is not true: ${unlike.slice(0, 5).join('; ')}`);
}
