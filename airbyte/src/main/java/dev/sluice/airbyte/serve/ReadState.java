package dev.sluice.airbyte.serve;

import dev.sluice.cdk.json.Json;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
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
 * Where a stream stands, as the state of it that an orchestrator keeps.
 *
 * @param position after which the next incremental read goes on; null if there is none
 * @param unfinished a read that is not at its end; null if there is none
 */
record ReadState(@Nullable Position position, @Nullable Unfinished unfinished) {
    /** Tells that a state is of this kind, and of which form. */
    private static final String FORM = "sluice";

    private static final long FIRST_FORM = 1;

    /** Names the log that streams share. */
    private static final String LOG = "log";

    static final ReadState NOTHING = new ReadState(null, null);

    /**
     * A read that is not at its end.
     *
     * @param from where it began; null for the beginning of the stream
     * @param plan how it is divided
     * @param progress how far its parts are
     */
    record Unfinished(@Nullable Position from, ReadPlan plan, Map<String, SplitProgress> progress) {
        /** True if all its parts are read, and only the end was not told. */
        boolean isRead() {
            return plan.splits().stream()
                    .map(split -> progress.get(split.id()))
                    .allMatch(done -> done != null && done.finished());
        }
    }

    /** What streams share that are read out of one log. */
    static Map<String, Object> shared(String log) {
        Map<String, Object> shared = new LinkedHashMap<>();
        shared.put(FORM, FIRST_FORM);
        shared.put(LOG, log);
        return shared;
    }

    /**
     * The states in the file that an orchestrator hands over.
     *
     * @param log the log that the source reads its streams from; null if there is none
     */
    static Map<StreamId, ReadState> file(@Nullable String text, @Nullable String log) {
        Map<StreamId, ReadState> states = new HashMap<>();
        Object given;
        try {
            given = text == null || text.isBlank() ? List.of() : Json.read(text);
        } catch (IllegalArgumentException notJson) {
            throw foreign("the file is " + notJson.getMessage());
        }
        if (given instanceof Map<?, ?> map && !map.isEmpty()) {
            throw foreign("it is a state of the old kind, without streams");
        }
        if (given instanceof List<?> list) {
            for (Object each : list) {
                if (each instanceof Map<?, ?> message && message.get("global") instanceof Map<?, ?> global) {
                    addAll(global, log, states);
                } else if (each instanceof Map<?, ?> message && "STREAM".equals(message.get("type"))) {
                    add(message.get("stream"), states);
                } else {
                    throw foreign("a state in it is of no stream");
                }
            }
        }
        return states;
    }

    private static void addAll(Map<?, ?> global, @Nullable String log, Map<StreamId, ReadState> states) {
        // I4: a place in one log says nothing of another one.
        if (!(global.get("shared_state") instanceof Map<?, ?> shared) || !shared.containsKey(FORM)) {
            throw foreign("the state that its streams share was not made by this connector");
        }
        if (!Objects.equals(shared.get(LOG), log)) {
            throw foreign("it is of the " + shared.get(LOG) + (log == null ? "" : ", and the " + log + " is read"));
        }
        for (Object each : global.get("stream_states") instanceof List<?> list ? list : List.of()) {
            add(each, states);
        }
    }

    private static void add(@Nullable Object given, Map<StreamId, ReadState> states) {
        if (!(given instanceof Map<?, ?> stream)
                || !(stream.get("stream_descriptor") instanceof Map<?, ?> descriptor)
                || !(descriptor.get("name") instanceof String name)
                || name.isEmpty()) {
            throw foreign("a state in it is of no stream");
        }
        if (stream.get("stream_state") instanceof Map<?, ?> state && !state.isEmpty()) {
            StreamId id = StreamId.of(descriptor.get("namespace") instanceof String group ? group : null, name);
            states.put(id, of(state));
        }
    }

    private static ReadState of(Map<?, ?> state) {
        if (!(state.get(FORM) instanceof Number form) || form.longValue() != FIRST_FORM) {
            throw foreign("a state in it was not made by this connector");
        }
        try {
            return new ReadState(
                    position(state.get("position")),
                    state.get("read") instanceof Map<?, ?> read ? unfinished(read) : null);
        } catch (IllegalArgumentException | ClassCastException damaged) {
            throw foreign("a state in it is damaged");
        }
    }

    private static Unfinished unfinished(Map<?, ?> read) {
        List<Split> splits = new ArrayList<>();
        Map<String, SplitProgress> progress = new HashMap<>();
        for (Object each : read.get("splits") instanceof List<?> list ? list : List.of()) {
            Map<?, ?> split = (Map<?, ?>) each;
            String id = text(split, "id");
            splits.add(new Split(id, text(split, "payload"), Estimate.NONE));
            if (split.get("rows") instanceof Number rows) {
                progress.put(
                        id,
                        new SplitProgress(
                                (String) split.get("position"),
                                Boolean.TRUE.equals(split.get("finished")),
                                rows.longValue()));
            }
        }
        ReadPlan plan = new ReadPlan(text(read, "token"), splits, position(read.get("end")));
        return new Unfinished(position(read.get("from")), plan, progress);
    }

    private static String text(Map<?, ?> map, String name) {
        if (map.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("there is no " + name);
    }

    private static @Nullable Position position(@Nullable Object given) {
        return given instanceof Map<?, ?> map ? new Position(text(map, "identity"), text(map, "value")) : null;
    }

    private static ProblemException foreign(String why) {
        return Problem.of("E_STATE_FOREIGN", ProblemKind.CONFIG, "the state cannot be used")
                .because(why)
                .fix("read the streams from the beginning: clear their state in the orchestrator")
                .exception();
    }

    /** The state as an orchestrator keeps it. */
    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put(FORM, FIRST_FORM);
        if (position != null) {
            json.put("position", json(position));
        }
        Unfinished open = unfinished;
        if (open != null) {
            Map<String, @Nullable Object> read = new LinkedHashMap<>();
            if (open.from != null) {
                read.put("from", json(open.from));
            }
            read.put("token", open.plan.token());
            if (open.plan.end() != null) {
                read.put("end", json(open.plan.end()));
            }
            read.put(
                    "splits",
                    open.plan.splits().stream()
                            .map(split -> json(split, open.progress.get(split.id())))
                            .toList());
            json.put("read", read);
        }
        return json;
    }

    private static Map<String, @Nullable Object> json(Split split, @Nullable SplitProgress done) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", split.id());
        json.put("payload", split.payload());
        if (done != null) {
            json.put("position", done.position());
            json.put("finished", done.finished());
            json.put("rows", done.rows());
        }
        return json;
    }

    private static Map<String, Object> json(Position position) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("identity", position.identity());
        json.put("value", position.value());
        return json;
    }
}
