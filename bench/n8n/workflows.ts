/** The workflows that are measured: the same records by n8n's own HTTP Request node and by ours. */
import { randomUUID } from 'node:crypto';

import type { INode, INodeParameters } from 'n8n-workflow';

import { PACKAGE } from '../../test/e2e/n8n/package';
import type { Credential, NewWorkflow } from '../../test/e2e/n8n/rest';
import { API, PAGE_SIZE } from './upstream';

export interface Upstream {
	readonly url: string;
	readonly account: string;
}

export interface Subject {
	readonly name: string;
	/** The records themselves, or their sums: what gives the same gives the same last item. */
	readonly gives: 'RECORDS' | 'SUMS';
	readonly node: (upstream: Upstream, credential: Credential) => INode;
}

/** Pages by offset until the announced total, as its documentation shows. */
const httpRequest: Subject = {
	name: 'HTTP Request',
	gives: 'RECORDS',
	node: ({ url, account }) => ({
		...node('n8n-nodes-base.httpRequest', {
			url: `${url}${API}/appliedCustomerBillingRate`,
			sendQuery: true,
			queryParameters: {
				parameters: [
					{ name: 'billingAccount.id', value: account },
					{ name: 'isBilled', value: 'true' },
					{ name: 'limit', value: String(PAGE_SIZE) },
				],
			},
			options: {
				pagination: {
					pagination: {
						paginationMode: 'updateAParameterInEachRequest',
						parameters: { parameters: [{ type: 'qs', name: 'offset', value: `={{ $pageCount * ${PAGE_SIZE} }}` }] },
						paginationCompleteWhen: 'other',
						completeExpression: `={{ $pageCount * ${PAGE_SIZE} >= Number($response.headers['x-total-count']) }}`,
					},
				},
			},
		}),
		typeVersion: 4.2,
	}),
};

export const SUBJECTS: readonly Subject[] = [
	httpRequest,
	ours('Oracle BRM: Get Many', { operation: 'getAll', returnAll: true }, 4),
	ours('Oracle BRM: Get Many, 8 pages at once', { operation: 'getAll', returnAll: true }, 8),
	ours('Oracle BRM: Get Many, raw', { operation: 'getAll', returnAll: true, simplify: false }, 4),
	ours('Oracle BRM: Summarize', { operation: 'summarize', groupBy: 'product' }, 4),
	ours('Oracle BRM: Summarize, 100 a page', { operation: 'summarize', groupBy: 'product' }, 4, 100),
];

function ours(name: string, parameters: INodeParameters, pagesAtOnce: number, rowsPerRequest = PAGE_SIZE): Subject {
	return {
		name,
		gives: parameters.operation === 'summarize' ? 'SUMS' : 'RECORDS',
		node: ({ account }, { id, name: credentialName, type }) => ({
			...node(`${PACKAGE}.oracleBrm`, {
				authentication: 'token',
				resource: 'billingRate',
				filters: { accountId: { __rl: true, mode: 'id', value: account }, billed: 'billed' },
				options: { rowsPerRequest, pagesAtOnce },
				...parameters,
			}),
			credentials: { [type]: { id, name: credentialName } },
		}),
	};
}

/** n8n's expressions for how many records all items are, or are sums of. */
const COUNTED: Readonly<Record<Subject['gives'], string>> = {
	RECORDS: "$('Measured').all().length",
	SUMS: "$('Measured').all().reduce((sum, { json }) => sum + json.rates, 0)",
};

/**
 * Nothing of the run is saved. What follows the measured node tells the provider that it was given the last item.
 *
 * @param isCounted whether it tells how many records there were, too: an expression over all items copies them into n8n's
 * sandbox for expressions, and takes as long as reading them did, so that such a run cannot be measured
 */
export function workflowOf(
	subject: Subject,
	upstream: Upstream,
	credential: Credential,
	isCounted: boolean,
): NewWorkflow {
	const start = { ...node('n8n-nodes-base.manualTrigger', {}), name: 'Start' };
	const measured = { ...subject.node(upstream, credential), name: 'Measured' };
	const last = { ...node('n8n-nodes-base.limit', { maxItems: 1, keep: 'lastItems' }), name: 'Last' };
	const records = isCounted ? `&records={{ ${COUNTED[subject.gives]} }}` : '';
	const url = `=${upstream.url}/bench/told?last={{ $json.id ?? $json.key }}${records}`;
	const tell = { ...node('n8n-nodes-base.httpRequest', { url }), name: 'Tell', typeVersion: 4.2 };
	return {
		name: subject.name,
		nodes: [start, measured, last, tell],
		connections: {
			Start: { main: [[{ node: 'Measured', type: 'main', index: 0 }]] },
			Measured: { main: [[{ node: 'Last', type: 'main', index: 0 }]] },
			Last: { main: [[{ node: 'Tell', type: 'main', index: 0 }]] },
		},
		settings: { saveManualExecutions: false },
	};
}

function node(type: string, parameters: INodeParameters): INode {
	return { id: randomUUID(), name: type, type, typeVersion: 1, position: [0, 0], parameters };
}
