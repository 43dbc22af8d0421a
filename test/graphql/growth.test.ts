/** What must not grow with the length of a history: requests of a page, whether it is the first or lies deep; see docs/performance.md. */
import { type Counted, SandboxGraph } from './support/sandboxGraph';

interface Page {
	readonly nodes: readonly { readonly id: string }[];
	readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

let shown: SandboxGraph | null = null;

afterEach(() => shown?.close());

/** The pages of a list, and the requests that each took. */
async function walk(
	field: string,
	first: number,
	mostPages = 100,
): Promise<{ ids: readonly string[]; requests: readonly number[] }> {
	const ids: string[] = [];
	const requests: number[] = [];
	const query = `query ($after: String) { page: ${field}(first: ${first}, after: $after, filter: { connections: ["brm"] }) {
		nodes { id } pageInfo { hasNextPage endCursor } } }`;
	for (let after: string | null = null, isMore = true; isMore && requests.length < mostPages;) {
		const answer: Counted<{ page: Page }> = await shown!.counted<{ page: Page }>(query, { after });
		expect(answer.errors).toEqual([]);
		const { nodes, pageInfo }: Page = answer.data.page;
		ids.push(...nodes.map(({ id }) => id));
		requests.push(Object.values(answer.requests).reduce((sum, count) => sum + count, 0));
		({ endCursor: after, hasNextPage: isMore } = pageInfo);
	}
	return { ids, requests };
}

describe('rates of long bills', () => {
	it('cost a page deep in a bill no more than one at its start, and come each once', async () => {
		shown = await SandboxGraph.start({ accounts: 1, billsPerAccount: 2, ratesPerBill: 500 });
		const { ids, requests } = await walk('rates', 100);
		expect(new Set(ids).size).toBe(1_000);
		expect(ids).toHaveLength(1_000);
		// The bills; the rate that came last and the hundred behind it are two pages of Oracle's.
		expect(Math.max(...requests.slice(1))).toBe(1 + 2);
	});

	it('take as many requests to export as there are pages, and a few', async () => {
		shown = await SandboxGraph.start({ accounts: 1, billsPerAccount: 6, ratesPerBill: 200 });
		const { ids, requests } = await walk('rates', 200);
		expect(new Set(ids).size).toBe(1_200);
		// The first page cannot know yet how long bills are.
		expect(requests.slice(1)).toEqual(Array(5).fill(1 + 2));
	});
});

describe('bills of a provider that cannot sort', () => {
	it('cost a first page as many requests, however long the history', async () => {
		const costs: (number | undefined)[] = [];
		for (const billsPerAccount of [700, 1_400]) {
			shown = await SandboxGraph.start({ accounts: 1, billsPerAccount, ratesPerBill: 0 });
			costs.push((await walk('bills', 50, 1)).requests[0]);
			await shown.close();
		}
		expect(costs[1]).toBe(costs[0]);
	});
});
