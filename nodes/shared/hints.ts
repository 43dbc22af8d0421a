/** What a user should know of a run that went well: shown with the node's output. */
import type { IExecuteFunctions } from 'n8n-workflow';

export function tellUser(context: IExecuteFunctions, messages: readonly string[]): void {
	const distinct = [...new Set(messages)];
	context.addExecutionHints(
		...distinct.map((message) => ({ message, type: 'warning', location: 'outputPane' }) as const),
	);
}
