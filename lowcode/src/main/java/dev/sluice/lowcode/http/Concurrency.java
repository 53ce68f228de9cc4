package dev.sluice.lowcode.http;

import dev.sluice.lowcode.manifest.Component;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;

/** How much of one source may happen at the same time, as its manifest says: requests, jobs of the service, and streams. */
public final class Concurrency {
    private static final int USUAL = 2;
    private static final int MOST = 100;

    private final int lanes;
    private final int jobs;
    private final Semaphore requests;
    private final Semaphore running;
    private final Map<String, Group> groups = new TreeMap<>();

    /** Streams of which one is read at a time. */
    private record Group(Set<String> streams, Semaphore turn) {}

    /** Something that was begun and has to be ended. */
    @FunctionalInterface
    public interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /** The limits of a manifest. */
    public Concurrency(Component root, Surroundings surroundings) {
        lanes = root.optional("concurrency_level")
                .map(level -> lanes(level, surroundings))
                .orElse(USUAL);
        jobs = root.has("max_concurrent_async_job_count")
                ? Math.max(1, number(root, "max_concurrent_async_job_count", surroundings))
                : 1;
        requests = new Semaphore(lanes, true);
        running = new Semaphore(jobs, true);
        root.optional("stream_groups")
                .ifPresent(all -> all.values().keySet().forEach(name -> {
                    Component group = all.required(String.valueOf(name));
                    groups.put(String.valueOf(name), new Group(members(group), new Semaphore(1, true)));
                }));
    }

    private static int lanes(Component level, Surroundings surroundings) {
        int wanted = number(level, "default_concurrency", surroundings);
        int most = level.has("max_concurrency") ? number(level, "max_concurrency", surroundings) : wanted;
        return Math.max(1, Math.min(wanted, most));
    }

    private static int number(Component component, String field, Surroundings surroundings) {
        Object value =
                surroundings.templates().value(component.text(field), surroundings.scope(component.parameters()));
        OptionalDouble number = ErrorHandler.number(value);
        if (number.isEmpty()) {
            throw component.wrong(field, "has to be a number");
        }
        return (int) Math.min(MOST, number.getAsDouble());
    }

    private static Set<String> members(Component group) {
        Set<String> names = new HashSet<>();
        group.all("streams").forEach(stream -> names.add(stream.text("name", "")));
        for (Component stream : group.all("streams")) {
            for (String ancestor : ancestors(stream, 0)) {
                if (names.contains(ancestor)) {
                    throw group.wrong(
                            "streams",
                            "holds " + stream.text("name", "") + " and its parent " + ancestor
                                    + ", which have to be read at the same time");
                }
            }
        }
        return names;
    }

    private static Set<String> ancestors(Component stream, int depth) {
        Set<String> names = new HashSet<>();
        if (depth > 20
                || !stream.has("retriever")
                || !stream.required("retriever").has("partition_router")) {
            return names;
        }
        for (Component router : stream.required("retriever").all("partition_router")) {
            if (router.has("parent_stream_configs")) {
                for (Component config : router.all("parent_stream_configs")) {
                    Component parent = config.required("stream");
                    names.add(parent.text("name", ""));
                    names.addAll(ancestors(parent, depth + 1));
                }
            }
        }
        return names;
    }

    /** How many slices of a stream are read at the same time. */
    public int lanes() {
        return lanes;
    }

    /** How many jobs of the service run at the same time. */
    public int jobs() {
        return jobs;
    }

    /** Waits until a request may be sent besides those that are on their way. */
    Turn request() {
        return turn(requests);
    }

    /** Waits until a job of the service may be started besides those that run. */
    public Turn job() {
        return turn(running);
    }

    /** Waits until no other stream of its groups is read. */
    public Turn stream(String name) {
        List<Turn> turns = new ArrayList<>();
        try {
            // Always in the order of the names of the groups, so that no two streams wait for each other.
            for (Group group : groups.values()) {
                if (group.streams.contains(name)) {
                    turns.add(turn(group.turn));
                }
            }
        } catch (RuntimeException stopped) {
            turns.forEach(Turn::close);
            throw stopped;
        }
        return () -> turns.forEach(Turn::close);
    }

    private static Turn turn(Semaphore semaphore) {
        try {
            semaphore.acquire();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw Surroundings.cancelled();
        }
        return semaphore::release;
    }
}
