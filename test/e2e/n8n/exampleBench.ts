// An example workflow in the n8n at hand: saved with the sandbox's credentials, run, and read by the names of its nodes.
import { parse } from 'csv-parse/sync';
import type { IDataObject } from 'n8n-workflow';

import type { RunningSandbox } from '../../../sandbox/server';
import { CREDENTIAL_TYPES, demoCredentials } from './demoCredentials';
import { exampleWorkflows, withCredentials } from './examples';
import type { N8n, WorkflowRun } from './n8n';
import type { Credential, NewWorkflow, SavedWorkflow } from './rest';

export class ExampleBench {
	private constructor(
		readonly n8n: N8n,
		readonly sandbox: RunningSandbox,
		private readonly credentials: readonly Credential[],
	) {}

	/** @param others credentials that no carrier's example needs, for instance of a chat model */
	static async open(n8n: N8n, sandbox: RunningSandbox, others: readonly Credential[] = []): Promise<ExampleBench> {
		const forms = demoCredentials(sandbox);
		const own = await Promise.all(CREDENTIAL_TYPES.map((type) => n8n.credential(type, forms[type].data)));
		return new ExampleBench(n8n, sandbox, [...own, ...others]);
	}

	/** @param start how the workflow's name begins, for instance `1 ·` */
	async save(start: string, changes: Partial<NewWorkflow> = {}): Promise<SavedWorkflow> {
		return this.n8n.rest.createWorkflow({ ...withCredentials(example(start), this.credentials), ...changes });
	}

	/**
	 * Runs it by hand, as "Execute workflow" does.
	 * @param trigger name of the node that it starts from
	 * @throws Error with n8n's words when the run does not succeed
	 */
	async run(start: string, trigger: string, changes: Partial<NewWorkflow> = {}): Promise<WorkflowRun> {
		const run = await this.n8n.runWorkflow(await this.save(start, changes), trigger);
		if (run.status === 'success') return run;
		throw new Error(`${run.status}: ${run.error?.message ?? 'no message'}: ${run.error?.description ?? ''}`);
	}

	/** The rows of the CSV file that a node put out. */
	async sheet(run: WorkflowRun, nodeName: string): Promise<readonly Readonly<Record<string, string>>[]> {
		const [item] = run.outputsOf(nodeName)[0] ?? [];
		if (item === undefined) throw new Error(`"${nodeName}" put nothing out`);
		const { bytes } = await this.n8n.binary(item);
		return parse<Record<string, string>>(bytes, { bom: true, columns: true });
	}
}

export function example(start: string): NewWorkflow {
	const found = exampleWorkflows().find(({ name }) => name.startsWith(start));
	if (found === undefined) throw new Error(`no example begins with "${start}"`);
	return found;
}

/** What a node put out on one of its outputs. */
export function rowsOf(run: WorkflowRun, nodeName: string, output = 0): readonly IDataObject[] {
	return (run.outputsOf(nodeName)[output] ?? []).map(({ json }) => json);
}

/** A text column of the first row that a node put out. */
export function textOf(run: WorkflowRun, nodeName: string, column: string): string {
	const value = rowsOf(run, nodeName)[0]?.[column];
	if (typeof value !== 'string') throw new Error(`"${nodeName}" put no text out in "${column}"`);
	return value;
}
