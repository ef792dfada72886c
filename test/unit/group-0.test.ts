import { describeGroup } from './rooms';

describeGroup(0);
