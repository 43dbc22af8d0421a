/** Texts of carriers in the sheets that the example workflows write: shown by a spreadsheet, never run. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';

const FOLDER = join(__dirname, '../../examples/workflows');

interface WorkflowNode {
	readonly name: string;
	readonly type: string;
	readonly parameters: {
		readonly jsCode?: string;
		readonly includeFields?: string;
		readonly assignments?: { readonly assignments: readonly { readonly name: string; readonly value: string }[] };
	};
}

interface Workflow {
	readonly nodes: readonly WorkflowNode[];
	readonly connections: Readonly<
		Record<string, { readonly main: readonly (readonly { readonly node: string }[])[] } | undefined>
	>;
}

const workflows = readdirSync(FOLDER)
	.filter((file) => file.endsWith('.json'))
	.map((file) => [file, JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Workflow] as const);

/** n8n's own nodes that write what a spreadsheet opens, whatever they are set to. */
const WRITERS = /\.(?:convertToFile|spreadsheetFile|googleSheets|microsoftExcel|airtable|baserow)$/;

interface Sheet {
	/** The node that makes its columns. */
	readonly madeBy: string;
	/** Columns that hold a carrier's own text. */
	readonly texts: readonly string[];
	/** Columns of amounts, dates, counts, hashes and our own words. */
	readonly others: readonly string[];
}

const SHEETS: Readonly<Record<string, Sheet>> = {
	'1-back-fill-and-archive.json': {
		madeBy: 'Choose Its Place',
		texts: ['account', 'number'],
		others: ['path', 'total', 'currency', 'provider', 'billDate', 'size', 'sha256'],
	},
	'5-month-end-cost-centres.json': {
		madeBy: 'Assign the Cost Centre',
		texts: ['costCentre', 'product'],
		others: ['month', 'provider', 'lines', 'net', 'tax', 'gross', 'currency'],
	},
	'7-spend-of-all-providers.json': {
		madeBy: 'Add Up Exactly',
		texts: [],
		others: ['provider', 'currency', 'bills', 'withoutTotal', 'total'],
	},
};

it('every workflow that writes a sheet is looked at here', () => {
	const writing = workflows.filter(([, { nodes }]) => nodes.some(({ type }) => WRITERS.test(type)));
	expect(writing.map(([file]) => file)).toEqual(Object.keys(SHEETS));
});

it.each(Object.entries(SHEETS))('%s writes no other columns', (file, { madeBy, texts, others }) => {
	const { nodes, connections } = new Map(workflows).get(file)!;
	const leadsTo = (name: string): readonly WorkflowNode[] =>
		(connections[name]?.main.flat() ?? []).flatMap(({ node }) => nodes.filter((one) => one.name === node));
	// Sorting changes no column.
	const next = leadsTo(madeBy).flatMap((node) => (node.type.endsWith('.sort') ? leadsTo(node.name) : [node]));
	expect(next.some(({ type }) => WRITERS.test(type))).toBe(true);
	const { parameters } = nodes.find(({ name }) => name === madeBy)!;
	expect(columnsOf(parameters).sort()).toEqual([...texts, ...others].sort());
});

function columnsOf({ jsCode, assignments, includeFields = '' }: WorkflowNode['parameters']): string[] {
	if (jsCode !== undefined) {
		const bill = { provider: 'LUMEN', currency: 'EUR', totalExact: '1', account: '=1', number: '=1', name: '=1' };
		const rows = runInNewContext(`(() => { ${jsCode} })()`, { $input: { all: () => [{ json: bill }] } }) as [
			{ json: object },
		];
		return Object.keys(rows[0].json);
	}
	const included = includeFields.split(', ').filter((name) => name !== '');
	return [...(assignments?.assignments ?? []).map(({ name }) => name), ...included];
}

describe.each(Object.entries(SHEETS).flatMap(([file, { texts }]) => texts.map((column) => [file, column] as const)))(
	'%s, column %s',
	(file, column) => {
		const { nodes } = new Map(workflows).get(file)!;
		const [value = ''] = nodes
			.filter(({ name }) => name === SHEETS[file]?.madeBy)
			.flatMap(({ parameters }) => parameters.assignments?.assignments ?? [])
			.flatMap((assignment) => (assignment.name === column ? [assignment.value] : []));

		/** What the expression makes of a carrier's text. */
		function written(text: string): unknown {
			const item = { json: { account: text, number: text, name: text } };
			const nodeNamed = () => ({ item, first: () => ({ json: { [text]: text } }) });
			const expression = /^=\{\{(.*)\}\}$/s.exec(value)?.[1] ?? 'null';
			return runInNewContext(expression, { $json: item.json, $: nodeNamed });
		}

		it.each(['=HYPERLINK("http://evil.example.com")', '+1', '-1+1', '@SUM(A1)', '\t=1', '\r=1', '\n=1'])(
			'%j gets an apostrophe',
			(text) => {
				expect(written(text)).toBe(`'${text}`);
			},
		);

		it.each(['Ethernet Access 100 Mbit/s', '0.0.0.1+-bill+1', '5-ABCD5678', "'quoted"])('%j stays as it is', (text) => {
			expect(written(text)).toBe(text);
		});
	},
);

it.each([
	['../../etc', '-etc'],
	['a/b\\c:d', 'a-b-c-d'],
	['5-ABCD5678', '5-ABCD5678'],
	[null, 'no-account'],
])('a bill of the account %j has its place in the folder %s of its carrier', (account, folder) => {
	const [, { nodes }] = workflows.find(([file]) => file.startsWith('1-'))!;
	const path = nodes
		.flatMap(({ parameters }) => parameters.assignments?.assignments ?? [])
		.find(({ name }) => name === 'path');
	const $json = { provider: 'LUMEN', billDate: '2026-01-31', fileName: 'bill.pdf' };
	const written = path?.value
		.slice(1)
		.replace(/\{\{(.*?)\}\}/g, (_all, expression: string) =>
			String(runInNewContext(expression, { $json, $: () => ({ item: { json: { account } } }) })),
		);
	expect(written).toBe(`LUMEN/${folder}/2026-01/bill.pdf`);
});
