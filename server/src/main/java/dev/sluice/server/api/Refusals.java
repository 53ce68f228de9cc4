package dev.sluice.server.api;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** Turns what went wrong into answers. What nobody expected goes to the log, and only its number to the caller. */
final class Refusals {
    private static final Logger LOG = System.getLogger(Refusals.class.getName());

    private Refusals() {}

    static Refusal of(RuntimeException failure) {
        return switch (failure) {
            case Refusal refusal -> refusal;
            case ProblemException known ->
                of(known.problem()).with("code", known.problem().code());
            default -> {
                String id = RequestId.current();
                LOG.log(Level.ERROR, "request failed, " + id, failure);
                yield Refusal.of(500, "unexpected-problem", "something unexpected went wrong; the log has it as " + id);
            }
        };
    }

    private static Refusal of(Problem problem) {
        String words = words(problem);
        return switch (problem.code()) {
            case "E_LOGIN" -> Refusal.of(401, "invalid-api-key", words);
            case "E_LOGIN_LIMIT" -> Refusal.of(429, "too-many-requests", words);
            case "E_CONFIGURATION", "E_SECRET_UNKNOWN" -> Refusal.unprocessable(words);
            case "E_TAG_NAME" -> Refusal.typed(400, "Tag name is too long or empty", "error:tag-name-too-long", words);
            case "E_TAG_COLOR" -> Refusal.typed(400, "Invalid hex color", "error:tag-invalid-hex-color", words);
            case "E_TAGS_FULL" ->
                Refusal.typed(400, "Tag limit reached", "error:tag-limit-for-workspace-reached", words);
            case "E_TAG_EXISTS" -> Refusal.typed(409, "Tag already exists", "error:tag-already-exists", words);
            default -> byKind(problem, words);
        };
    }

    private static Refusal byKind(Problem problem, String words) {
        return switch (problem.kind()) {
            case CONFIG -> Refusal.badRequest(words);
            case PERMISSION -> Refusal.of(403, "forbidden", words);
            case CONFLICT, CANCELLED -> Refusal.of(409, "state-conflict", words);
            case UNREACHABLE, RESOURCE, TRANSIENT -> Refusal.of(503, "service-unavailable", words);
            case DATA, INTEGRITY, INTERNAL -> {
                LOG.log(Level.ERROR, problem.code() + ": " + words);
                yield Refusal.of(500, "unexpected-problem", words);
            }
        };
    }

    private static String words(Problem problem) {
        StringBuilder words = new StringBuilder(problem.message());
        append(words, ": ", problem.why());
        append(words, "; ", problem.fix());
        return words.toString();
    }

    private static void append(StringBuilder words, String between, @Nullable String more) {
        if (more != null) {
            words.append(between).append(more);
        }
    }
}
