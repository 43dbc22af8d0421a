/** `POST /__sandbox/changes`: new, revised and withdrawn bills while the sandbox runs. */
import type { FastifyInstance } from 'fastify';

import type { SandboxContext } from '../context';
import { isCalendarDay } from '../data/calendar';
import type { LedgerBill, LedgerChange, LedgerCurrency, SandboxProvider } from '../data/ledger';
import { PROVIDERS } from '../data/providerDress';
import {
	type Fields,
	ControlError,
	fieldsOf,
	optionalChoice,
	optionalText,
	requiredChoice,
	requiredText,
} from './input';
import { trueBill } from './truth';

/** Body: one change or a list of them. Amounts are decimal text in major units, signed by effect. */
export function addChanges(app: FastifyInstance, context: SandboxContext): void {
	app.post('/__sandbox/changes', async (request) => {
		const changes = (Array.isArray(request.body) ? request.body : [request.body]).map(fieldsOf);
		const bills = changes.map((fields) => {
			const changed = context.ledger.apply(changeOf(fields, context));
			if (changed === undefined) throw new ControlError('No such bill or account');
			return { provider: changed.provider, account: changed.account.id, ...trueBill(changed) };
		});
		return { bills };
	});
}

function changeOf(fields: Fields, context: SandboxContext): LedgerChange {
	const kind = requiredChoice(fields, 'kind', ['new', 'revised', 'withdrawn'] as const);
	const provider = requiredChoice(fields, 'provider', PROVIDERS);
	switch (kind) {
		case 'new':
			return newBill(fields, provider, context);
		case 'revised':
			return revision(fields, provider, context);
		case 'withdrawn':
			return { kind, provider, billId: requiredText(fields, 'billId') };
	}
}

function newBill(fields: Fields, provider: SandboxProvider, { ledger }: SandboxContext): LedgerChange {
	const accountId = requiredText(fields, 'accountId');
	const currency = ledger.accounts(provider).find((account) => account.id === accountId)?.currency;
	const type = optionalChoice(fields, 'type', ['invoice', 'creditNote'] as const);
	return {
		kind: 'new',
		provider,
		accountId,
		...(type && { type }),
		...days(fields, 'billDate'),
		...amounts(fields, currency, 'net', 'tax'),
	};
}

function revision(fields: Fields, provider: SandboxProvider, { ledger }: SandboxContext): LedgerChange {
	const billId = requiredText(fields, 'billId');
	const currency = ledger.bill(provider, billId)?.account.currency;
	const standing = optionalChoice<LedgerBill['standing']>(fields, 'standing', ['issued', 'onHold', 'inProgress']);
	return {
		kind: 'revised',
		provider,
		billId,
		...(standing && { standing }),
		...days(fields, 'billDate'),
		...days(fields, 'dueDate'),
		...amounts(fields, currency, 'net', 'tax', 'paid'),
	};
}

function days<Name extends string>(fields: Fields, name: Name): Partial<Record<Name, string>> {
	const text = optionalText(fields, name);
	if (text !== undefined && !isCalendarDay(text)) throw new ControlError(`${name} must be a day, YYYY-MM-DD`);
	return text === undefined ? {} : ({ [name]: text } as Partial<Record<Name, string>>);
}

function amounts<Name extends string>(
	fields: Fields,
	currency: LedgerCurrency | undefined,
	...names: readonly Name[]
): Partial<Record<Name, bigint>> {
	const given: Partial<Record<Name, bigint>> = {};
	for (const name of names) {
		const text = optionalText(fields, name);
		if (text !== undefined && currency !== undefined) given[name] = minorUnits(text, currency, name);
	}
	return given;
}

function minorUnits(text: string, currency: LedgerCurrency, name: string): bigint {
	const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
	const decimals = parts?.[3] ?? '';
	if (parts === null || decimals.length > currency.exponent) {
		throw new ControlError(
			`${name} must be decimal text with at most ${currency.exponent} decimals for ${currency.code}`,
		);
	}
	const digits = BigInt(`${parts[2] ?? ''}${decimals.padEnd(currency.exponent, '0')}`);
	return parts[1] === '-' ? -digits : digits;
}
