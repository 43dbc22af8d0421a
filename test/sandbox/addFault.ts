/** Tells a running sandbox which requests go wrong, and how. */
import type { RunningSandbox } from '../../sandbox/server';

export async function addFault(sandbox: RunningSandbox, rule: Readonly<Record<string, unknown>>): Promise<void> {
	const response = await fetch(`${sandbox.url}/__sandbox/faults`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(rule),
	});
	if (!response.ok) throw new Error(await response.text());
}
