// The part of n8n's own REST interface that its editor uses and these tests need.
import type { IDataObject, INode, INodeCredentialsDetails, INodeTypeDescription, IWorkflowBase } from 'n8n-workflow';

import { type Session, sessionHeaders } from './session';

export interface Credential extends INodeCredentialsDetails {
	readonly id: string;
	readonly type: string;
}

export interface CredentialTestResult {
	readonly status: 'OK' | 'Error';
	readonly message: string;
}

export interface CredentialTypeDescription {
	readonly name: string;
	readonly displayName: string;
	readonly iconUrl?: string | { readonly light: string; readonly dark: string };
}

export type NewWorkflow = Pick<IWorkflowBase, 'name' | 'nodes' | 'connections'> &
	Partial<Pick<IWorkflowBase, 'pinData' | 'settings'>>;

export interface SavedWorkflow extends NewWorkflow {
	readonly id: string;
	readonly versionId: string;
}

export interface ExecutionSummary {
	readonly id: string;
	readonly status: string;
	readonly mode: string;
	readonly workflowId: string;
}

export interface StoredExecution extends ExecutionSummary {
	/** The run's data in the format of the library `flatted`. */
	readonly data: string;
}

/** What the editor sends when it fills a list in a node's panel. */
export interface ListRequest {
	readonly nodeType: string;
	readonly version: number;
	readonly methodName: string;
	/** Path of the parameter that shows the list, for instance `parameters.bill`. */
	readonly path: string;
	readonly parameters: IDataObject;
	readonly credentials: INode['credentials'];
	/** What the user typed to search by. */
	readonly filter?: string;
	readonly paginationToken?: string;
}

export interface ListResult {
	readonly results: readonly { readonly name: string; readonly value: string; readonly url?: string }[];
	readonly paginationToken?: unknown;
}

/** n8n's answer to a request that it refused, in its own words. */
export class N8nRefusal extends Error {
	constructor(
		readonly status: number,
		message: string,
	) {
		super(message);
	}
}

export class N8nRest {
	constructor(readonly session: Session) {}

	async credentialTypes(): Promise<readonly CredentialTypeDescription[]> {
		return this.#json('GET', '/types/credentials.json');
	}

	async nodeTypes(): Promise<readonly INodeTypeDescription[]> {
		return this.#json('GET', '/types/nodes.json');
	}

	async createCredential(type: string, name: string, data: IDataObject): Promise<Credential> {
		return this.#data('POST', '/credentials', { type, name, data });
	}

	async credentials(): Promise<readonly Credential[]> {
		return this.#data('GET', '/credentials');
	}

	async updateCredential({ id, name, type }: Credential, data: IDataObject): Promise<Credential> {
		return this.#data('PATCH', `/credentials/${id}`, { name, type, data });
	}

	async deleteCredential({ id }: Credential): Promise<void> {
		await this.#data('DELETE', `/credentials/${id}`);
	}

	/** As the Test of the credential's dialog, which sends what its form holds. */
	async testCredential({ id, name, type }: Credential, data: IDataObject): Promise<CredentialTestResult> {
		return this.#data('POST', '/credentials/test', { credentials: { id, name, type, data } });
	}

	/** Where "Connect my account" sends the user. */
	async oauth2ConsentUrl({ id }: Credential): Promise<string> {
		return this.#data('GET', `/oauth2-credential/auth?id=${id}`);
	}

	async createWorkflow(workflow: NewWorkflow): Promise<SavedWorkflow> {
		return this.#data('POST', '/workflows', { settings: {}, ...workflow });
	}

	async workflow(id: string): Promise<SavedWorkflow> {
		return this.#data('GET', `/workflows/${id}`);
	}

	async workflows(): Promise<readonly SavedWorkflow[]> {
		return this.#data('GET', '/workflows');
	}

	async updateWorkflow(id: string, workflow: NewWorkflow): Promise<SavedWorkflow> {
		return this.#data('PATCH', `/workflows/${id}`, workflow);
	}

	async activate({ id, versionId }: SavedWorkflow): Promise<SavedWorkflow> {
		return this.#data('POST', `/workflows/${id}/activate`, { versionId });
	}

	async deactivate({ id }: Pick<SavedWorkflow, 'id'>): Promise<void> {
		await this.#data('POST', `/workflows/${id}/deactivate`, {});
	}

	/** n8n deletes only what was archived before. */
	async deleteWorkflow({ id }: Pick<SavedWorkflow, 'id'>): Promise<void> {
		await this.#data('POST', `/workflows/${id}/archive`, {});
		await this.#data('DELETE', `/workflows/${id}`);
	}

	/** Starts a manual run; `execution` tells how it ended. */
	async startRun(workflowId: string, trigger: string): Promise<{ readonly executionId: string }> {
		return this.#data('POST', `/workflows/${workflowId}/run`, { triggerToStartFrom: { name: trigger } });
	}

	async execution(id: string): Promise<StoredExecution> {
		return this.#data('GET', `/executions/${id}`);
	}

	/** Newest first. */
	async executions(workflowId: string): Promise<readonly ExecutionSummary[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const { results } = await this.#data<{ results: readonly ExecutionSummary[] }>(
			'GET',
			`/executions?filter=${filter}&limit=100`,
		);
		return results;
	}

	/** What a resource locator's "From list" shows. */
	async searchList(request: ListRequest): Promise<ListResult> {
		const { filter, paginationToken } = request;
		return this.#data('POST', '/dynamic-node-parameters/resource-locator-results', {
			...dynamicParameter(request),
			...(filter === undefined ? {} : { filter }),
			...(paginationToken === undefined ? {} : { paginationToken }),
		});
	}

	/** What a drop-down with loaded options shows. */
	async loadOptions(request: ListRequest): Promise<readonly { readonly name: string; readonly value: string }[]> {
		return this.#data('POST', '/dynamic-node-parameters/options', dynamicParameter(request));
	}

	/** @param id of the binary data, as in an item's `binary.<property>.id` */
	async binary(id: string): Promise<Buffer> {
		const response = await this.#send('GET', `/rest/binary-data?action=download&id=${encodeURIComponent(id)}`);
		return Buffer.from(await response.arrayBuffer());
	}

	async #data<T>(method: string, path: string, body?: object): Promise<T> {
		const { data } = await this.#json<{ data: T }>(method, `/rest${path}`, body);
		return data;
	}

	async #json<T>(method: string, path: string, body?: object): Promise<T> {
		return (await (await this.#send(method, path, body)).json()) as T;
	}

	async #send(method: string, path: string, body?: object): Promise<Response> {
		const response = await fetch(`${this.session.url}${path}`, {
			method,
			headers: { ...sessionHeaders(this.session), ...(body && { 'content-type': 'application/json' }) },
			...(body && { body: JSON.stringify(body) }),
		});
		if (!response.ok) {
			throw new N8nRefusal(response.status, `${method} ${path}: ${response.status} ${await response.text()}`);
		}
		return response;
	}
}

function dynamicParameter({ nodeType, version, methodName, path, parameters, credentials }: ListRequest): object {
	return {
		nodeTypeAndVersion: { name: nodeType, version },
		methodName,
		path,
		currentNodeParameters: parameters,
		...(credentials && { credentials }),
	};
}
