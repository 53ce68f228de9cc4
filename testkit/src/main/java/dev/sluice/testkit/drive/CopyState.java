package dev.sluice.testkit.drive;

import dev.sluice.cdk.json.Json;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.ReadPlan;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.SplitProgress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link CopyDriver} remembers of a stream between its runs. Immutable, and can be written down, so that a child
 * process can be killed and followed by another.
 *
 * @param generation the copy that the last run wrote
 * @param lastSyncId the last run that was published; 0 if there was none
 * @param position where the next incremental read goes on; null if at the beginning
 * @param unfinished the read that was interrupted; null if there is none
 */
public record CopyState(
        long generation,
        long lastSyncId,
        @Nullable Position position,
        @Nullable Unfinished unfinished) {
    /** Before the first run. */
    public static final CopyState INITIAL = new CopyState(0, 0, null, null);

    /**
     * A read that has begun and is not published.
     *
     * @param syncId the run that began it
     * @param from the position before it; null if it began at the beginning
     * @param plan how it is divided
     * @param progress how far its splits are committed
     */
    public record Unfinished(long syncId, @Nullable Position from, ReadPlan plan, Map<String, SplitProgress> progress) {
        public Unfinished {
            Objects.requireNonNull(plan);
            progress = Map.copyOf(progress);
        }

        Unfinished with(Map<String, SplitProgress> other) {
            return new Unfinished(syncId, from, plan, other);
        }

        Unfinished with(String split, SplitProgress done) {
            Map<String, SplitProgress> more = new HashMap<>(progress);
            more.put(split, done);
            return with(more);
        }
    }

    CopyState reading(long inGeneration, Unfinished read) {
        return new CopyState(inGeneration, lastSyncId, position, read);
    }

    CopyState published(long inGeneration, long syncId, @Nullable Position end) {
        return new CopyState(inGeneration, syncId, end, null);
    }

    /** The state as JSON text. */
    public String toJson() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("generation", generation);
        json.put("lastSyncId", lastSyncId);
        json.put("position", position(position));
        json.put("unfinished", unfinished == null ? null : unfinished(unfinished));
        return Json.write(json);
    }

    private static @Nullable Object position(@Nullable Position position) {
        return position == null ? null : Map.of("identity", position.identity(), "value", position.value());
    }

    private static Object unfinished(Unfinished unfinished) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("syncId", unfinished.syncId());
        json.put("from", position(unfinished.from()));
        json.put("token", unfinished.plan().token());
        json.put("end", position(unfinished.plan().end()));
        List<Object> splits = new ArrayList<>();
        for (Split split : unfinished.plan().splits()) {
            splits.add(Map.of(
                    "id",
                    split.id(),
                    "payload",
                    split.payload(),
                    "rows",
                    split.estimate().rows(),
                    "bytes",
                    split.estimate().bytes()));
        }
        json.put("splits", splits);
        Map<String, @Nullable Object> progress = new LinkedHashMap<>();
        unfinished.progress().forEach((split, done) -> {
            Map<String, @Nullable Object> entry = new LinkedHashMap<>();
            entry.put("position", done.position());
            entry.put("finished", done.finished());
            entry.put("rows", done.rows());
            progress.put(split, entry);
        });
        json.put("progress", progress);
        return json;
    }

    /**
     * The state of a JSON text that {@link #toJson} wrote.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static CopyState ofJson(String text) {
        Map<String, @Nullable Object> json = Json.readObject(text);
        return new CopyState(
                number(json, "generation"),
                number(json, "lastSyncId"),
                position(json.get("position")),
                json.get("unfinished") instanceof Map<?, ?> map ? unfinished(map) : null);
    }

    private static Unfinished unfinished(Map<?, ?> json) {
        List<Split> splits = new ArrayList<>();
        for (Object each : (List<?>) value(json, "splits")) {
            Map<?, ?> split = (Map<?, ?>) each;
            splits.add(new Split(
                    (String) value(split, "id"),
                    (String) value(split, "payload"),
                    new Estimate(number(split, "rows"), number(split, "bytes"))));
        }
        Map<String, SplitProgress> progress = new HashMap<>();
        ((Map<?, ?>) value(json, "progress")).forEach((split, each) -> {
            Map<?, ?> done = (Map<?, ?>) each;
            progress.put(
                    (String) split,
                    new SplitProgress(
                            (String) done.get("position"), (Boolean) value(done, "finished"), number(done, "rows")));
        });
        ReadPlan plan = new ReadPlan((String) value(json, "token"), splits, position(json.get("end")));
        return new Unfinished(number(json, "syncId"), position(json.get("from")), plan, progress);
    }

    private static @Nullable Position position(@Nullable Object json) {
        return json instanceof Map<?, ?> map
                ? new Position((String) value(map, "identity"), (String) value(map, "value"))
                : null;
    }

    private static long number(Map<?, ?> json, String key) {
        return (Long) value(json, key);
    }

    private static Object value(Map<?, ?> json, String key) {
        Object value = json.get(key);
        if (value == null) {
            throw new IllegalArgumentException("the state has no " + key);
        }
        return value;
    }
}
