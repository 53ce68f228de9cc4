package dev.sluice.lowcode.http;

import dev.sluice.lowcode.manifest.Component;
import java.time.Duration;
import java.util.OptionalDouble;

/** How long a service is left alone after each answer, by how much of its limit is left. */
final class Pace {
    private Pace() {}

    static Duration after(Component pace, Answer answer) {
        double limit = number(answer, pace.text("limit_header"));
        double left = number(answer, pace.text("remaining_header"));
        if (limit <= 0 || left <= 0) {
            return seconds(pace, "unknown_seconds");
        }
        double share = left / limit;
        if (share <= 0.1) {
            return seconds(pace, "scarce_seconds");
        }
        return seconds(pace, share <= 0.5 ? "half_seconds" : "plenty_seconds");
    }

    private static double number(Answer answer, String header) {
        OptionalDouble number = answer.header(header).map(ErrorHandler::number).orElse(OptionalDouble.empty());
        return number.orElse(0);
    }

    private static Duration seconds(Component pace, String field) {
        return Duration.ofMillis((long) (ErrorHandler.number(pace.raw(field)).orElse(0) * 1000));
    }
}
