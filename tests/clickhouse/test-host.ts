import type { Credentials, DataHost } from '../../src/lib/model/host';
import { DATABASE, PASSWORD, TABLE, type Shard } from './cluster';

/** The cluster under test as a host of pages. */

export const CLUSTER_FOLDER = 'test-results/clickhouse';

/** The user of the example configuration, who can read and do nothing else. */
export const readerCredentials: Credentials = { user: 'pages', password: PASSWORD };

/** @param pins the table of Pins, where that is to be used */
export function hostOf(shard: Shard, pins: string | null = null): DataHost {
	return { url: `http://127.0.0.1:${shard.httpPort}/`, database: DATABASE, table: TABLE, pins };
}
