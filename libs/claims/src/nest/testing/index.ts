export { ClaimsTestingModule } from './claims-testing.module.ts';
