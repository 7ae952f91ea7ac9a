import './memory-only';
import './data.worker';
import './import.worker';
import './hand-off.worker';

/** All workers of a workspace in one, over a database in its memory. */
