import { Plan } from '../../../../../src/plan/plan';
import { aPlan, aService } from '../../../../plan/plan-builder';

/** A service that reaches nobody and that nobody reaches. */
export const plan: Plan = aPlan({ services: [aService()] });
