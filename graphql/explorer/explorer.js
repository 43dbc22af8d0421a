// The explorer's page: GraphiQL on this server's graph, with the sample queries as its first tabs.
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

import newestBills from '../../examples/queries/newest-bills.graphql';
import billsDue from '../../examples/queries/bills-due.graphql';
import spend from '../../examples/queries/spend.graphql';
import charges from '../../examples/queries/charges.graphql';
import accounts from '../../examples/queries/accounts.graphql';
import providers from '../../examples/queries/providers.graphql';
import 'graphiql/style.css';
import './explorer.css';

const explorer = createElement(
	GraphiQL,
	{
		fetcher: createGraphiQLFetcher({ url: new URL('graphql', document.baseURI).href }),
		defaultTabs: [newestBills, billsDue, spend, charges, accounts, providers].map((query) => ({ query })),
		// A key typed into the headers stays on the page: storage outlives it.
		shouldPersistHeaders: false,
		showPersistHeadersSettings: false,
		defaultEditorToolsVisibility: false,
	},
	createElement(GraphiQL.Logo, null, createElement('a', { href: './' }, 'Telecom Billing')),
);

createRoot(document.getElementById('explorer')).render(explorer);
