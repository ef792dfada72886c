import {
  Check,
  CheckCommand,
  Cpu,
  EnvironmentValue,
  HealthCheck,
  Image,
  Network,
  Port,
  Resources,
  Service,
  Size,
  Toolbox,
  User,
} from '../src/core';

/** Services that share a network; all of them if the environment asks for one. */
const GROUP = process.env.BENCH_NETWORKS === 'one' ? Infinity : 5;
/** Environment entries of each service. */
const ENTRIES = 10;

// a toolbox of as many services as the environment asks for, each with a check of its own
const count = Number(process.env.BENCH_SERVICES);
const toolbox = new Toolbox('many', {
  title: 'Many',
  description: 'As many services as asked for.',
  source: 'bench/many-services.ts',
});
const image = Image.fromRegistry('example/app', {
  tag: '1.2.3', digest: `sha256:${'a'.repeat(64)}`, user: User.of(10001), healthTools: ['curl'],
});
const resources: Resources = {
  cpu: Cpu.cores(1),
  memory: Size.mebibytes(256),
  pids: 100,
  ephemeralStorage: Size.mebibytes(100),
};
const healthCheck = HealthCheck.command(['curl', '--fail', 'http://127.0.0.1:8080/']);
const environment = Object.fromEntries(
  Array.from({ length: ENTRIES }, (_, index) => [`ENTRY_${index}`, EnvironmentValue.literal(`value ${index}`)]),
);

for (let index = 0; index < count; index += GROUP) {
  const networks = [new Network(toolbox, `network-${index}`, { description: 'A group of services' })];
  for (let inner = index; inner < Math.min(index + GROUP, count); inner++) {
    const service = new Service(toolbox, `service-${inner}`, {
      image,
      resources,
      healthCheck,
      networks,
      environment,
      ports: [Port.internal(8080)],
    });
    new Check(toolbox, `check-${inner}`, {
      title: 'Answers',
      expectation: 'Fine.',
      command: CheckCommand.shell('true'),
      covers: [service],
      files: ['toolbox.json'],
    });
  }
}
toolbox.synth();
