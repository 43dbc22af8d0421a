/** Stand-ins for the contexts in which n8n runs nodes. Parameters get their defaults as in n8n; requests really go out over HTTP. */
import {
	type IBinaryData,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IExecuteFunctions,
	type ILoadOptionsFunctions,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type IPollFunctions,
	type NodeExecutionHint,
	NodeHelpers,
} from 'n8n-workflow';

import { type CredentialType, FakeHttp } from './fakeHttp';

export interface FakeSettings {
	/** The node under test: its description gives the parameters their defaults. */
	readonly node: INodeType;
	/** Values as a workflow stores them; an array gives each input item its own, as expressions do. */
	readonly parameters?: INodeParameters | readonly INodeParameters[];
	readonly credentials?: Readonly<Partial<Record<CredentialType, ICredentialDataDecryptedObject>>>;
	/** Input items; where absent, as many as there are sets of parameters. */
	readonly items?: readonly INodeExecutionData[];
	readonly continueOnFail?: boolean;
	readonly retryOnFail?: boolean;
	/** UTC where absent. */
	readonly timezone?: string;
	readonly isToolExecution?: boolean;
	/** For polls: `trigger` where absent. */
	readonly mode?: 'manual' | 'trigger';
	/** For polls: what the node remembers, changed in place. */
	readonly staticData?: IDataObject;
	/** For polls: what the workflow remembers, changed in place. */
	readonly workflowStaticData?: IDataObject;
	/** For polls: why the workflow is active, in n8n's words; `activate` where absent. */
	readonly activation?: string;
	/** Takes what is logged as a warning. */
	readonly warn?: (message: string) => void;
	/** For polls: takes what n8n makes a failed execution of. */
	readonly fail?: (error: Error) => void;
	/** For polls: absent in older versions of n8n. */
	readonly pollBudgetMs?: number;
}

/** What a test may look at after a run. */
export interface Recorded {
	readonly hints: NodeExecutionHint[];
	readonly http: FakeHttp;
}

type Fake<Context> = Context & { readonly recorded: Recorded };

/** What all contexts share. */
class FakeBase {
	readonly recorded: Recorded;
	private readonly workflowNode: INode;
	private readonly parameterSets: readonly INodeParameters[];

	constructor(protected readonly settings: FakeSettings) {
		const { node, parameters = {}, credentials = {} } = settings;
		const { description } = node;
		const sets = (Array.isArray(parameters) ? parameters : [parameters]) as readonly INodeParameters[];
		const bare: INode = {
			...(settings.retryOnFail === undefined ? {} : { retryOnFail: settings.retryOnFail }),
			id: 'node-1',
			name: description.displayName,
			type: `n8n-nodes-telecom-billing.${description.name}`,
			typeVersion: 1,
			position: [0, 0],
			parameters: sets[0] ?? {},
		};
		this.workflowNode = {
			...bare,
			credentials: Object.fromEntries(
				Object.keys(credentials).map((type) => [type, { id: `${type}-id`, name: `My ${type}` }]),
			),
		};
		this.parameterSets = sets.map(
			(set) => NodeHelpers.getNodeParameters(description.properties, set, true, false, bare, description) ?? set,
		);
		this.recorded = { hints: [], http: new FakeHttp(bare, credentials) };
	}

	readonly getNode = (): INode => this.workflowNode;

	readonly logger = { warn: (message: string): void => this.settings.warn?.(message) };

	readonly getTimezone = (): string => this.settings.timezone ?? 'UTC';

	readonly getCredentials = async (type: string): Promise<ICredentialDataDecryptedObject> =>
		this.recorded.http.credential(type);

	protected parameter(
		name: string,
		itemIndex: number,
		fallback: unknown,
		options?: { extractValue?: boolean },
	): unknown {
		const set = this.parameterSets[itemIndex] ?? this.parameterSets[0] ?? {};
		const value = name
			.split('.')
			.reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], set);
		if (value === undefined) {
			if (fallback === undefined) throw new Error(`Could not get parameter "${name}"`);
			return fallback;
		}
		return options?.extractValue === true && isResourceLocator(value) ? value.value : structuredClone(value);
	}

	protected itemCount(): number {
		return this.parameterSets.length;
	}
}

