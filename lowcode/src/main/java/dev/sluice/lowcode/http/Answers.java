package dev.sluice.lowcode.http;

import dev.sluice.lowcode.value.JsonValues;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The answers that are kept for a while because several streams ask for the same. Bounded; the oldest goes first. */
final class Answers {
    private static final long MOST_BYTES = 64L << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Answer> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    private static String key(Call call) {
        byte[] body = call.body();
        return call.method() + " " + call.url() + " " + JsonValues.canonical(new TreeMap<>(call.headers())) + " "
                + (body == null ? "" : Arrays.hashCode(body) + ":" + body.length);
    }

    @Nullable
    Answer find(Call call) {
        lock.lock();
        try {
            Answer there = kept.get(key(call));
            return there == null ? null : there.again();
        } finally {
            lock.unlock();
        }
    }

    void keep(Call call, Answer answer) {
        if (answer.body().length > MOST_BYTES / 4) {
            return;
        }
        lock.lock();
        try {
            Answer before = kept.put(key(call), answer.again());
            bytes += answer.body().length - (before == null ? 0 : before.body().length);
            Iterator<Answer> oldest = kept.values().iterator();
            while (bytes > MOST_BYTES && oldest.hasNext()) {
                bytes -= oldest.next().body().length;
                oldest.remove();
            }
        } finally {
            lock.unlock();
        }
    }
}
