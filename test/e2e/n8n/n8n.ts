// What a test does with n8n: run a node or a workflow as a user would in the editor, and read what came out.
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import type {
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	IPinData,
	IRunExecutionData,
	ITaskData,
} from 'n8n-workflow';

import { type Credential, type NewWorkflow, N8nRest, type SavedWorkflow } from './rest';
import type { Session } from './session';

const LONGEST_RUN = 300_000;
const TRIGGER = 'Start';

export interface NodeRequest {
	/** With the package's name, for instance `n8n-nodes-telecom-billing.lumen`. */
	readonly type: string;
	readonly parameters: INodeParameters;
	readonly credentials?: readonly Credential[];
	readonly typeVersion?: number;
	/** One item without data when absent. */
	readonly input?: readonly IDataObject[];
	/** What the node's settings offer, for instance `{ onError: 'continueRegularOutput' }`. */
	readonly settings?: Partial<Pick<INode, 'onError' | 'alwaysOutputData' | 'retryOnFail' | 'executeOnce'>>;
	/** The workflow's time zone, as in its settings. */
	readonly timezone?: string;
}

export interface WorkflowRun {
	readonly executionId: string;
	readonly workflow: SavedWorkflow;
	readonly status: string;
	/** Of the node where the run stopped. */
	readonly error: RunError | undefined;
	/** What the nodes that were to run next were given, where the run broke off: n8n has it, and starts again from there. */
	readonly waiting: readonly INodeExecutionData[];
	/** What a node gave on its outputs the last time it ran; empty when it did not run. */
	outputsOf(nodeName: string): readonly (readonly INodeExecutionData[])[];
}

export interface NodeRun extends Pick<WorkflowRun, 'executionId' | 'workflow' | 'status' | 'error'> {
	readonly outputs: readonly (readonly INodeExecutionData[])[];
	/** Of the first output. */
	readonly items: readonly INodeExecutionData[];
	/** The `json` of `items`. */
	readonly json: readonly IDataObject[];
}

/** Binary data as "Download" in n8n's output panel saves it. */
export interface Download {
	readonly fileName: string | undefined;
	readonly mimeType: string;
	readonly bytes: Buffer;
}

/** As n8n stores it: what the user sees in the node's panel. */
export interface RunError {
	readonly name: string;
	readonly message: string;
	readonly description?: string | null;
	readonly httpCode?: string | null;
	readonly context?: IDataObject;
	/** What a node made the error of, where it did. */
	readonly errorResponse?: Readonly<Record<string, string | number | boolean | null>>;
}

export class N8n {
	readonly rest: N8nRest;

	/** @param modules where n8n's own dependencies lie */
	constructor(
		session: Session,
		private readonly modules: string,
	) {
		this.rest = new N8nRest(session);
	}

	async credential(type: string, data: IDataObject, name = `${type} ${randomUUID()}`): Promise<Credential> {
		return this.rest.createCredential(type, name, data);
	}

