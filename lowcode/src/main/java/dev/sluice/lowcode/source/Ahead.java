package dev.sluice.lowcode.source;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Has the page after the present one fetched while the present one is put into columns. Never are both at the pages at the same
 * time: who takes a page waits until the one after the last was fetched.
 */
final class Ahead<T> implements Iterator<T> {
    private final Iterator<T> pages;
    private @Nullable FutureTask<Boolean> fetching;
    private @Nullable Thread fetcher;

    Ahead(Iterator<T> pages) {
        this.pages = pages;
    }

    @Override
    public boolean hasNext() {
        FutureTask<Boolean> running = fetching;
        if (running == null) {
            return pages.hasNext();
        }
        try {
            return running.get();
        } catch (InterruptedException stopped) {
            stop();
            Thread.currentThread().interrupt();
            throw cancelled();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException problem) {
                throw problem;
            }
            throw Problem.of("E_INTERNAL", ProblemKind.INTERNAL, "a page could not be read")
                    .exception(failed);
        }
    }

    private static RuntimeException cancelled() {
        return Problem.of("E_CANCELLED", ProblemKind.CANCELLED, "the run was stopped")
                .exception();
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        T page = pages.next();
        FutureTask<Boolean> following = new FutureTask<>(pages::hasNext);
        fetching = following;
        fetcher = Thread.ofVirtual().name("next-page").start(following);
        return page;
    }

    /** Ends a fetch that nobody waits for any more. */
    void stop() {
        Thread running = fetcher;
        if (running != null) {
            running.interrupt();
        }
    }
}
