package dev.sluice.lowcode.trial;

import dev.sluice.lowcode.http.Answer;
import dev.sluice.lowcode.http.Call;
import dev.sluice.spi.problem.NearNames;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Answers with what is on record. Of several answers to the same request each is given once in their order, and the last one from then
 * on. Secrets are masked on both sides before requests are compared, so that it needs none.
 */
public final class Replay {
    private final ReentrantLock lock = new ReentrantLock();
    private final Masking masking;
    private final Map<String, Deque<Recording.Kept>> answers = new LinkedHashMap<>();

    /** What answers with what was recorded. */
    public Replay(Recording recording, Masking masking) {
        this.masking = masking;
        for (Recording.Kept kept : recording.exchanges()) {
            answers.computeIfAbsent(key(kept.method(), kept.url(), kept.content()), key -> new ArrayDeque<>())
                    .add(kept);
        }
    }

    private static String key(String method, String url, String content) {
        return method + " " + url + (content.isEmpty() ? "" : " " + content);
    }

    Answer answer(Call call) throws IOException {
        byte[] body = call.body();
        String content = body == null ? "" : masking.content(new String(body, StandardCharsets.UTF_8));
        String key = key(call.method(), masking.address(call.url()), content);
        lock.lock();
        try {
            Deque<Recording.Kept> there = answers.get(key);
            if (there == null) {
                throw missing(call, key);
            }
            Recording.Kept kept = there.size() > 1 ? there.remove() : there.element();
            if (kept.failure() != null) {
                throw new IOException(kept.failure());
            }
            return Answer.known(call, kept.status(), kept.headers(), kept.bytes());
        } finally {
            lock.unlock();
        }
    }

    private RuntimeException missing(Call call, String key) {
        List<String> known = List.copyOf(answers.keySet());
        return Problem.of("E_NOT_RECORDED", ProblemKind.CONFIG, "a request is not on record")
                .at(shortened(key))
                .because(NearNames.nearest(key, known)
                        .map(near -> "the nearest that is on record is " + shortened(near))
                        .orElse(known.size() + " requests are on record, none of them like this one to "
                                + masking.address(call.place())))
                .fix("record the test again, if the manifest is meant to ask for something else now")
                .exception();
    }

    private static String shortened(String text) {
        return text.length() > 300 ? text.substring(0, 300) + "…" : text;
    }
}
