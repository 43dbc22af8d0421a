import * as fc from 'fast-check';

import { readErrorBody } from '../../../providers/transport/errorBody';

describe('readErrorBody', () => {
	it.each([
		['RFC 6749', { error: 'invalid_client', error_description: 'Bad' }, 'invalid_client', 'Bad'],
		['Lumen legacy', { ErrorCode: 'invalid_client', Error: 'Bad' }, 'invalid_client', 'Bad'],
		['TMF678', { code: 'ERR', reason: 'Short', message: 'Long' }, 'ERR', 'Long'],
		['TMF678 v2, an integer code', { code: 60, reason: 'Short' }, '60', 'Short'],
		['a gateway', { code: 42, message: 'Expired', description: 'd' }, '42', 'Expired'],
		['a gateway without message', { code: 42, description: 'd' }, '42', 'd'],
		['a missing path', { code: '404', info: 'not found' }, '404', 'not found'],
		['floLIVE', { errorCode: 'GLOBAL_1001', errorMessage: 'down' }, 'GLOBAL_1001', 'down'],
		['Apigee', { fault: { faultstring: 'Bad', detail: { errorcode: 'x.y' } } }, 'x.y', 'Bad'],
		['an inner error', { error: { code: 1, message: 'Bad' } }, '1', 'Bad'],
		['a list of errors', { errors: [{ code: 1, message: 'Bad' }, { code: 2 }] }, '1', 'Bad'],
		['a list', [{ code: 1, message: 'Bad' }], '1', 'Bad'],
		['a message alone', { message: 'Bad' }, null, 'Bad'],
	])('reads %s', (_, body, code, message) => {
		expect(readErrorBody(JSON.stringify(body))).toMatchObject({ code, message });
	});

	it('keeps the short reason beside the message', () => {
		expect(readErrorBody('{"code":"1","reason":"Short","message":"Long"}')?.reason).toBe('Short');
	});

	it.each([
		null,
		'',
		'<html>',
		'"text"',
		'[]',
		'{}',
		'{"error":{}}',
		'{"error":[]}',
		'{"errors":null}',
		'{"errorCode":""}',
	])('%p says nothing', (text) => {
		expect(readErrorBody(text)).toBeNull();
	});

	it('never throws', () => {
		fc.assert(fc.property(fc.json(), (text) => void readErrorBody(text)));
		fc.assert(fc.property(fc.string(), (text) => void readErrorBody(text)));
	});

	it('finds what is said deep inside, and nothing in what is deeper than any answer', () => {
		const deep = (levels: number): string => `${'{"error":'.repeat(levels)}1${'}'.repeat(levels)}`;
		expect(readErrorBody(deep(50))).toMatchObject({ code: '1' });
		expect(readErrorBody(deep(5_000))).toBeNull();
	});
});
