/**
 * What the stages inside `graph/` hand to each other for one environment: workloads as they run, gateways with what
 * they lead to. None of it leaves `graph/`.
 */
import type { Origin } from '../source/span.ts';
import type { ImagePort } from './catalogue.ts';
import type { CheckFact, CommandLine, ContainerFact, DeclaredPort, DoorFact, GatewayFact, ImageFact, NeedFact, PortRange, Protocol, Selector, VariableFact, WorkloadFact } from './fragment.ts';
import type { Authentication, Evidence, Gateway, Hop, Listener, Role, Transport, Workload } from './vocabulary.ts';
/** A container as it runs: what the workload says, over what its image brings along. */
export interface RunningContainer {
    readonly fact: ContainerFact;
    /** The build of this tree that makes its image; null where another tree makes it. */
    readonly build: ImageFact | null;
    /**
     * The reference whose habits it has: its own image, or for a build the image that the build stands on in the end;
     * null for `scratch` and where the code does not say.
     */
    readonly image: string | null;
    /** Entrypoint and command in one, as the process gets them; null where nothing says. */
    readonly command: CommandLine | null;
    /** The image's variables under the configs' under the workload's own, by name. */
    readonly environment: ReadonlyMap<string, VariableFact>;
    /** The configs that it reads as files: a name and a text each. */
    readonly payloads: readonly VariableFact[];
    /** What the workload declares. */
    readonly ports: readonly DeclaredPort[];
    /** What the Dockerfiles of this tree behind it declare (EXPOSE). */
    readonly exposed: readonly DeclaredPort[];
    /** The workload's checks; the image's where it has none. */
    readonly checks: readonly CheckFact[];
}
/** A workload as it runs. */
export interface RunningWorkload {
    readonly fact: WorkloadFact;
    readonly workload: Workload;
    /** In the order of `fact.containers`. */
    readonly containers: readonly RunningContainer[];
    /** The keys of the segments that it sits in, those of the workload whose network it has among them. */
    readonly segments: readonly string[];
    /** The same for workloads that share one network namespace, and for no others. */
    readonly network: string;
}
/** What a process of a container listens on, as its command, its environment or the habit of its image says. */
export interface ProcessListener {
    readonly ports: PortRange;
    readonly protocol: Protocol;
    /** Null where nothing says: every address. */
    readonly bind: string | null;
    readonly evidence: Extract<Evidence, 'coded' | 'conventional' | 'provided'>;
    /** What the part of the command line that opens the port says: `debug` of `--inspect`. */
    readonly flag?: Role;
    /** The service of the catalogue whose program the command line starts. */
    readonly program?: string;
    /** The entry of the image catalogue, where the image's habit says it. */
    readonly imagePort?: ImagePort;
    readonly transport?: Transport;
    readonly authentication?: Authentication;
    /** The switch that says so, else what starts the program; its own origin where left out. */
    readonly authenticationOrigin?: Origin;
    readonly origin: Origin;
}
/** A gateway of the environment, and what stands behind each of its doors. */
export interface LinkedGateway {
    readonly fact: GatewayFact;
    readonly gateway: Gateway;
    readonly doors: readonly LinkedDoor[];
}
/** A door, and the ways through it. */
export interface LinkedDoor {
    readonly fact: DoorFact;
    readonly routes: readonly Route[];
    /** What listens at the door itself; null where nothing does. */
    readonly front: Listener | null;
    /** It leads to workloads that are described by their labels, and that no code of the tree shows. */
    readonly unseen: boolean;
}
/** One way from a door to a listener. */
export interface Route {
    readonly listener: Listener;
    /** The door's ports that lead there; null where the host or cluster picks one. */
    readonly ports: PortRange | null;
    /** The gateways on the way, the door's own first. */
    readonly hops: readonly Hop[];
}
/** A need that an adapter stated, with the workloads that it names. */
export interface StatedNeed {
    readonly fact: NeedFact;
    /** Null for the platform. */
    readonly from: RunningWorkload | null;
    /** The workload of a need `to` a workload; null for names and selectors. */
    readonly to: RunningWorkload | null;
}
/** The workloads that a selector picks. */
export type Select = (selector: Selector) => readonly RunningWorkload[];
