import './memory-only';
import './data.worker';
import './import.worker';

/** Both workers in one, over a database in its memory. */
