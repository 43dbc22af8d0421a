// The example workflows, made runnable: their credentials are matched by type with those of the n8n at hand.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { INode } from 'n8n-workflow';

import type { Credential, NewWorkflow } from './rest';

const FOLDER = join(__dirname, '..', '..', '..', 'examples', 'workflows');

/** As they are in `examples/workflows/`, in the order of their file names. */
export function exampleWorkflows(): readonly NewWorkflow[] {
	if (!existsSync(FOLDER)) return [];
	return readdirSync(FOLDER)
		.filter((file) => file.endsWith('.json'))
		.sort()
		.map((file) => {
			const { name, nodes, connections, settings, pinData } = JSON.parse(
				readFileSync(join(FOLDER, file), 'utf8'),
			) as NewWorkflow;
			return { name, nodes, connections, ...(settings && { settings }), ...(pinData && { pinData }) };
		});
}

/** A credential of a type that none was made of stays as the file names it. */
export function withCredentials(workflow: NewWorkflow, credentials: readonly Credential[]): NewWorkflow {
	const byType = new Map(credentials.map((credential) => [credential.type, credential]));
	const filled = ({ credentials: named, ...node }: INode): INode => ({
		...node,
		...(named && {
			credentials: Object.fromEntries(
				Object.entries(named).map(([type, reference]) => {
					const own = byType.get(type);
					return [type, own === undefined ? reference : { id: own.id, name: own.name }];
				}),
			),
		}),
	});
	return { ...workflow, nodes: workflow.nodes.map(filled) };
}
