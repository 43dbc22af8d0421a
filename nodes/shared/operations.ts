/** How every node runs: each input item through the operation it chose, errors told by item, outputs paired with inputs. */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { errorItem, toNodeError } from './errors';

export interface OperationCall<Api> {
	readonly context: IExecuteFunctions;
	readonly itemIndex: number;
	readonly api: Api;
}

/** One operation: the parameters that the editor shows for it, and what it does for one input item. */
export interface Operation<Api> {
	readonly description: readonly INodeProperties[];
	execute(call: OperationCall<Api>): Promise<INodeExecutionData[]>;
}

/** Resource, then operation, by the values that workflows store: renaming one breaks workflows. */
export type OperationTable<Api> = Readonly<Record<string, Readonly<Record<string, Operation<Api>>>>>;

/** The parameters of all operations, each shown only for its own resource and operation. */
export function propertiesOf<Api>(table: OperationTable<Api>): INodeProperties[] {
	return Object.entries(table).flatMap(([resource, operations]) =>
		Object.entries(operations).flatMap(([operation, { description }]) =>
			description.map((property) => ({
				...property,
				displayOptions: {
					...property.displayOptions,
					show: { resource: [resource], operation: [operation], ...property.displayOptions?.show },
				},
			})),
		),
	);
}

/** Runs all input items, one after the other. With Continue On Fail an item that fails becomes an item that says why. */
export async function runOperations<Api>(
	context: IExecuteFunctions,
	table: OperationTable<Api>,
	connect: (context: IExecuteFunctions, itemIndex: number) => Promise<Api>,
): Promise<INodeExecutionData[][]> {
	const output: INodeExecutionData[] = [];
	for (let itemIndex = 0; itemIndex < context.getInputData().length; itemIndex += 1) {
		const pairedItem = { item: itemIndex };
		try {
			const operation = operationOf(context, table, itemIndex);
			const api = await connect(context, itemIndex);
			// Written into the operation's own items: a copy of each would double a long list for a moment.
			for (const item of await operation.execute({ context, itemIndex, api }))
				output.push(Object.assign(item, { pairedItem }));
		} catch (error) {
			if (!context.continueOnFail()) throw toNodeError(context.getNode(), error, itemIndex);
			output.push({ json: { error: errorItem(error) }, pairedItem });
		}
	}
	return [output];
}

function operationOf<Api>(context: IExecuteFunctions, table: OperationTable<Api>, itemIndex: number): Operation<Api> {
	const resource = context.getNodeParameter<{ resource: string }>('resource', itemIndex);
	const operation = context.getNodeParameter('operation', itemIndex);
	const found = table[resource]?.[operation];
	if (found === undefined) throw new TypeError(`There is no operation "${operation}" on "${resource}"`);
	return found;
}
