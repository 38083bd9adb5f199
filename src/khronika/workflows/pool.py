"""Work in worker processes, in order, with a bounded number of batches in flight."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Generic, TypeVar

from khronika.workflows.parts import Steps
from khronika.workflows.prepare import start_worker

A = TypeVar("A")
B = TypeVar("B")

AHEAD = 2  # batches waiting for each process: enough to keep it busy, few enough to stay small


class Pool(Generic[A, B]):
    """Runs one function over batches. A batch that breaks its process is tried item by item."""

    def __init__(
        self,
        steps: Steps,
        processes: int,
        function: Callable[[Sequence[A]], list[B]],
        broken: Callable[[A], B],
    ) -> None:
        self._steps = steps
        self._processes = processes
        self._function = function
        self._broken = broken
        self._executor = self._start(processes)

    def run(self, batches: Iterable[Sequence[A]]) -> Iterator[tuple[Sequence[A], list[B]]]:
        """Each batch with its results, in the order given."""
        flight: deque[tuple[Sequence[A], Future[list[B]]]] = deque()
        for batch in batches:
            flight.append((batch, self._submit(batch)))
            if len(flight) >= self._processes * AHEAD:
                yield self._land(*flight.popleft())
        while flight:
            yield self._land(*flight.popleft())

    def close(self) -> None:
        """End the processes."""
        self._executor.shutdown(wait=True, cancel_futures=True)

    def _submit(self, batch: Sequence[A]) -> Future[list[B]]:
        try:
            return self._executor.submit(self._function, batch)
        except BrokenProcessPool:
            self._restart()
            return self._executor.submit(self._function, batch)

    def _land(self, batch: Sequence[A], future: Future[list[B]]) -> tuple[Sequence[A], list[B]]:
        try:
            return batch, future.result()
        except BrokenProcessPool:
            return batch, [self._alone(item) for item in batch]

    def _alone(self, item: A) -> B:
        try:
            return self._submit([item]).result()[0]
        except BrokenProcessPool:
            self._restart()
            return self._broken(item)

    def _restart(self) -> None:
        self._executor.shutdown(wait=False, cancel_futures=True)
        self._executor = self._start(self._processes)

    def _start(self, processes: int) -> ProcessPoolExecutor:
        os.environ.setdefault("OMP_NUM_THREADS", "1")  # inherited; each process has one core
        return ProcessPoolExecutor(
            processes,
            mp_context=get_context("spawn"),
            initializer=start_worker,
            initargs=(self._steps,),
        )
