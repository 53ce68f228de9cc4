package dev.sluice.lowcode.trial;

import dev.sluice.lowcode.http.Answer;
import dev.sluice.lowcode.http.Call;
import dev.sluice.lowcode.http.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Keeps what goes over the network while a manifest is tried out. */
public final class WireLog implements Wire {
    /** What one test keeps of contents; of what comes beyond, only the beginnings. */
    private static final long MOST_BYTES = 48L << 20;

    private static final int BEGINNING = 4096;

    private final ReentrantLock lock = new ReentrantLock();
    private final Masking masking;
    private final @Nullable Replay replay;
    private final boolean retries;
    private final List<Seen> all = new ArrayList<>();
    private volatile Runnable listener = () -> {};
    private long bytes;
    private boolean cut;

    /**
     * What was seen.
     *
     * @param index its place among all
     * @param call the call
     * @param answer the answer; null if there was none
     * @param failure why there was none; null if there was one
     * @param retryOf the index of the one that it repeats; null if it is the first
     */
    public record Seen(
            int index,
            Call call,
            @Nullable Answer answer,
            @Nullable String failure,
            @Nullable Integer retryOf) {
        /** True if the service did what it was asked. */
        public boolean isOk() {
            return answer != null && answer.isOk();
        }
    }

    /**
     * A log.
     *
     * @param masking learns the secrets that are sent
     * @param replay what answers in the place of the service; null to ask it
     * @param retries true if what fails is tried again
     */
    public WireLog(Masking masking, @Nullable Replay replay, boolean retries) {
        this.masking = masking;
        this.replay = replay;
        this.retries = retries;
    }

    /** Has somebody hear from now on that there is something new. */
    public void heardBy(Runnable other) {
        listener = other;
    }

    @Override
    public Optional<Answer> instead(Call call) throws IOException {
        return replay == null ? Optional.empty() : Optional.of(replay.answer(call));
    }

    @Override
    public void answered(Call call, Answer answer) {
        add(call, answer, null);
    }

    @Override
    public void failed(Call call, IOException why) {
        add(call, null, why.toString());
    }

    @Override
    public boolean triesAgain() {
        return retries;
    }

    private void add(Call call, @Nullable Answer answer, @Nullable String failure) {
        masking.look(call.headers());
        lock.lock();
        try {
            Answer kept = answer;
            if (answer != null && bytes + answer.body().length > MOST_BYTES) {
                cut = true;
                kept = Answer.known(
                        call,
                        answer.status(),
                        answer.headers(),
                        Arrays.copyOf(answer.body(), Math.min(BEGINNING, answer.body().length)));
            }
            bytes += kept == null ? 0 : kept.body().length;
            all.add(new Seen(all.size(), call, kept, failure, before(call)));
        } finally {
            lock.unlock();
        }
        listener.run();
    }

    private @Nullable Integer before(Call call) {
        for (int i = all.size() - 1; i >= 0 && call.attempt() > 1; i--) {
            Call other = all.get(i).call();
            if (other.where().equals(call.where()) && other.attempt() == call.attempt() - 1) {
                return i;
            }
        }
        return null;
    }

    /** What was seen from a place on. */
    public List<Seen> since(int index) {
        lock.lock();
        try {
            return List.copyOf(all.subList(index, all.size()));
        } finally {
            lock.unlock();
        }
    }

    /** How much was seen. */
    public int size() {
        lock.lock();
        try {
            return all.size();
        } finally {
            lock.unlock();
        }
    }

    /** True if not all contents could be kept. */
    public boolean isCut() {
        lock.lock();
        try {
            return cut;
        } finally {
            lock.unlock();
        }
    }
}
