/** Telecom Bill Trigger: starts a workflow when a bill is new, was revised, or is due soon. */
import {
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
	NodeConnectionTypes,
	NodeOperationError,
} from 'n8n-workflow';

import { n8nClock } from '../shared/clock';
import { billColumns, simpleBillOfAny } from '../shared/columns';
import { type CalendarDate, type Instant } from '../shared/core';
import { pickedDate } from '../shared/dates';
import { toNodeError } from '../shared/errors';
import { listed, simplifyField } from '../shared/fields';
import { openSources, providerCredentials, providersField } from './providers';
import type { EventKind } from './trigger/events';
import {
	type PollOutcome,
	type PollSettings,
	type PollTime,
	type SourceEvent,
	pollSources,
	sampleEvents,
	sourceId,
} from './trigger/poll';
import { TriggerMemory } from './trigger/memory';
import type { FirstRun } from './trigger/reading';
import type { SourceState } from './trigger/state';

export class TelecomBillTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Telecom Bill Trigger',
		name: 'telecomBillTrigger',
		icon: { light: 'file:telecomBill.svg', dark: 'file:telecomBill.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{$parameter["events"].join(", ")}}',
		description: 'Starts the workflow when a telecom bill is new, was revised, or is due soon',
		defaults: { name: 'Telecom Bill Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: providerCredentials,
		properties: [
			providersField,
			{
				displayName: 'Trigger On',
				name: 'events',
				type: 'multiOptions',
				options: [
					{
						name: 'Bill Due Soon',
						value: 'dueSoon',
						description: 'Once for each bill and due date, unless it is paid',
					},
					{ name: 'New Bill', value: 'new', description: 'Says which bill it replaces, where it replaces one' },
					{ name: 'Revised Bill', value: 'revised', description: 'A known bill whose content changed' },
				],
				default: ['new', 'revised'],
				required: true,
			},
			{
				displayName: 'Days Before Due',
				name: 'dueInDays',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 7,
				displayOptions: { show: { events: ['dueSoon'] } },
				description:
					'How many days before its due date a bill comes out; also bills that were there before the trigger',
			},
			{
				displayName: 'On First Run',
				name: 'firstRun',
				type: 'options',
				options: [
					{ name: 'All Bills Come Out', value: 'all', description: 'Everything that the providers still have' },
					{ name: 'Bills of the Last Days Come Out', value: 'days' },
					{ name: 'No Bills Come Out', value: 'none', description: 'Only what is new or revised from now on' },
				],
				default: 'none',
				description: 'What to do with the bills that are there when the workflow is activated',
			},
			{
				displayName: 'Last Days',
				name: 'firstRunDays',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 30,
				displayOptions: { show: { firstRun: ['days'] } },
				description: 'How many days back, by the date on the bill',
			},
			simplifyField,
			{
				displayName:
					'Lumen is asked at each poll for the bills dated from 60 days before the last one on (120 with Bill Due Soon), floLIVE for all it has, the others for what was updated. The last 5,000 bills are remembered; bills of earlier days than those never come out again.',
				name: 'memoryNotice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				options: [
					{
						displayName: 'Accounts',
						name: 'accounts',
						type: 'string',
						default: '',
						placeholder: 'e.g. 5-ABCD5678, 20100',
						description: 'IDs or numbers of billing accounts, separated by commas; all where empty',
					},
				],
			},
		],
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		const sources = await openSources(this, this.getNodeParameter('providers') as string[]);
		const time = pollTime(this);
		if (this.getMode() === 'manual') {
			const events = await sampleEvents(sources, time).catch((error: unknown) => {
				throw toNodeError(this.getNode(), error);
			});
			if (events.length > 0) return [itemsOf(this, events)];
			throw new NodeOperationError(this.getNode(), 'No bills found', {
				description: 'The chosen providers have no bills to show as a sample. Activate the workflow to wait for some.',
			});
		}
		const memory = new TriggerMemory(this);
		const remembered: Readonly<Record<string, SourceState | undefined>> = memory.sources;
		const outcome = await pollSources(sources, remembered, settingsOf(this), time);
		if (memory.isOvertaken) return null;
		const isFirst = sources.every((source) => remembered[sourceId(source)] === undefined);
		tellFailures(this, outcome, isFirst || Object.keys(outcome.states).length === 0);
		const items = itemsOf(this, outcome.events);
		// Last of all, and for the chosen sources only: until here, a poll that fails is as if it had not been.
		const states = sources.map(sourceId).flatMap((id): [string, SourceState][] => {
			const state = outcome.states[id] ?? remembered[id];
			return state === undefined ? [] : [[id, state]];
		});
		memory.keep(Object.fromEntries(states), items.length === 0);
		return items.length === 0 ? null : [items];
	}
}

/**
 * n8n forgets all that a poll which throws has learnt, of the other providers too. So only a poll that none could do without
 * throws: the first one, that nobody activates a wrong credential, and one that has learnt nothing, since all failed. Else the
 * failure becomes an execution of its own, which fails, and the others go on.
 */
function tellFailures(context: IPollFunctions, { failures }: PollOutcome, isFatal: boolean): void {
	for (const { source, reason } of failures) {
		const error = toNodeError(context.getNode(), reason);
		if (isFatal) throw error;
		context.logger.warn(`${source.title} could not be read: ${error.message}`);
		context.__emitError(error);
	}
}

function settingsOf(context: IPollFunctions): PollSettings {
	return {
		kinds: new Set(context.getNodeParameter('events') as EventKind[]),
		dueInDays: context.getNodeParameter('dueInDays', 0) as number,
		firstRun: firstRunOf(context),
		accounts: listed(context.getNodeParameter('options.accounts', '')),
	};
}

function firstRunOf(context: IPollFunctions): FirstRun {
	const kind = context.getNodeParameter('firstRun') as FirstRun['kind'];
	return kind === 'days' ? { kind, days: context.getNodeParameter('firstRunDays') as number } : { kind };
}

/** Part of a poll's time that may be spent on reading; the rest is for handing over. */
const READING_SHARE = 0.7;

function pollTime(context: IPollFunctions): PollTime {
	const now = new Date(n8nClock.now()).toISOString() as Instant;
	// Older versions of n8n do not limit a poll; nor does any the one at activation.
	const { getPollBudgetMs } = context as { getPollBudgetMs?: (this: IPollFunctions) => number | undefined };
	const budget = getPollBudgetMs?.call(context);
	return {
		today: pickedDate(context, now, 'today') as CalendarDate,
		now,
		over: budget === undefined ? undefined : AbortSignal.timeout(Math.floor(budget * READING_SHARE)),
	};
}

function itemsOf(context: IPollFunctions, events: readonly SourceEvent[]): INodeExecutionData[] {
	const simplify = context.getNodeParameter('simplify') === true;
	return events.map(({ kind, bill, idempotencyKey, replaces, replacesBecause, source }) => ({
		json: {
			event: kind,
			...(simplify ? simpleBillOfAny(bill) : billColumns(bill, source.connector.capabilities)),
			replaces,
			replacesBecause,
			idempotencyKey,
		},
	}));
}
