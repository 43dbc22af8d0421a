/** What a user should know of a run that went well: shown under the node's output, where this n8n can. */
import type { IExecuteFunctions } from 'n8n-workflow';

export function tellUser(context: IExecuteFunctions, messages: readonly string[]): void {
	const { addExecutionHints }: Partial<Pick<IExecuteFunctions, 'addExecutionHints'>> = context;
	if (addExecutionHints === undefined) return;
	const distinct = [...new Set(messages)];
	addExecutionHints.apply(
		context,
		distinct.map((message) => ({ message, type: 'warning', location: 'outputPane' })),
	);
}