class FakeExecute extends FakeBase {
	readonly getInputData = (): INodeExecutionData[] =>
		this.settings.items === undefined
			? Array.from({ length: this.itemCount() }, () => ({ json: {} }))
			: [...this.settings.items];

	readonly getNodeParameter = (
		name: string,
		itemIndex: number,
		fallback?: unknown,
		options?: { extractValue?: boolean },
	): unknown => this.parameter(name, itemIndex, fallback, options);

	readonly continueOnFail = (): boolean => this.settings.continueOnFail ?? false;

	readonly isToolExecution = (): boolean => this.settings.isToolExecution ?? false;

	readonly getExecutionCancelSignal = (): AbortSignal | undefined => undefined;

	readonly addExecutionHints = (...hints: NodeExecutionHint[]): void => void this.recorded.hints.push(...hints);

	readonly helpers = {
		...this.recorded.http.helpers,
		prepareBinaryData: async (content: Buffer, fileName?: string, mimeType?: string): Promise<IBinaryData> => ({
			data: content.toString('base64'),
			mimeType: mimeType ?? 'application/octet-stream',
			fileSize: `${content.length} B`,
			bytes: content.length,
			...(fileName === undefined ? {} : { fileName }),
		}),
		returnJsonArray: (json: IDataObject | IDataObject[]): INodeExecutionData[] =>
			[json].flat().map((one) => ({ json: one })),
	};
}

class FakeLoadOptions extends FakeBase {
	readonly getNodeParameter = (name: string, fallback?: unknown, options?: { extractValue?: boolean }): unknown =>
		this.parameter(name, 0, fallback, options);

	readonly getCurrentNodeParameter = (name: string, options?: { extractValue?: boolean }): unknown =>
		this.parameter(name, 0, null, options) ?? undefined;

	readonly helpers = this.recorded.http.helpers;
}

class FakePoll extends FakeBase {
	readonly getNodeParameter = (name: string, fallback?: unknown, options?: { extractValue?: boolean }): unknown =>
		this.parameter(name, 0, fallback, options);

	readonly getMode = (): string => this.settings.mode ?? 'trigger';

	readonly getActivationMode = (): string => this.settings.activation ?? 'activate';

	readonly getWorkflowStaticData = (of: string): IDataObject =>
		of === 'node' ? this.staticData : this.workflowStaticData;

	readonly __emitError = (error: Error): void => this.settings.fail?.(error);

	readonly getPollBudgetMs =
		this.settings.pollBudgetMs === undefined ? undefined : (): number | undefined => this.settings.pollBudgetMs;

	readonly helpers = this.recorded.http.helpers;

	private readonly staticData = this.settings.staticData ?? {};
	private readonly workflowStaticData = this.settings.workflowStaticData ?? {};
}

function isResourceLocator(value: unknown): value is { __rl: true; value: unknown } {
	return typeof value === 'object' && value !== null && '__rl' in value;
}

export function executeContext(settings: FakeSettings): Fake<IExecuteFunctions> {
	return new FakeExecute(settings) as unknown as Fake<IExecuteFunctions>;
}

/** For list search and option loading. */
export function loadOptionsContext(settings: FakeSettings): Fake<ILoadOptionsFunctions> {
	return new FakeLoadOptions(settings) as unknown as Fake<ILoadOptionsFunctions>;
}

export function pollContext(settings: FakeSettings): Fake<IPollFunctions> {
	return new FakePoll(settings) as unknown as Fake<IPollFunctions>;
}

/** Runs the node; its first output. */
export async function execute(settings: FakeSettings): Promise<INodeExecutionData[]> {
	const [output] = (await settings.node.execute?.call(executeContext(settings))) as INodeExecutionData[][];
	return output ?? [];
}