	/** Runs one node behind a manual trigger. */
	async runNode(request: NodeRequest): Promise<NodeRun> {
		const tested = nodeOf(request, [220, 0]);
		const start = newNode({ name: TRIGGER, type: 'n8n-nodes-base.manualTrigger', parameters: {} }, [0, 0]);
		const pinData: IPinData | undefined = request.input && { [TRIGGER]: request.input.map((json) => ({ json })) };
		return this.#runFor(tested, TRIGGER, {
			name: `${tested.name} ${randomUUID()}`,
			nodes: [start, tested],
			connections: { [TRIGGER]: { main: [[{ node: tested.name, type: 'main', index: 0 }]] } },
			...(pinData && { pinData }),
			settings: { timezone: request.timezone ?? 'UTC' },
		});
	}

	/** Runs a trigger once by hand, as "Fetch Test Event" does. */
	async runTrigger(request: Omit<NodeRequest, 'input'>): Promise<NodeRun> {
		const tested = nodeOf(request, [0, 0]);
		return this.#runFor(tested, tested.name, {
			name: `${tested.name} ${randomUUID()}`,
			nodes: [tested],
			connections: {},
			settings: { timezone: request.timezone ?? 'UTC' },
		});
	}

	/** @param trigger name of the node to start from */
	async runWorkflow(workflow: SavedWorkflow, trigger: string): Promise<WorkflowRun> {
		const { executionId } = await this.rest.startRun(workflow.id, trigger);
		return this.finishedRun(workflow, executionId);
	}

	/** Waits for a run to end, however it was started. */
	async finishedRun(workflow: SavedWorkflow, executionId: string): Promise<WorkflowRun> {
		await this.#ended(workflow.id, executionId);
		return this.runSoFar(workflow, executionId);
	}

	/** As it stands: a run that waits for somebody has no end yet. */
	async runSoFar(workflow: SavedWorkflow, executionId: string): Promise<WorkflowRun> {
		const { data, status } = await this.rest.execution(executionId);
		const { resultData, executionData } = this.#parse(data);
		const stack = executionData?.nodeExecutionStack ?? [];
		return {
			executionId,
			workflow,
			status,
			error: resultData.error as RunError | undefined,
			waiting: stack.flatMap(({ data: given }) => given['main']?.[0] ?? []),
			outputsOf: (nodeName) => outputs(resultData.runData[nodeName]?.at(-1)),
		};
	}

	/** @throws Error when the item has no binary data of that name */
	async binary(item: INodeExecutionData, property = 'data'): Promise<Download> {
		const binary = item.binary?.[property];
		if (binary === undefined) throw new Error(`no binary data "${property}" in ${JSON.stringify(item)}`);
		const bytes = binary.id === undefined ? Buffer.from(binary.data, 'base64') : await this.rest.binary(binary.id);
		return { fileName: binary.fileName, mimeType: binary.mimeType, bytes };
	}

	async #runFor(tested: INode, trigger: string, workflow: NewWorkflow): Promise<NodeRun> {
		const run = await this.runWorkflow(await this.rest.createWorkflow(workflow), trigger);
		const all = run.outputsOf(tested.name);
		const items = all[0] ?? [];
		const { executionId, status, error } = run;
		return {
			executionId,
			workflow: run.workflow,
			status,
			error,
			outputs: all,
			items,
			json: items.map(({ json }) => json),
		};
	}

	async #ended(workflowId: string, executionId: string): Promise<void> {
		const deadline = Date.now() + LONGEST_RUN;
		while (Date.now() < deadline) {
			const summary = (await this.rest.executions(workflowId)).find(({ id }) => id === executionId);
			if (summary !== undefined && !['new', 'running', 'waiting'].includes(summary.status)) return;
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
		throw new Error(`execution ${executionId} did not end within ${LONGEST_RUN / 1_000} s`);
	}

	/** By the library that n8n wrote it with. */
	#parse(data: string): IRunExecutionData {
		const flatted = createRequire(join(this.modules, 'n8n', 'package.json'))('flatted') as {
			parse(text: string): unknown;
		};
		return flatted.parse(data) as IRunExecutionData;
	}
}

function nodeOf(request: Omit<NodeRequest, 'input'>, position: [number, number]): INode {
	const { type, parameters, typeVersion, settings } = request;
	const credentials = Object.fromEntries(
		(request.credentials ?? []).map(({ id, name, type: credentialType }) => [credentialType, { id, name }]),
	);
	return { ...newNode({ name: 'Tested', type, parameters }, position, typeVersion), credentials, ...settings };
}

function newNode(node: Pick<INode, 'name' | 'type' | 'parameters'>, position: [number, number], version = 1): INode {
	return { ...node, id: randomUUID(), typeVersion: version, position };
}

function outputs(task: ITaskData | undefined): readonly (readonly INodeExecutionData[])[] {
	return (task?.data?.main ?? []).map((items) => items ?? []);
}
