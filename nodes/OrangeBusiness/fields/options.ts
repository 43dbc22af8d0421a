/** The Options of Orange's operations, and what they make of a request. */
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { OrangeFileParameters } from '../../shared/core';
import { unpackOption } from '../../shared/binary';
import { acceptIncompleteOption, collection, optionsField, pagesAtOnceOption, wantedRows } from '../../shared/fields';
import { sortText } from './sorting';

export const asynchronousOption: INodeProperties = {
	displayName: 'Asynchronous Mode',
	name: 'asynchronous',
	type: 'boolean',
	default: false,
	description:
		'Whether to let Orange prepare the answer as a job, and wait for it. Slower, but the only way to files larger than 5 MB.',
};

const acceptInUrlOption: INodeProperties = {
	displayName: 'Accept in URL',
	name: 'acceptInUrl',
	type: 'boolean',
	default: false,
	description:
		'Whether to name the wanted format in the URL too (overrideAccept), for networks whose proxy rewrites the Accept header',
};

const offsetOption: INodeProperties = {
	displayName: 'Offset',
	name: 'offset',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description: 'How many results to leave out at the start',
};

const pageSizeOption: INodeProperties = {
	displayName: 'Page Size',
	name: 'pageSize',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 100,
	description: 'How many results to ask for at a time. Orange documents no largest number.',
};

const mediaTypeOption: INodeProperties = {
	displayName: 'File Type',
	name: 'mediaType',
	type: 'string',
	default: '',
	placeholder: 'e.g. application/zip',
	description: 'Media type to ask for: application/pdf for bills and text/csv for reports when left empty',
};

/** Of a list whose total Orange announces. */
export function walkOptionsField(...more: readonly INodeProperties[]): INodeProperties {
	return optionsField(
		acceptInUrlOption,
		acceptIncompleteOption,
		offsetOption,
		pageSizeOption,
		pagesAtOnceOption,
		...more,
	);
}

/** Of counters, which come without a total: their pages are read one after the other. */
export const counterOptionsField = optionsField(
	acceptInUrlOption,
	acceptIncompleteOption,
	offsetOption,
	pageSizeOption,
);

export const fileOptionsField = optionsField(acceptInUrlOption, asynchronousOption, mediaTypeOption, unpackOption);

/** How a list is read: everything but its filters. */
export function walkParameters(context: IExecuteFunctions, itemIndex: number) {
	const { offset, pageSize, pagesAtOnce, acceptInUrl } = collection(context, itemIndex, 'options');
	return {
		maxRows: wantedRows(context, itemIndex),
		offset: offset as number | undefined,
		limit: pageSize as number | undefined,
		concurrency: (pagesAtOnce ?? pagesAtOnceOption.default) as number,
		overrideAccept: acceptInUrl === true ? 'application/json' : undefined,
		sort: sortText(context, itemIndex),
	};
}

/** How a file is asked for. */
export function fileParameters(context: IExecuteFunctions, itemIndex: number, usualType: string): OrangeFileParameters {
	const { acceptInUrl, mediaType } = collection(context, itemIndex, 'options');
	const accept = typeof mediaType === 'string' && mediaType.trim() !== '' ? mediaType.trim() : usualType;
	return acceptInUrl === true ? { accept, overrideAccept: accept } : { accept };
}
