/** `/__sandbox/faults`: rules that say which requests go wrong, and how. */
import type { FastifyInstance, FastifyRequest } from 'fastify';

import type { SandboxProvider } from '../../data/ledger';
import { PROVIDERS } from '../../data/providerDress';
import type { ExpirableTokenDesk } from '../../oauth/tokenDesk';
import {
	type Fields,
	fieldsOf,
	optionalChoice,
	optionalText,
	optionalTexts,
	optionalWhole,
	requiredChoice,
} from '../input';
import { providerOfPath } from '../providerOfPath';
import { type Body, EFFECTS, EFFECT_NAMES, type EffectName, type Exchange, type Fault } from './effects';

interface FaultRule {
	readonly id: number;
	/** Absent members match everything. */
	readonly provider: SandboxProvider | undefined;
	readonly method: string | undefined;
	/** Texts that the path and query, as sent, must all contain. */
	readonly path: readonly string[];
	/** The first matching request that goes wrong, counted from 1. */
	readonly nth: number;
	/** How many go wrong from there on; undefined: all. */
	readonly times: number | undefined;
	readonly effect: EffectName;
	readonly with: Fields;
	readonly fault: Fault;
	matched: number;
	applied: number;
	/** How often that made a difference: not where an answer holds nothing that the effect changes. */
	struck: number;
}

export function addFaults(app: FastifyInstance, tokens: ExpirableTokenDesk): void {
	let rules: FaultRule[] = [];
	let count = 0;
	const pending = new WeakMap<FastifyRequest, { rule: FaultRule; exchange: Exchange }[]>();

	app.addHook('onRequest', async (request, reply) => {
		if (rules.length === 0) return;
		const provider = providerOfPath(request.url);
		if (provider === undefined) return;
		const faults = rules
			.filter((rule) => applies(rule, request, provider))
			.map((rule) => ({
				rule,
				exchange: { request, reply, provider, earlier: rule.applied++, tokens },
			}));
		pending.set(request, faults);
		for (const { rule, exchange } of faults) {
			if (rule.fault.onRequest === undefined) continue;
			rule.struck += 1;
			await rule.fault.onRequest(exchange);
			if (reply.sent) return;
		}
	});
	app.addHook('onSend', async (request, reply, payload: unknown) => {
		let body = payload;
		for (const { rule, exchange } of pending.get(request) ?? []) {
			if (rule.fault.onAnswer === undefined || !(typeof body === 'string' || Buffer.isBuffer(body))) continue;
			const before = Buffer.from(body);
			const headersBefore = JSON.stringify(reply.getHeaders());
			const after: Body = rule.fault.onAnswer(exchange, before);
			const isSameBody = Buffer.isBuffer(after) && after.equals(before);
			if (!isSameBody || JSON.stringify(reply.getHeaders()) !== headersBefore) rule.struck += 1;
			body = after;
		}
		return body;
	});

	app.get('/__sandbox/faults', async () => ({ faults: rules.map(described) }));
	app.post('/__sandbox/faults', async (request, reply) => {
		const given = Array.isArray(request.body) ? request.body : [request.body];
		const added = given.map((rule) => ruleOf(fieldsOf(rule), ++count));
		rules = [...rules, ...added];
		return reply.code(201).send({ faults: added.map(described) });
	});
	app.delete('/__sandbox/faults', async (_request, reply) => {
		rules = [];
		return reply.code(204).send();
	});
	app.delete<{ Params: { id: string } }>('/__sandbox/faults/:id', async (request, reply) => {
		const kept = rules.filter((rule) => String(rule.id) !== request.params.id);
		const known = kept.length < rules.length;
		rules = kept;
		return reply.code(known ? 204 : 404).send();
	});
}

function applies(rule: FaultRule, request: FastifyRequest, provider: SandboxProvider): boolean {
	const matches =
		(rule.provider === undefined || rule.provider === provider) &&
		(rule.method === undefined || rule.method === request.method) &&
		rule.path.every((text) => request.url.includes(text));
	if (!matches) return false;
	rule.matched += 1;
	return rule.matched >= rule.nth && (rule.times === undefined || rule.applied < rule.times);
}

function ruleOf(fields: Fields, id: number): FaultRule {
	const effect = requiredChoice(fields, 'effect', EFFECT_NAMES);
	const settings = fields['with'] === undefined ? {} : fieldsOf(fields['with']);
	return {
		id,
		provider: optionalChoice(fields, 'provider', PROVIDERS),
		method: optionalText(fields, 'method')?.toUpperCase(),
		path: optionalTexts(fields, 'path'),
		nth: optionalWhole(fields, 'nth', 1) ?? 1,
		times: optionalWhole(fields, 'times', 1),
		effect,
		with: settings,
		fault: EFFECTS[effect](settings),
		matched: 0,
		applied: 0,
		struck: 0,
	};
}

/** A rule as it is told, with how often it matched, applied and struck. */
function described({ fault: _fault, ...rule }: FaultRule): Omit<FaultRule, 'fault'> {
	return rule;
}
