import { Plan, ServicePlan } from '../../../src/plan/plan';
import { FidelityEntry } from '../../../src/plan/target-output';
import { renderKubernetes } from '../../../src/targets/kubernetes';
import { OverrideLog } from '../../../src/targets/override-step';
import { KubernetesObject, list, map, readObjects } from '../../parity/kubernetes-object';
import { aPlan } from '../../plan/plan-builder';

/** Objects and report of a plan, by what a test asks for. */
export class Rendered {
  public static plan(facts: Partial<Plan>): Rendered {
    return new Rendered(aPlan(facts));
  }

  /** A plan of these services alone. */
  public static services(...services: readonly ServicePlan[]): Rendered {
    return Rendered.plan({ services });
  }

  public readonly fidelity: readonly FidelityEntry[];
  public readonly overrides: OverrideLog;
  public readonly objects: readonly KubernetesObject[];
  /** Content by path. */
  public readonly files: ReadonlyMap<string, string>;

  private constructor(plan: Plan) {
    const { files, fidelity, overrides } = renderKubernetes(plan);
    this.files = new Map(files.map((file) => [file.path, file.content]));
    this.fidelity = fidelity;
    this.overrides = overrides;
    this.objects = readObjects(files);
  }

  public ofKind(kind: string): KubernetesObject[] {
    return this.objects.filter((object) => object.kind === kind);
  }

  public spec(kind: string, name?: string): KubernetesObject {
    const found = this.ofKind(kind).filter((object) => name === undefined || map(object.metadata).name === name);
    expect(found).toHaveLength(1);
    return map(found[0].spec);
  }

  /** The pod of the workload of that kind, the only one unless a name is given. */
  public pod(kind: string, name?: string): KubernetesObject {
    return map(map(this.spec(kind, name).template).spec);
  }

  public container(kind: string, name?: string): KubernetesObject {
    return map(list(this.pod(kind, name).containers)[0]);
  }

  /** What the report says of a fact; undefined when it says nothing. */
  public entry(path: string, fact: string): FidelityEntry | undefined {
    return this.fidelity.find((entry) => entry.path === path && entry.fact === fact);
  }
}
