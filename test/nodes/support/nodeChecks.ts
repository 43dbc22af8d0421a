/** What holds for every node: its description fits its operations, and its output the schemas shipped with it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { INodeExecutionData, INodeProperties, INodePropertyOptions, INodeType } from 'n8n-workflow';
import nock from 'nock';

import type { OperationTable } from '../../../nodes/shared/operations';

/** Tests of a node's description. `folder` is the node's, below `nodes/`. */
export function itDescribesItself<Api>(node: INodeType, folder: string, table: OperationTable<Api>): void {
	const { description } = node;
	const { properties } = description;
	const resources = choices(properties.filter(({ name }) => name === 'resource'));
	const pairs = Object.entries(table).flatMap(([resource, operations]) =>
		Object.keys(operations).map((operation) => [resource, operation] as const),
	);

	it('can be used as a tool, and says what it does at a glance', () => {
		expect(description).toMatchObject({
			usableAsTool: true,
			version: 1,
			subtitle: expect.stringContaining('operation'),
		});
	});

	it('offers exactly the operations that it has', () => {
		const offered = resources.flatMap(({ value: resource }) =>
			choices(operationsOf(properties, String(resource))).map(({ value }) => [resource, value]),
		);
		expect(offered.sort()).toEqual(pairs.map((pair) => [...pair]).sort());
	});

	it.each(pairs)('%s: %s has an action, a description, an output schema', (resource, operation) => {
		const choice = choices(operationsOf(properties, resource)).find(({ value }) => value === operation);
		expect(choice?.action).toMatch(/^[A-Z][a-z]+ /);
		// An AI agent sees these words alone: all but creating is safe to try.
		expect(choice?.description).toMatch(operation === 'create' ? /only when a person asked/ : /\. Read-only\.$/);
		expect(existsSync(schemaPath(folder, resource, operation))).toBe(true);
	});

	it('shows every parameter for resources, operations and values that exist', () => {
		for (const { name, displayOptions } of properties) {
			for (const [parameter, values] of Object.entries(displayOptions?.show ?? {})) {
				const possible = properties.filter((property) => property.name === parameter).flatMap(valuesOf);
				const impossible = values?.filter((value) => !possible.includes(value));
				expect([name, parameter, impossible]).toEqual([name, parameter, []]);
			}
		}
	});

	it('searches its lists with methods that it has', () => {
		const methods = properties.flatMap(({ modes = [] }) =>
			modes.flatMap(({ typeOptions }) => typeOptions?.searchListMethod ?? []),
		);
		expect(Object.keys(node.methods?.listSearch ?? {}).sort()).toEqual([...new Set(methods)].sort());
	});

	it('is described to n8n by a codex of its name', () => {
		const codex = JSON.parse(readFileSync(join('nodes', folder, `${folder}.node.json`), 'utf8')) as object;
		expect(codex).toMatchObject({
			node: `n8n-nodes-telecom-billing.${description.name}`,
			categories: ['Finance & Accounting'],
		});
	});
}

/** After each test: every request that nock was told of was made, and the next test starts with none. */
export function expectAllAsked(): void {
	const pending = nock.pendingMocks();
	nock.cleanAll();
	expect(pending).toEqual([]);
}

/** Exactly the columns of the schema, each of a type that it names. */
export function expectSchema(folder: string, resource: string, operation: string, items: INodeExecutionData[]): void {
	const schema = JSON.parse(readFileSync(schemaPath(folder, resource, operation), 'utf8')) as Schema;
	expect(items.length).toBeGreaterThan(0);
	for (const { json } of items) {
		expect(Object.keys(json)).toEqual(Object.keys(schema.properties));
		const misfits = Object.entries(json).filter(([name, value]) => {
			const allowed = [schema.properties[name]?.type ?? []].flat();
			return !typesOf(value).some((type) => allowed.includes(type));
		});
		expect(misfits).toEqual([]);
	}
}

interface Schema {
	readonly properties: Readonly<Record<string, { readonly type: string | readonly string[] }>>;
}

/** As JSON schema names them. */
function typesOf(value: unknown): readonly string[] {
	if (value === null) return ['null'];
	if (Array.isArray(value)) return ['array'];
	return Number.isInteger(value) ? ['integer', 'number'] : [typeof value];
}

function schemaPath(folder: string, resource: string, operation: string): string {
	return join('nodes', folder, '__schema__', 'v1.0.0', resource, `${operation}.json`);
}

function operationsOf(properties: readonly INodeProperties[], resource: string): readonly INodeProperties[] {
	return properties.filter(
		({ name, displayOptions }) => name === 'operation' && displayOptions?.show?.resource?.includes(resource),
	);
}

function choices(properties: readonly INodeProperties[]): INodePropertyOptions[] {
	return properties.flatMap(({ options = [] }) => options as INodePropertyOptions[]);
}

/** What a parameter can be. */
function valuesOf(property: INodeProperties): unknown[] {
	return property.type === 'boolean' ? [true, false] : choices([property]).map(({ value }) => value);
}
