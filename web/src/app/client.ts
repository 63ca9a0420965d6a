// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { type QueryKey, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Language, useLanguage } from '../ui/language';
import type { paths } from './api';

// The pages know the server only through the paths and types that the server itself prints (api.ts).

type Known = keyof paths & string;
type Get = { [P in Known]: paths[P] extends { get: { responses: { 200: unknown } } } ? `/api/v1${P}` : never }[Known];
type JsonOf<R> = R extends { content: { 'application/json': infer T } } ? T : undefined;
type AnswerOf<P extends Known> = paths[P] extends { get: { responses: { 200: infer R } } } ? JsonOf<R> : never;

/** What the server answers at a path. */
export type Answer<P extends Get> = P extends `/api/v1${infer Rest extends Known}` ? AnswerOf<Rest> : never;

/** Why the server did not do it (application/problem+json, RFC 9457), or why it could not be reached. */
export interface Problem {
  status: number;
  title: string;
  /** Why, for programs: "scan-not-invited". */
  code?: string;
  detail?: string;
  /** One entry per field that is wrong. */
  errors?: { pointer?: string; detail: string }[];
  /** Number of the request, as it stands in the log of the server. */
  requestId?: string;
}

export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.title);
  }
}

/** Status of a problem that never reached the server. */
export const offline = 0;

export interface Parameters { path?: Record<string, string>; query?: Record<string, string | number | boolean | undefined> }

export function address(path: string, parameters: Parameters = {}): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(parameters.path?.[name] ?? ''));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters.query ?? {}))
    if (value !== undefined && value !== '') query.set(name, String(value));
  const text = query.toString();
  return text === '' ? filled : `${filled}?${text}`;
}

export interface Reply { data: unknown; etag: string | null }

/** One request. A refusal or a lost connection is thrown as `Refused`. */
export async function send(method: string, url: string, language: Language, options: {
  /** Sent as JSON; a Blob is sent as it is, with its own type. */
  body?: unknown; ifMatch?: string | undefined; ifNoneMatch?: string | undefined; idempotencyKey?: string | undefined; signal?: AbortSignal;
} = {}): Promise<Reply> {
  const headers: Record<string, string> = {
    Accept: 'application/json, application/problem+json', 'Accept-Language': language,
  };
  const file = options.body instanceof Blob ? options.body : undefined;
  if (options.body !== undefined) headers['Content-Type'] = file ? file.type || 'application/octet-stream' : 'application/json';
  if (options.ifMatch !== undefined) headers['If-Match'] = options.ifMatch;
  if (options.ifNoneMatch !== undefined) headers['If-None-Match'] = options.ifNoneMatch;
  if (options.idempotencyKey !== undefined) headers['Idempotency-Key'] = options.idempotencyKey;
  let response: Response;
  try {
    response = await fetch(url, {
      method, headers, credentials: 'same-origin',
      ...(options.body !== undefined && { body: file ?? JSON.stringify(options.body) }),
      ...(options.signal && { signal: options.signal }),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Refused({ status: offline, title: '' });
  }
  const isJson = response.status !== 204 && /[/+]json/.test(response.headers.get('Content-Type') ?? '');
  const data: unknown = isJson ? await response.json() : undefined;
  if (!response.ok) throw new Refused({ title: '', ...(data as Partial<Problem> | undefined), status: response.status });
  return { data, etag: response.headers.get('ETag') };
}

export interface Resource<T> { data?: T; problem?: Problem; etag?: string | null; reload: () => void }

export const problemOf = (error: Error | null): Problem | undefined =>
  error === null ? undefined : error instanceof Refused ? error.problem : { status: 500, title: error.message };

/** Reads a resource. Either `data` or `problem` is there, or neither while it is on its way. */
export function useResource<P extends Get>(path: P, parameters: Parameters = {}, enabled = true): Resource<Answer<P>> {
  const language = useLanguage();
  const url = address(path as string, parameters);
  const query = useQuery<Reply, Error>({
    queryKey: [url, language] satisfies QueryKey,
    queryFn: ({ signal }) => send('GET', url, language, { signal }),
    enabled,
  });
  const problem = problemOf(query.error);
  return {
    ...(query.data && { data: query.data.data as Answer<P>, etag: query.data.etag }),
    ...(problem && !query.data && { problem }),
    reload: () => void query.refetch(),
  };
}

export interface Pages<T> extends Resource<T[]> {
  /** Fetches what follows; absent when everything is here. */
  more?: () => void;
}

/** Reads a list that the server gives in parts: `first` of it, and `then` of it at each `more`. */
export function usePages<P extends Get>(path: P, parameters: Parameters, first: number, then: number): Pages<Answer<P>> {
  const language = useLanguage();
  const part = (after: string) => address(path as string, {
    ...parameters, query: { ...parameters.query, after, limit: after === '' ? first : then },
  });
  const query = useInfiniteQuery({
    queryKey: [part(''), language, then],
    queryFn: ({ pageParam, signal }) => send('GET', part(pageParam), language, { signal }),
    initialPageParam: '',
    getNextPageParam: (last: Reply) => (last.data as { next?: string }).next,
  });
  const problem = problemOf(query.error);
  return {
    ...(query.data && { data: query.data.pages.map((one) => one.data as Answer<P>) }),
    ...(problem && { problem }),
    ...(query.hasNextPage && { more: () => void query.fetchNextPage() }),
    reload: () => void query.refetch(),
  };
}

export interface Action<B> {
  /** Does it, and says whether it was done. */
  run: (body?: B, options?: { path?: Record<string, string>; ifMatch?: string }) => Promise<{ done: boolean; data?: unknown }>;
  busy: boolean;
  problem?: Problem;
  /** Forgets the refusal of before. */
  clear: () => void;
}

/** Changes something, then reads again what may have changed. A POST carries an Idempotency-Key, so that a request
    that is sent twice is done once. */
export function useAction<B = undefined>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, changes: string[] = []): Action<B> {
  const language = useLanguage();
  const client = useQueryClient();
  const mutation = useMutation<Reply, Error, { body: B | undefined; path?: Record<string, string>; ifMatch?: string }>({
    mutationFn: ({ body, path: names, ifMatch }) => send(method, address(path, names ? { path: names } : {}), language, {
      body, ifMatch, idempotencyKey: method === 'POST' ? crypto.randomUUID() : undefined,
    }),
    onSuccess: () => client.invalidateQueries({
      predicate: (query) => changes.some((changed) => String(query.queryKey[0]).startsWith(changed)),
    }),
  });
  const problem = problemOf(mutation.error);
  return {
    run: async (body, options = {}) => {
      try {
        const reply = await mutation.mutateAsync({ body, ...options });
        return { done: true, data: reply.data };
      } catch {
        return { done: false };
      }
    },
    busy: mutation.isPending,
    ...(problem && { problem }),
    clear: mutation.reset,
  };
}
