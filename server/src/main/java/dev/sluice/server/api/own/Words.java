package dev.sluice.server.api.own;

import dev.sluice.server.api.open.Shown;
import dev.sluice.server.connections.Schedule;
import dev.sluice.server.jobs.ProblemText;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.Problem;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What answers say in the same way everywhere. */
final class Words {
    private Words() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static @Nullable String of(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    static @Nullable Map<String, Object> of(@Nullable Problem problem) {
        if (problem == null) {
            return null;
        }
        Map<String, Object> members = new LinkedHashMap<>();
        ProblemText.members(problem).forEach((name, value) -> {
            if (value != null) {
                members.put(name, value);
            }
        });
        return members;
    }

    static Shown of(StreamId stream) {
        return new Shown().with("namespace", stream.namespace()).with("name", stream.name());
    }

    static Map<String, Object> of(Schedule schedule) {
        return switch (schedule) {
            case Schedule.Manual() -> Map.of("type", "manual");
            case Schedule.Every(long count, Schedule.Unit unit) ->
                Map.of("type", "every", "every", count, "unit", of(unit));
            case Schedule.Cron(String expression, String zone) ->
                Map.of("type", "cron", "cron", expression, "timezone", zone);
        };
    }
}
