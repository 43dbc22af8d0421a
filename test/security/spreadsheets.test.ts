/** Texts of carriers in the sheets that the example workflows write: shown by a spreadsheet, never run. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';

const FOLDER = join(__dirname, '../../examples/workflows');

interface Workflow {
	readonly nodes: readonly {
		readonly name: string;
		readonly type: string;
		readonly parameters: {
			readonly operation?: string;
			readonly assignments?: { readonly assignments: readonly { readonly name: string; readonly value: string }[] };
		};
	}[];
}

const workflows = readdirSync(FOLDER)
	.filter((file) => file.endsWith('.json'))
	.map((file) => [file, JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Workflow] as const);

/** Columns that hold a carrier's own text, by workflow; all others are amounts, dates, counts, hashes and our own words. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
	'1-back-fill-and-archive.json': ['account', 'number'],
	'5-month-end-cost-centres.json': ['costCentre', 'product'],
	'7-spend-of-all-providers.json': [],
};

it('every workflow that writes a sheet is looked at here', () => {
	const writing = workflows.filter(([, { nodes }]) => nodes.some(({ parameters }) => parameters.operation === 'csv'));
	expect(writing.map(([file]) => file)).toEqual(Object.keys(TEXTS));
});

describe.each(Object.entries(TEXTS).flatMap(([file, columns]) => columns.map((column) => [file, column] as const)))(
	'%s, column %s',
	(file, column) => {
		const { nodes } = new Map(workflows).get(file)!;
		const [value = ''] = nodes
			.filter(({ type }) => type === 'n8n-nodes-base.set')
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

it('a path in the archive stays below its carrier’s folder, whatever the account is called', () => {
	const [, { nodes }] = workflows.find(([file]) => file.startsWith('1-'))!;
	const path = nodes
		.flatMap(({ parameters }) => parameters.assignments?.assignments ?? [])
		.find(({ name }) => name === 'path');
	expect(path?.value).toContain("?? 'no-account').replace(/[^\\w-]+/g, '-')");
	expect('../../etc'.replace(/[^\w-]+/g, '-')).toBe('-etc');
});
