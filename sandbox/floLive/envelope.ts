/** The envelope around every floLIVE answer, and the FAILURES it can carry, with HTTP 200 unless a fault says otherwise. */
import type { ExactJson } from '../json/exactJson';

export type Pageable = {
	readonly page: number;
	readonly size: number;
	readonly totalPages: number;
	readonly totalElements: number;
};

/**
 * The documented codes, and one by analogy for refused credentials, which the documents do not name. `empty` is what stands in
 * `content`: documented as "empty", which may be written in three ways.
 */
export const FAILURES = {
	unavailable: { code: 'GLOBAL_1001', message: 'Service unavailable. Please try again', empty: null },
	unauthorized: { code: 'GLOBAL_1003', message: 'Unauthorized', empty: null },
	noCustomer: { code: 'CUSTOMER_1002', message: 'Customer does not exist', empty: [] },
	noDetails: { code: 'CUSTOMER_1006', message: 'Failed to retrieve customer details', empty: {} },
	badInvoiceIds: { code: 'CUSTOMER_1040', message: 'Requested invoice ID\\s invalid', empty: [] },
} as const;

export type Failure = keyof typeof FAILURES;

/** A failure on its way to the client. */
export class FloLiveFailure extends Error {
	constructor(readonly failure: Failure) {
		super(FAILURES[failure].message);
	}
}

export function success(content: readonly ExactJson[], pageable: Pageable | null = null): ExactJson {
	return { errorCode: '', errorMessage: '', content, pageable };
}

export function failed(failure: Failure): ExactJson {
	const { code, message, empty } = FAILURES[failure];
	return { errorCode: code, errorMessage: message, content: empty, pageable: null };
}

/** The shape of the documented failure example: the code is in the rows of `bulk`, and none at the top. */
export function bulkFailure(failure: Failure): ExactJson {
	const { code, message } = FAILURES[failure];
	const row = { errorCode: code, errorMessage: message, requestId: '' };
	return { bulk: [row], pageable: { page: 0, size: 10, totalPages: 1, totalElements: 1 } };
}
