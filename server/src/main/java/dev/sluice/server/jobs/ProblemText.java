package dev.sluice.server.jobs;

import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Json;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Problems as documents. Long texts are cut: an endless message of another system stays outside. */
public final class ProblemText {
    private static final int LONGEST = 4_000;

    private ProblemText() {}

    /** A problem as a document; null for none. */
    public static @Nullable Json write(@Nullable Problem problem) {
        return problem == null ? null : new Json(JsonText.write(members(problem)));
    }

    /** A problem as an object. */
    public static Map<String, @Nullable Object> members(Problem problem) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("code", problem.code());
        members.put("kind", problem.kind().name());
        members.put("message", cut(problem.message()));
        members.put("where", cut(problem.where()));
        members.put("why", cut(problem.why()));
        members.put("fix", cut(problem.fix()));
        return members;
    }

    /** The problem in a document; null for none. */
    public static @Nullable Problem read(@Nullable Json json) {
        if (json == null) {
            return null;
        }
        Map<String, @Nullable Object> members = JsonText.object(json.text());
        return new Problem(
                String.valueOf(members.get("code")),
                ProblemKind.valueOf(String.valueOf(members.get("kind"))),
                String.valueOf(members.get("message")),
                text(members.get("where")),
                text(members.get("why")),
                text(members.get("fix")));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static @Nullable String cut(@Nullable String text) {
        return text == null || text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " ...";
    }
}
