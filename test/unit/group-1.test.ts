import { describeGroup } from './rooms';

describeGroup(1);
