/** From the connectors' one error class to n8n's: what happened, what to mend, which item. */
import { type INode, type JsonObject, NodeApiError, NodeOperationError } from 'n8n-workflow';

import { BillingError } from './core';

/** Kinds that the user mends in the node's parameters; the rest is between n8n and the provider. */
const PARAMETER_KINDS: ReadonlySet<BillingError['kind']> = new Set(['INVALID_REQUEST', 'NOT_OFFERED']);

/** An error that n8n shows well. One that is n8n's already passes unchanged. */
export function toNodeError(node: INode, error: unknown, itemIndex?: number): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	const at = itemIndex === undefined ? {} : { itemIndex };
	if (!(error instanceof BillingError)) return new NodeOperationError(node, error as Error, at);
	const description = describe(error);
	if (PARAMETER_KINDS.has(error.kind) && error.status === null) {
		return new NodeOperationError(node, error.message, { description, ...at });
	}
	return new NodeApiError(node, asJson(error), {
		message: error.message,
		description,
		...(error.status === null ? {} : { httpCode: String(error.status) }),
		...at,
	});
}

/** The error as an item, for Continue On Fail. */
export function errorItem(error: unknown): JsonObject {
	return error instanceof BillingError
		? asJson(error)
		: { message: error instanceof Error ? error.message : String(error) };
}

function asJson(error: BillingError): JsonObject {
	return {
		kind: error.kind,
		message: error.message,
		hint: error.hint,
		provider: error.provider,
		httpStatus: error.status,
		code: error.code,
		requestId: error.requestId,
		parameter: error.parameter,
		retryable: error.retryable,
	};
}

function describe(error: BillingError): string {
	const said = [
		error.hint,
		error.code === null ? null : `The provider's code is ${error.code}.`,
		error.requestId === null ? null : `Its request id, for its support, is ${error.requestId}.`,
	];
	return said.filter((part) => part !== null).join(' ');
}
