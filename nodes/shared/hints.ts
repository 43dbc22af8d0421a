/** What a user should know of a run that went well: shown with the node's output. */
import type { IExecuteFunctions } from 'n8n-workflow';

/** What a run has told already: many items often have the same to tell. */
const told = new WeakMap<IExecuteFunctions, Set<string>>();

export function tellUser(context: IExecuteFunctions, messages: readonly string[]): void {
	const before = told.get(context) ?? new Set<string>();
	told.set(context, before);
	const fresh = [...new Set(messages)].filter((message) => !before.has(message));
	for (const message of fresh) before.add(message);
	context.addExecutionHints(...fresh.map((message) => ({ message, type: 'warning', location: 'outputPane' }) as const));
}
