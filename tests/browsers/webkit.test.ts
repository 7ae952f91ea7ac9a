import { installedWebKit } from '../../src/tools/other-browsers';
import { openWebKit } from './webkit-tab';
import { describeMainJob } from './main-job';

const paths = installedWebKit();
describeMainJob('WebKit', paths === null ? null : () => openWebKit(paths));
