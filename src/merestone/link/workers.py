"""Documents read by several processes: in the order in which they came, with what one process would say of them.

A process that dies takes nothing with it but the document that it died of: what it held is read again one by one, and the document
that ends a process a second time is refused by name.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")
AT_ONCE = 8  # documents that a process is given
AHEAD = 4  # times as many as there are processes are taken from the source before the first of them is handed on

# Makes what reads one document: once where processes begin as copies of this one, else in each of them.
Made = Callable[[], Callable[[T], R]]


class Died:
    """In the place of a result: the process that read it died."""


@dataclass(slots=True)
class _Task(Generic[T]):
    """Documents given out together, the `at`-th and those behind it; `alone`: what was held by a process that died."""

    at: int
    items: Sequence[T]
    alone: bool = False


@dataclass(slots=True)
class _Worker:
    process: Any
    pipe: Connection
    task: _Task[Any] | None = None
    done: list[Any] = field(default_factory=list)


def in_order(items: Iterable[T], make: Made[T, R], jobs: int) -> Iterator[tuple[T, R | Died]]:
    """Each item with its result, in order. With one job no process is started."""
    if jobs == 1:
        one = make()
        for item in items:
            yield item, one(item)
        return
    crew = _Crew(make, jobs)
    try:
        yield from crew.run(iter(items))
    finally:
        crew.stop()


class _Crew(Generic[T, R]):
    def __init__(self, make: Made[T, R], jobs: int) -> None:
        methods = multiprocessing.get_all_start_methods()
        self._context: Any = multiprocessing.get_context("fork" if "fork" in methods else "spawn")
        self._make = make
        if self._context.get_start_method() == "fork":
            ready = make()  # once, here: the processes begin as copies of this one, with what it has made ready
            self._make = lambda: ready
        self._workers: list[_Worker] = []
        while len(self._workers) < jobs:
            self._workers.append(self._started())
        self._tasks: deque[_Task[T]] = deque()
        self._results: dict[int, R | Died] = {}

    def run(self, items: Iterator[T]) -> Iterator[tuple[T, R | Died]]:
        held: deque[T] = deque()  # taken from the source and not handed on yet
        taken = given = 0
        most = AHEAD * AT_ONCE * len(self._workers)
        ended = False
        while True:
            while not ended and len(held) < most:
                fresh = list(islice(items, AT_ONCE))
                ended = len(fresh) < AT_ONCE
                if fresh:
                    self._tasks.append(_Task(taken, fresh))
                held.extend(fresh)
                taken += len(fresh)
            while given in self._results:
                yield held.popleft(), self._results.pop(given)
                given += 1
            if ended and not held:
                return
            if len(held) < most and not ended:
                continue
            self._work()

    def _work(self) -> None:
        """Gives out what waits and takes in what is done; waits until something is."""
        for worker in self._workers:
            if worker.task is None and self._tasks:
                self._give(worker, self._tasks.popleft())
        busy = {worker.pipe: worker for worker in self._workers if worker.task is not None}
        for pipe in wait(list(busy)):
            worker = busy[pipe]  # type: ignore[index]  # only pipes were waited for
            try:
                self._take(worker, worker.pipe.recv())
            except (EOFError, ConnectionError):
                self._replace(worker)

    def _give(self, worker: _Worker, task: _Task[T]) -> None:
        worker.task, worker.done = task, []
        try:
            worker.pipe.send(task.items)
        except (BrokenPipeError, ConnectionError):
            self._replace(worker)

    def _take(self, worker: _Worker, value: R) -> None:
        task = worker.task
        worker.done.append(value)
        if task is not None and len(worker.done) == len(task.items):
            self._results.update(enumerate(worker.done, task.at))
            worker.task = None

    def _replace(self, worker: _Worker) -> None:
        """Another process for one that died. What it had read stands; the rest is given out again one by one, first of all."""
        task, done = worker.task, worker.done
        worker.pipe.close()
        worker.process.join()
        fresh = self._started()
        worker.process, worker.pipe, worker.task, worker.done = fresh.process, fresh.pipe, None, []
        if task is None:
            return
        self._results.update(enumerate(done, task.at))
        if task.alone:
            self._results[task.at] = Died()
            return
        rest = [_Task(task.at + n, task.items[n : n + 1], alone=True) for n in range(len(done), len(task.items))]
        self._tasks.extendleft(reversed(rest))

    def _started(self) -> _Worker:
        here, there = self._context.Pipe()
        ours = [*(worker.pipe for worker in self._workers), here] if self._context.get_start_method() == "fork" else []
        process = self._context.Process(target=_work, args=(there, self._make, ours), daemon=True)
        process.start()
        there.close()
        return _Worker(process, here)

    def stop(self) -> None:
        for worker in self._workers:
            worker.pipe.close()
            worker.process.terminate()
            worker.process.join()


def _work(pipe: Connection, make: Made[T, R], inherited: Sequence[Connection]) -> None:
    """What a process does: reads what it is given, one result a document, until nobody gives any more. `inherited`: ends of pipes that are
    another's; while one is open here, the end of who holds it is not seen."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started it is interrupted, and stops it
    for each in inherited:
        each.close()
    one = make()
    while True:
        try:
            items = pipe.recv()
        except EOFError:
            return
        for item in items:
            pipe.send(one(item))
