package dev.sluice.lowcode.http;

import dev.sluice.lowcode.manifest.Component;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long a manifest wants to wait before it asks again. */
final class Backoff {
    private static final Set<String> KNOWN = Set.of(
            "ConstantBackoffStrategy",
            "ExponentialBackoffStrategy",
            "WaitTimeFromHeader",
            "WaitUntilTimeFromHeader",
            "ShareOfRateFromHeader",
            "WaitTimeFromMessage",
            "WaitUntilMidnight");

    private Backoff() {}

    static void requireKnown(Component strategy) {
        if (!KNOWN.contains(strategy.type())) {
            throw strategy.unsupported();
        }
    }

    static OptionalDouble seconds(Component strategy, Surroundings surroundings, Optional<Answer> answer, int attempt) {
        return switch (strategy.type()) {
            case "ConstantBackoffStrategy" -> constant(strategy, surroundings);
            case "ExponentialBackoffStrategy" ->
                OptionalDouble.of(number(strategy, "factor", surroundings).orElse(5) * Math.pow(2, attempt));
            case "WaitTimeFromHeader" -> waitTime(strategy, surroundings, answer);
            case "ShareOfRateFromHeader" -> share(strategy, surroundings, answer);
            case "WaitTimeFromMessage" -> told(strategy, surroundings, answer, attempt);
            case "WaitUntilMidnight" -> midnight(surroundings);
            default -> waitUntil(strategy, surroundings, answer);
        };
    }

    private static OptionalDouble number(Component strategy, String field, Surroundings surroundings) {
        return strategy.has(field)
                ? ErrorHandler.number(
                        surroundings.templates().value(strategy.text(field), surroundings.scope(strategy.parameters())))
                : OptionalDouble.empty();
    }

    private static OptionalDouble constant(Component strategy, Surroundings surroundings) {
        double jitter =
                number(strategy, "jitter_range_in_seconds", surroundings).orElse(0);
        OptionalDouble time = number(strategy, "backoff_time_in_seconds", surroundings);
        double more = jitter > 0 ? ThreadLocalRandom.current().nextDouble(0, 2 * jitter) : 0;
        return time.isPresent() ? OptionalDouble.of(time.getAsDouble() + more) : time;
    }

    private static Optional<String> header(Component strategy, Surroundings surroundings, Optional<Answer> answer) {
        String name = surroundings.templates().text(strategy.text("header"), surroundings.scope(strategy.parameters()));
        Optional<String> value = answer.flatMap(there -> there.header(name));
        Optional<String> regex = strategy.optionalText("regex");
        if (value.isEmpty() || regex.isEmpty()) {
            return value;
        }
        Matcher matcher = Pattern.compile(surroundings.templates().text(regex.get(), surroundings.scope()))
                .matcher(value.get());
        return matcher.lookingAt() ? Optional.of(matcher.group()) : Optional.empty();
    }

    private static OptionalDouble waitTime(Component strategy, Surroundings surroundings, Optional<Answer> answer) {
        Optional<String> value = header(strategy, surroundings, answer);
        OptionalDouble seconds = value.isEmpty() ? OptionalDouble.empty() : ErrorHandler.number(value.get());
        requireBelow(number(strategy, "max_waiting_time_in_seconds", surroundings), seconds);
        return seconds;
    }

    /** The header has calls a second, so one call takes its share of one. */
    private static OptionalDouble share(Component strategy, Surroundings surroundings, Optional<Answer> answer) {
        Optional<String> value = header(strategy, surroundings, answer);
        OptionalDouble rate = value.isEmpty() ? OptionalDouble.empty() : ErrorHandler.number(value.get());
        return rate.isPresent() && rate.getAsDouble() > 0
                ? OptionalDouble.of(1 / rate.getAsDouble())
                : number(strategy, "default_backoff_time", surroundings);
    }

    /** The seconds that the message of an error names; else twice as many each time. */
    private static OptionalDouble told(
            Component strategy, Surroundings surroundings, Optional<Answer> answer, int attempt) {
        String message = answer.map(ErrorHandler::message).orElse("");
        Matcher matcher = Pattern.compile(strategy.text("regex"), Pattern.CASE_INSENSITIVE)
                .matcher(message);
        double most = number(strategy, "most_seconds", surroundings).orElse(60);
        return OptionalDouble.of(
                matcher.find() ? Double.parseDouble(matcher.group(1)) : Math.min(Math.pow(2, attempt), most));
    }

    /** Until the day ends in UTC. */
    private static OptionalDouble midnight(Surroundings surroundings) {
        ZonedDateTime now = surroundings.clock().instant().atZone(ZoneOffset.UTC);
        ZonedDateTime end = now.truncatedTo(ChronoUnit.DAYS).plusDays(1);
        return OptionalDouble.of((double) ChronoUnit.SECONDS.between(now, end));
    }

    private static OptionalDouble waitUntil(Component strategy, Surroundings surroundings, Optional<Answer> answer) {
        OptionalDouble least = number(strategy, "min_wait", surroundings);
        Optional<String> value = header(strategy, surroundings, answer);
        OptionalDouble until = value.isEmpty() ? OptionalDouble.empty() : ErrorHandler.number(value.get());
        if (until.isEmpty()) {
            return least;
        }
        double wait = until.getAsDouble() - surroundings.clock().millis() / 1000.0;
        if (least.isPresent()) {
            wait = Math.max(wait, least.getAsDouble());
        }
        OptionalDouble seconds = wait < 0 ? OptionalDouble.empty() : OptionalDouble.of(wait);
        requireBelow(number(strategy, "max_waiting_time_in_seconds", surroundings), seconds);
        return seconds;
    }

    private static void requireBelow(OptionalDouble most, OptionalDouble seconds) {
        if (most.isPresent() && seconds.isPresent() && seconds.getAsDouble() >= most.getAsDouble()) {
            throw Problem.of(
                            "E_RATE_LIMIT",
                            ProblemKind.TRANSIENT,
                            "the service asks to wait " + Math.round(seconds.getAsDouble())
                                    + " s, which is longer than the manifest allows")
                    .exception();
        }
    }
}
