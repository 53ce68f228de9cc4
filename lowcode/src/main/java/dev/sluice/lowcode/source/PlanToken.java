package dev.sluice.lowcode.source;

import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.Numbers;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.source.Position;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What has to be known of a read so that it can go on in another process.
 *
 * @param at when it began; its time spans end then
 * @param state the state that it began with; none at the first one
 * @param incremental true if it is read by its cursor
 */
record PlanToken(Instant at, Object state, boolean incremental) {
    String toJson() {
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put("at", at.toEpochMilli());
        map.put("state", state);
        map.put("incremental", incremental);
        return JsonValues.write(map);
    }

    static PlanToken ofJson(String json) {
        Object map = read(json, "the saved plan of the read cannot be used");
        Object at = Values.member(map, "at");
        if (!Numbers.isWhole(at)) {
            throw damaged("the saved plan of the read cannot be used", "it does not say when it began");
        }
        return new PlanToken(
                Instant.ofEpochMilli(Numbers.big(at).longValueExact()),
                Values.member(map, "state"),
                Boolean.TRUE.equals(Values.member(map, "incremental")));
    }

    /** The state that a position holds, in the shape of the Airbyte protocol. */
    static Object state(Position position) {
        return read(position.value(), "the saved state cannot be used");
    }

    private static Object read(String json, String message) {
        try {
            Object value = JsonValues.read(json);
            if (value instanceof Map<?, ?>) {
                return value;
            }
            throw damaged(message, "it is no JSON object");
        } catch (IllegalArgumentException notJson) {
            throw damaged(message, String.valueOf(notJson.getMessage()));
        }
    }

    private static ProblemException damaged(String message, String why) {
        return Problem.of("E_POSITION_DAMAGED", ProblemKind.INTEGRITY, message)
                .because(why)
                .fix("read the stream anew: `sluice state rewind`")
                .exception();
    }
}
