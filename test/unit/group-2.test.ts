import { describeGroup } from './rooms';

describeGroup(2);
