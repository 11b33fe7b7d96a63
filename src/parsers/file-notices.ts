import { type Notice, type NoticeCode, notice } from '../source/notice.ts';
import type { Origin } from '../source/span.ts';

/** What a parser has to say about one file. */
export interface FileNotices {
  readonly list: Notice[];
  readonly told: Map<NoticeCode, number>;
}

/** Of one kind this many are told of one file: a file full of them would drown what is said of the others. */
const MAX_OF_A_KIND = 20;

export function fileNotices(): FileNotices {
  return { list: [], told: new Map() };
}

/** Adds a notice; the last one of its kind that is kept says that there may be more. */
export function tell(notices: FileNotices, code: NoticeCode, message: string, origin: Origin): void {
  const count = (notices.told.get(code) ?? 0) + 1;
  notices.told.set(code, count);
  if (count < MAX_OF_A_KIND) notices.list.push(notice(code, message, origin));
  if (count === MAX_OF_A_KIND)
    notices.list.push(notice(code, `${message} Further ones of this file are not listed.`, origin));
}
