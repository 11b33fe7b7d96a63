/** One kustomization in a build: what it says, where it reads files, and what the run may still spend on it. */
import { posix } from 'node:path';
import { type Notice, type NoticeCode, notice } from '../../../source/notice.ts';
import { fileOrigin, type Origin } from '../../../source/span.ts';
import { entryOf, itemsOf, type Mapping, textOf, type Value } from '../../../source/value.ts';
import type { Files } from '../../files.ts';
import type { Work } from '../../regexp/match.ts';
import { isRemote, resolvePath } from './reference.ts';
import type { NodeAllowance } from './value-edit.ts';

/** What building all kustomizations of a tree may take; counted down, so that a hostile tree ends soon. */
export interface Allowance extends Work, NodeAllowance {}

/** A kustomization while it is built. */
export interface Layer {
  readonly path: string;
  readonly folder: string;
  /** The file; its origins tell the way where it is a component. */
  readonly root: Mapping;
  readonly files: Files;
  readonly allowance: Allowance;
  readonly notices: Notice[];
  /** Every file that it reads, itself first. */
  readonly read: string[];
}

/** Says something about a place of the layer. */
export function tell(layer: Layer, code: NoticeCode, message: string, origin: Origin): void {
  layer.notices.push(notice(code, message, origin));
}

/** The items of a list field. */
export function listOf(layer: Layer, field: string): readonly Value[] {
  return itemsOf(entryOf(layer.root, field)?.value);
}

/** The text of a field that is not empty, with its place. */
export function textField(layer: Layer, field: string): { readonly text: string; readonly origin: Origin } | undefined {
  const value = entryOf(layer.root, field)?.value;
  const text = textOf(value);
  return value && text ? { text, origin: value.origin } : undefined;
}

/** The text of a file that a value of the layer names, with its path; undefined, and told, where it cannot be had. */
export function readNamed(
  layer: Layer,
  reference: string,
  origin: Origin,
): { readonly path: string; readonly text: string } | undefined {
  const path = namedPath(layer, reference, origin);
  if (path === undefined) return undefined;
  const reading = layer.files.read(path);
  if (reading.kind === 'text') {
    layer.read.push(path);
    return { path, text: reading.text };
  }
  const what = reading.kind === 'missing' ? 'is named here and is not there' : 'is named here and cannot be read';
  tell(layer, 'reference-missing', `${reference} ${what}.`, origin);
  return undefined;
}

/** The documents of a YAML or JSON file that a value of the layer names; none, and told, where it cannot be had. */
export function documentsNamed(layer: Layer, reference: string, origin: Origin): readonly Value[] {
  const named = readNamed(layer, reference, origin);
  const documents = named && layer.files.parsed(named.path)?.documents;
  return (documents ?? []).flatMap(({ root }) => root ?? []);
}

/**
 * A path of the tree that the layer may read. kustomize keeps to its folder unless it is run without its load
 * restrictor, which those who write `../file.yaml` do: such a file is read, and told.
 */
export function namedPath(layer: Layer, reference: string, origin: Origin): string | undefined {
  if (isRemote(reference)) {
    tell(layer, 'not-built', `${reference} is not fetched: it is left out.`, origin);
    return undefined;
  }
  const path = resolvePath(layer.folder, reference);
  if (path === undefined) {
    tell(layer, 'outside-root', `${reference} leads out of the scanned folder and is left out.`, origin);
    return undefined;
  }
  if (layer.folder !== '.' && !path.startsWith(`${layer.folder}/`)) {
    const message = `kustomize reads no file outside of ${layer.folder} unless it is run with --load-restrictor LoadRestrictionsNone; move ${posix.basename(path)} there. It is read here.`;
    tell(layer, 'unsupported-construct', message, origin);
  }
  return path;
}

/** Where the layer as a whole is. */
export function layerOrigin(layer: Layer): Origin {
  return fileOrigin(layer.path);
}
