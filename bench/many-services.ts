import { Cpu, HealthCheck, Image, Network, Port, Resources, Service, Size, Toolbox, User } from '../src/core';

/** Services that share a network. */
const GROUP = 10;

// a toolbox of as many services as the environment asks for
const count = Number(process.env.BENCH_SERVICES);
const toolbox = new Toolbox('many', { title: 'Many', description: 'As many services as asked for.', source: 'bench/many-services.ts' });
const image = Image.fromRegistry('example/app', {
  tag: '1.2.3', digest: `sha256:${'a'.repeat(64)}`, user: User.of(10001), healthTools: ['curl'],
});
const resources: Resources = { cpu: Cpu.cores(1), memory: Size.mebibytes(256), pids: 100, ephemeralStorage: Size.mebibytes(100) };
const healthCheck = HealthCheck.command(['curl', '--fail', 'http://127.0.0.1:8080/']);

for (let index = 0; index < count; index += GROUP) {
  const networks = [new Network(toolbox, `network-${index}`, { description: 'A group of services' })];
  for (let inner = index; inner < Math.min(index + GROUP, count); inner++) {
    new Service(toolbox, `service-${inner}`, { image, resources, healthCheck, networks, ports: [Port.internal(8080)] });
  }
}
toolbox.synth();
