/** Ways to aim a fault, for the tables. */
import type { FaultRow, FaultRule, PageNumber } from './matrix';

type Fault = Omit<FaultRule, 'path'>;

/** The one page, every time that it is asked for. */
export function onPage(number: PageNumber, fault: Fault): FaultRow['faults'] {
	return (target) => [{ path: target.page(number), ...fault }];
}

/** The first request for that page, and no other. */
export function once(number: PageNumber, fault: Fault): FaultRow['faults'] {
	return onPage(number, { ...fault, times: 1 });
}

/** Every request for data. */
export function always(fault: Fault): FaultRow['faults'] {
	return ({ data }) => [{ path: data, ...fault }];
}

/** Every request for a token. */
export function onToken(fault: Fault): FaultRow['faults'] {
	return ({ token }) => (token === null ? [] : [{ path: token, ...fault }]);
}

export function both(...faults: readonly FaultRow['faults'][]): FaultRow['faults'] {
	return (target) => faults.flatMap((each) => each(target));
}

export function status(code: number, headers: Readonly<Record<string, string>> = {}, body?: unknown): Fault {
	return { effect: 'answer', with: { status: code, headers, ...(body === undefined ? {} : { body }) } };
}
